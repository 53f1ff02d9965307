import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { execa } from 'execa'
import { loadAll } from 'js-yaml'
import { chart } from '../chart/render.ts'
import { type Cluster, startCluster } from '../cluster/cluster.ts'
import { apply } from '../cluster/control-plane/kubectl.ts'
import { networkOf } from '../cluster/network/network.ts'
import { stateFolder } from '../cluster/sandbox/sandbox.ts'
import { root } from '../root.ts'
import { fillValues } from './fill.ts'
import { countAll, installMemory, nameOf, namesOf, sumOf } from './install.ts'
import { tableOf, writeFigures } from './page.ts'

/** Longer is waited for none, in seconds: then the row says how far it came. */
const patience = 400
const sure = 10

/** How many proxies each Application has, and its sync options besides those of the example. */
interface Installed {
  counts: readonly number[]
  options?: readonly string[]
}

/** By default each object is held against the API server's schema first, which `kubectl apply` asks for each time. */
const unvalidated = ['Validate=false']

const all: readonly Installed[] = [
  { counts: [1] },
  { counts: [100] },
  { counts: [1000] },
  { counts: Array.from({ length: 10 }, () => 100) },
  { counts: [1000], options: unvalidated },
  { counts: Array.from({ length: 10 }, () => 100), options: unvalidated },
  { counts: Array.from({ length: 10 }, () => 1000), options: unvalidated },
]
const few: readonly Installed[] = [{ counts: [1] }, { counts: [5, 5], options: unvalidated }]

/** An Application, as far as it matters here. */
interface Application {
  metadata: { name: string }
  status?: { sync?: { status: string }; conditions?: { message: string }[] }
}

/**
 * Installs ever more proxies by Argo CD and an ApplicationSet, an Application for each values file, each time on a
 * cluster of its own; prints what that took, or how far it came.
 * @param write writes it into docs/performance.md, too
 * @param quick few proxies
 */
export async function bench(write: boolean, quick: boolean): Promise<void> {
  const rows: string[][] = []
  for (const { counts, options = [] } of quick ? few : all) {
    const cluster = await startCluster(networkOf([]), ['Argo CD'])
    const name = [nameOf(counts, 'Applications'), ...options.map((option) => `\`${option}\``)].join(', ')
    try {
      rows.push([name, ...(await cellsOf(cluster, counts, options))])
    } finally {
      await cluster.stop()
    }
    console.log(rows.at(-1)?.join('  '))
    if (write) await writeFigures('install-argo-cd', tableOf(headings, rows))
  }
}

// --- utils ---

const headings = ['proxies', 'all Synced after', "API server's memory, most"]

async function cellsOf(
  cluster: Cluster,
  counts: readonly number[],
  options: readonly string[],
): Promise<string[]> {
  await letSlicesIn(cluster)
  const repository = await createRepository(counts)
  const example = await readFile(join(root, 'examples', 'argo-cd', 'applicationset.yaml'), 'utf8')
  const set = example.replace('ServerSideApply=true', ['ServerSideApply=true', ...options].join(', '))
  const began = performance.now()
  await apply(cluster.kubectl, loadAll(set.replaceAll(/https:\/\/\S+\.git/g, repository)) as object[])
  for (;;) {
    const applications = await applicationsOf(cluster)
    const seconds = (performance.now() - began) / 1000
    const synced = applications.filter(({ status }) => status?.sync?.status === 'Synced')
    if (synced.length === counts.length) {
      await countAll(cluster, counts, '--namespace=proxies')
      return [`${seconds.toFixed(0)} s`, installMemory()]
    }
    if (seconds > patience) {
      // So few are always there in time: else nothing was measured.
      if (sumOf(counts) <= sure) throw new Error(`not Synced: ${JSON.stringify(applications)}`)
      const objects = (await namesOf(cluster, '--namespace=proxies')).length
      return [
        `not after ${patience} s: ${objects} of ${2 * sumOf(counts)} objects are there`,
        installMemory(),
      ]
    }
    await cluster.until(
      'a second is over',
      async () => performance.now() > began + (seconds + 1) * 1000 || undefined,
    )
  }
}

/** As docs/argo-cd.md has it: else Argo CD makes no slice. */
const letSlicesIn = ({ kubectl }: Cluster) =>
  kubectl([
    'patch',
    'configmap',
    'argocd-cm',
    '--namespace=argocd',
    '--type=merge',
    `--patch=${JSON.stringify({ data: { 'resource.exclusions': '[]' } })}`,
  ])

/** A repository with the chart, and values files for so many proxies each; gives its address. */
async function createRepository(counts: readonly number[]): Promise<string> {
  const work = join(stateFolder, 'git')
  await rm(work, { recursive: true, force: true })
  await mkdir(join(work, 'proxies'), { recursive: true })
  await cp(chart, join(work, 'charts', basename(chart)), { recursive: true })
  let first = 0
  for (const count of counts) {
    await writeFile(join(work, 'proxies', `from-${first}.yaml`), JSON.stringify(fillValues(first, count)))
    first += count
  }
  const git = (...args: string[]) =>
    execa('git', ['-C', work, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', ...args])
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '--all')
  await git('commit', '--quiet', '--message=proxies')
  return `file://${work}`
}

async function applicationsOf({ kubectl }: Cluster): Promise<Application[]> {
  const found = await kubectl(['get', 'applications', '--namespace=argocd', '--output=json'])
  return (JSON.parse(found) as { items: Application[] }).items
}
