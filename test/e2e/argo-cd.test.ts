import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { load, loadAll } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { apply } from '../../tools/cluster/control-plane/kubectl.ts'
import { app } from '../values.ts'
import {
  type Application,
  commit,
  createRepository,
  createSurroundingsOf,
  getApplication,
  refreshed,
  remove,
  removeApplications,
  repository,
  whenAllSynced,
  whenSynced,
} from './argo-cd.ts'
import { answeredBy, cluster, valuesFiles } from './cluster.ts'
import { released } from './registry.ts'

const page = await readFile('docs/argo-cd.md', 'utf8')
const blocks = [...page.matchAll(/^( *)```yaml\n(.*?)^ *```/gms)].map(([, indent = '', text = '']) =>
  text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
)
const blockWith = (words: string) => blocks.find((text) => text.includes(words)) ?? ''
/** The settings, the Application and the Secret, as the page has them. */
const { configs } = load(blockWith('configs:')) as { configs: { cm: Record<string, string | null> } }
const application = load(blockWith('kind: Application')) as {
  metadata: object
  spec: { source: object; destination: object; syncPolicy: { syncOptions: string[] } }
}
const exclusions = 'resource.exclusions'

/** The page's Application, of that name and with that source, in a namespace of its own. */
const named = (name: string, source: object, syncOptions = application.spec.syncPolicy.syncOptions) => ({
  ...application,
  metadata: { ...application.metadata, name },
  spec: {
    ...application.spec,
    source: { ...application.spec.source, repoURL: repository, ...source },
    destination: { ...application.spec.destination, namespace: name },
    syncPolicy: { ...application.spec.syncPolicy, syncOptions },
  },
})
const applied = (name: string, source: object) => apply(cluster.kubectl, [named(name, source)])
const file = (name: string) => ({ helm: { valueFiles: [`/proxies/${name}`] } })

/** Changes keys of argocd-cm, as kubectl does by the page. */
const settings = (data: Record<string, string | null>) =>
  cluster.kubectl([
    'patch',
    'configmap',
    'argocd-cm',
    '--namespace=argocd',
    '--type=merge',
    `--patch=${JSON.stringify({ data })}`,
  ])
const names = (kind: string, namespace: string) =>
  cluster.kubectl(['get', kind, `--namespace=${namespace}`, '--output=name'])
const addresses = (namespace: string) =>
  cluster.kubectl([
    'get',
    'endpointslices',
    `--namespace=${namespace}`,
    '--selector=kubernetes.io/service-name=app',
    '--output=jsonpath={.items[*].endpoints[*].addresses[*]}',
  ])
/** Has somebody edit the slice. */
const edit = (namespace: string) =>
  cluster.kubectl([
    'patch',
    'endpointslice/app-ipv4',
    `--namespace=${namespace}`,
    '--type=json',
    '--patch=[{"op":"replace","path":"/endpoints/0/addresses/0","value":"2.3.4.9"}]',
  ])
const isBack = (namespace: string, seconds: number) =>
  cluster.until('the slice is back', async () => (await addresses(namespace)) === '2.3.4.5' || undefined, {
    seconds,
  })
/** Has somebody edit the slice, and waits until Argo CD takes notice: puts it back, or shows a difference. */
const editNoticed = async (name: string, seconds: number): Promise<true> => {
  await edit(name)
  return cluster.until(
    'it is noticed',
    async () => {
      const { status } = await getApplication(name)
      return status?.sync?.status === 'OutOfSync' || (await addresses(name)) === '2.3.4.5' || undefined
    },
    { seconds },
  )
}
/**
 * Whether Argo CD takes no notice of an edited slice for 8 s. Something else may have the application looked at in that
 * time, so it is edited up to three times.
 */
const staysUnnoticed = async (name: string, tries = 3): Promise<boolean> => {
  const seen = await editNoticed(name, 8).catch((error: Error) => {
    if (error.message.includes('not within')) return false
    throw error
  })
  if (!seen || tries === 1) return !seen
  await isBack(name, 60)
  await whenSynced(name)
  return staysUnnoticed(name, tries - 1)
}
/** Waits until Argo CD excludes slices, or does so no more: it reads its settings some time after they are written. */
const whenExcluded = (name: string, isExcluded: boolean) =>
  cluster.until(`slices are ${isExcluded ? '' : 'not '}excluded`, async () => {
    await refreshed(name)
    const warned = conditions(await getApplication(name)).some((one) =>
      one.includes('ExcludedResourceWarning'),
    )
    return warned === isExcluded || undefined
  })
