import { cp, mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { execa } from 'execa'
import { apply } from '../../tools/cluster/control-plane/kubectl.ts'
import { nodeNames } from '../../tools/cluster/network/nodes.ts'
import { stateFolder } from '../../tools/cluster/sandbox/sandbox.ts'
import { type Plan, planOf, release } from '../../tools/prove/plan.ts'
import { createSurroundings } from '../../tools/prove/surroundings.ts'
import { authorityOf } from './certificates.ts'
import { chart, cluster } from './cluster.ts'

/** What is asked of Argo CD's Application here. */
export interface Application {
  metadata: { name: string; annotations?: Record<string, string> }
  spec: { destination: { namespace: string } }
  status?: {
    sync?: { status: string }
    health?: { status: string }
    conditions?: { type: string; message: string }[]
  }
}

const work = join(stateFolder, 'git', 'work')
/** The address of the repository that {@link commit} fills: the chart, and values beside it. */
export const repository = `file://${stateFolder}/git/proxies.git`

/** Makes the repository, with the chart, and these values files in `proxies/`. */
export async function createRepository(files: readonly string[]): Promise<void> {
  await mkdir(join(work, 'proxies'), { recursive: true })
  const init = ['init', '--quiet', '--initial-branch=main']
  await execa('git', [...init, '--bare', repository.slice('file://'.length)])
  await git(...init)
  await git('config', 'user.name', 'test')
  await git('config', 'user.email', 'test@example.com')
  await git('remote', 'add', 'origin', repository)
  await cp(chart, join(work, 'charts', basename(chart)), { recursive: true })
  for (const file of files) await cp(file, join(work, 'proxies', basename(file)))
}

/** Writes values files into the repository's folder of them. */
export async function commit(files: Record<string, object>): Promise<void> {
  for (const [name, values] of Object.entries(files)) {
    const path = join(work, 'proxies', name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, JSON.stringify(values))
  }
  await git('add', '--all')
  await git('commit', '--quiet', '--message=values')
  await git('push', '--quiet', 'origin', 'HEAD:main')
}

/**
 * Has Argo CD look at the application again, or at `--all`, as `argocd app get --refresh` does, and waits until it has.
 * @param how hard: at the repository, too, of which it asks else every three minutes
 */
export async function refreshed(name: string, how: 'normal' | 'hard' = 'normal'): Promise<void> {
  const key = 'argocd.argoproj.io/refresh'
  await cluster.kubectl([
    'annotate',
    'application',
    name,
    '--namespace=argocd',
    '--overwrite',
    `${key}=${how}`,
  ])
  await cluster.until(`${name} is refreshed`, async () => {
    const applications = name === '--all' ? await all() : [await getApplication(name)]
    return applications.every(({ metadata }) => !metadata.annotations?.[key]) || undefined
  })
}

/** The Application as it is now. */
export const getApplication = async (name: string): Promise<Application> =>
  JSON.parse(await cluster.kubectl(['get', 'application', name, '--namespace=argocd', '--output=json']))

/** The Application, as soon as it is Synced and Healthy. */
export const whenSynced = (name: string): Promise<Application> =>
  cluster.until(`${name} is Synced`, async () => {
    const application = await getApplication(name)
    const { sync, health } = application.status ?? {}
    if (sync?.status === 'Synced' && health?.status === 'Healthy') return application
    throw new Error(JSON.stringify(application.status))
  })

/**
 * Waits until each of these Applications is Synced, and Healthy.
 * @param progressing the names of those that stay Progressing here
 */
export const whenAllSynced = (names: readonly string[], progressing: readonly string[]): Promise<boolean> =>
  cluster.until(
    'all are Synced and Healthy',
    async () => {
      const applications = (await all()).filter(({ metadata }) => names.includes(metadata.name))
      const others = applications.filter(({ metadata: { name }, status: { sync, health } = {} }) => {
        const expected = progressing.includes(name) ? 'Progressing' : 'Healthy'
        return sync?.status !== 'Synced' || health?.status !== expected
      })
      if (others.length === 0 && applications.length === names.length) return true
      throw new Error(JSON.stringify(others.map(({ metadata, status }) => [metadata.name, status])))
    },
    { seconds: 300 },
  )

/**
 * Makes what examples expect to be in the cluster already: certificates' Secrets, Gateways, and the CA of App2.
 * @param files of the examples, by the namespace of each one's release
 * @returns the namespaces that it has made
 */
export async function createSurroundingsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const plans = await Promise.all(Object.entries(files).map(([namespace, file]) => planIn(namespace, file)))
  const [first] = plans
  if (!first) return []
  const of = <One>(part: (plan: Plan) => readonly One[]) => plans.flatMap(part)
  const namespaces = [...new Set(of((plan) => plan.namespaces))]
  await createSurroundings(cluster, {
    ...first,
    namespaces,
    classNames: [...new Set(of((plan) => plan.classNames))],
    certificates: of((plan) => plan.certificates),
    gateways: of((plan) => plan.gateways),
    objects: of((plan) => plan.objects),
  })
  const data = { 'ca.crt': (await authorityOf('an authority')).cert }
  await apply(
    cluster.kubectl,
    Object.keys(files).map((namespace) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'app2-ca', namespace },
      data,
    })),
  )
  return namespaces
}

/** Takes all Applications away, and their namespaces with all that is in them: other tests use the same cluster. */
export async function removeApplications(): Promise<void> {
  const namespaces = (await all()).map(({ spec }) => spec.destination.namespace)
  for (const kind of ['applicationsets', 'applications'])
    await cluster.kubectl(['delete', kind, '--all', '--namespace=argocd'])
  await removeNamespaces(namespaces)
}

/** Takes these Applications away, and namespaces with all that is in them. */
export async function remove(names: readonly string[], namespaces: readonly string[]): Promise<void> {
  await cluster.kubectl(['delete', 'applications', '--namespace=argocd', '--ignore-not-found', ...names])
  await removeNamespaces(namespaces)
}

// --- utils ---

/** What an example expects, for a release of it in that namespace. */
async function planIn(namespace: string, file: string): Promise<Plan> {
  const plan = await planOf({ files: [file], set: [] }, { nodes: nodeNames })
  const here = <One extends { namespace: string }>(some: readonly One[]) =>
    some.map((one) => (one.namespace === release.namespace ? { ...one, namespace } : one))
  const [certificates, gateways] = [here(plan.certificates), here(plan.gateways)]
  return { ...plan, namespaces: [...plan.namespaces, namespace], certificates, gateways }
}

const removeNamespaces = (names: readonly string[]) =>
  cluster.kubectl(['delete', 'namespaces', '--ignore-not-found', ...new Set(names)])

const git = (...args: string[]) => execa('git', ['-C', work, ...args])

async function all(): Promise<Application[]> {
  const args = ['get', 'applications', '--namespace=argocd', '--output=json']
  return (JSON.parse(await cluster.kubectl(args)) as { items: Application[] }).items
}