const conditions = ({ status }: Application) =>
  status?.conditions?.map(({ type, message }) => `${type}: ${message}`) ?? []

const http = { http: { port: 80, targetPort: 8080 } }
const both = app({
  ports: { tcp: { port: 53, targetPort: 8080 }, udp: { port: 53, targetPort: 8080, protocol: 'UDP' } },
})
const of = (name: string) => ({ proxies: { [name]: app({ ports: http }).proxies.app } })
/** A proxy, and another beside it. */
const beside = { proxies: { ...app({ ports: http }).proxies, ...of('other').proxies } }
/** What this cluster can't make Healthy: by the example, the kinds of its objects, and why. */
const stayProgressing: Record<string, Record<string, string>> = {
  'ingress-values.yaml': { Ingress: 'no controller of its class runs here, which would give it an address' },
}
let excluded = ''

beforeAll(async () => {
  await Promise.all([cluster.add(['Argo CD']), createRepository(valuesFiles)])
  const cm = ['get', 'configmap', 'argocd-cm', '--namespace=argocd', '--output=json']
  excluded = JSON.parse(await cluster.kubectl(cm)).data[exclusions]
  await commit({
    'one.yaml': beside,
    'two.yaml': beside,
    'both.yaml': both,
    'sets/first.yaml': of('first'),
    'sets/second.yaml': of('second'),
  })
})
afterAll(removeApplications)

it("the page's exclusions are Argo CD's own, without the first block", () => {
  const [first, ...others] = load(excluded) as object[]
  expect(first).toEqual({ apiGroups: ['', 'discovery.k8s.io'], kinds: ['Endpoints', 'EndpointSlice'] })
  expect(load(configs.cm[exclusions] ?? '')).toEqual(others)
})

// Each goes on from the one before.
describe('Argo CD', { shuffle: false, timeout: 800_000 }, () => {
  it('by its own settings, is Synced and Healthy with no slice behind the Service', async () => {
    await applied('one', file('one.yaml'))
    const [shown = ''] = /ExcludedResourceWarning: .*/.exec(page) ?? []
    expect(conditions(await whenSynced('one'))).toContain(shown.replace('myapp-proxy', 'app'))
    expect(await names('service', 'one')).toBe('service/app\nservice/other')
    expect(await names('endpointslice', 'one')).toBe('')
  })

  it('once slices are let in, and the application is refreshed, App1 is answered', async () => {
    await settings({ [exclusions]: configs.cm[exclusions] ?? '' })
    await whenExcluded('one', false)
    await cluster.until('the slice is there', async () => (await addresses('one')) === '2.3.4.5' || undefined)
    expect(conditions(await whenSynced('one'))).toEqual([])
    const ip = '--output=jsonpath={.status.loadBalancer.ingress[0].ip}'
    const address = await cluster.kubectl(['get', 'service', 'app', '--namespace=one', ip])
    await answeredBy('app2', () => cluster.machine('app1').http(`http://${address}/`))
  })

  it('with its ignoreResourceUpdates, does not notice an edited slice until it is refreshed', async () => {
    expect(await staysUnnoticed('one')).toBe(true)
    await refreshed('one')
    await isBack('one', 60)
  })

  it('without them, puts an edited slice back', async () => {
    await settings(configs.cm)
    await applied('two', file('two.yaml'))
    await whenSynced('two')
    for (let edited = 0; edited < 3; edited++) {
      await editNoticed('two', 60)
      await isBack('two', 60)
      await whenSynced('two')
    }
  })

  it.each([
    ['client-side', ['CreateNamespace=true']],
    ['server-side', ['CreateNamespace=true', 'ServerSideApply=true']],
  ])('is Healthy, and has no permanent difference, in any example, %s', async (how, options) => {
    const nameOf = (example: string) => `${basename(example, '.yaml')}-${how}`
    const progressing = Object.keys(stayProgressing).map(nameOf)
    const names = valuesFiles.map(nameOf)
    const namespaces = await createSurroundingsOf(
      Object.fromEntries(valuesFiles.map((example) => [nameOf(example), example])),
    )
    // Contour serves one HTTPProxy of a host name, and the next way of applying makes them again.
    onTestFinished(() => remove(names, namespaces), 400_000)
    await apply(
      cluster.kubectl,
      valuesFiles.map((example) => named(nameOf(example), file(basename(example)), options)),
    )
    await whenAllSynced(names, progressing)
    await refreshed('--all')
    await whenAllSynced(names, progressing)
  })

  it('has TCP and UDP on one port number, and an upgrade of one', async () => {
    const ports = () =>
      cluster.kubectl([
        'get',
        'service',
        'app',
        '--namespace=both',
        '--output=jsonpath={range .spec.ports[*]}{.protocol}{.port} {end}',
      ])
    await applied('both', file('both.yaml'))
    await whenSynced('both')
    expect(await ports()).toBe('TCP53 UDP53 ')
    await commit({ 'both.yaml': app({ ports: { udp: { port: 53, targetPort: 8080, protocol: 'UDP' } } }) })
    await refreshed('both', 'hard')
    await cluster.until('TCP is gone', async () => (await ports()) === 'UDP53 ' || undefined)
  })

  it('takes the chart from a registry, by plain HTTP where a Secret says so', async () => {
    const secret = blockWith('kind: Secret').replaceAll(/oci:\/\/\S+/g, released.url)
    await apply(cluster.kubectl, [load(secret) as object])
    await applied('oci', {
      repoURL: released.url,
      targetRevision: released.version,
      path: '.',
      helm: { valuesObject: app({ ports: http }) },
    })
    await whenSynced('oci')
    expect(await addresses('oci')).toBe('2.3.4.5')
  })

  it('makes a release for each values file, by the ApplicationSet', async () => {
    const set = await readFile('examples/argo-cd/applicationset.yaml', 'utf8')
    const text = set
      .replaceAll(/https:\/\/\S+\.git/g, repository)
      .replace('proxies/*.yaml', 'proxies/sets/*.yaml')
    await apply(cluster.kubectl, loadAll(text) as object[])
    await Promise.all([whenSynced('first'), whenSynced('second')])
    expect((await names('service', 'proxies')).split('\n')).toEqual(['service/first', 'service/second'])
  })

  it('prunes a slice with its proxy', async () => {
    await commit({ 'two.yaml': of('other') })
    await refreshed('two', 'hard')
    await cluster.until(
      'they are gone',
      async () => !/\/app/.test(await names('service,endpointslice', 'two')) || undefined,
    )
  })

  it('prunes no last proxy, unless it is told that it may', async () => {
    await commit({ 'both.yaml': { proxies: {} } })
    await refreshed('both', 'hard')
    const said = async () => conditions(await getApplication('both')).join('\n')
    await cluster.until(
      'it says so',
      async () => /will wipe out all resources/.test(await said()) || undefined,
    )
    expect(await names('service', 'both')).toBe('service/app')
  })

  it('while slices are excluded, leaves them behind', async () => {
    await settings({ [exclusions]: excluded })
    await whenExcluded('one', true)
    await commit({ 'one.yaml': of('other') })
    await refreshed('one', 'hard')
    await cluster.until(
      'the Service is gone',
      async () => (await names('service', 'one')) === 'service/other' || undefined,
    )
    expect(await addresses('one')).toBe('2.3.4.5')
  })

  it('leaves them behind when the application is deleted with all of its objects, too', async () => {
    const one = ['application', 'one', '--namespace=argocd']
    const finalizers = ['resources-finalizer.argocd.argoproj.io']
    const patch = JSON.stringify({ metadata: { finalizers } })
    await cluster.kubectl(['patch', ...one, '--type=merge', '--patch', patch])
    await cluster.kubectl(['delete', ...one])
    expect(await names('service', 'one')).toBe('')
    expect((await names('endpointslice', 'one')).split('\n').map((name) => name.split('/')[1])).toEqual([
      'app-ipv4',
      'other-ipv4',
    ])
    await cluster.kubectl(['delete', 'namespace', 'one'])
  })
})
