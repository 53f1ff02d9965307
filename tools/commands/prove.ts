import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import pc from 'picocolors'
import { type HelmVersion, helmVersions } from '../chart/helm.ts'
import { addOnsFor } from '../cluster/addons/addons.ts'
import { programsOf } from '../cluster/cluster.ts'
import { keep } from '../cluster/keep.ts'
import { type Network, networkOf } from '../cluster/network/network.ts'
import { nodeNames } from '../cluster/network/nodes.ts'
import { preflight } from '../cluster/preflight.ts'
import { insideSandbox, runInSandbox } from '../cluster/sandbox/sandbox.ts'
import type { Judgement } from '../doors/door.ts'
import { doorsOf } from '../doors/doors.ts'
import { textOf } from '../doors/table.ts'
import { build } from '../programs/build.ts'
import { type Plan, planOf } from '../prove/plan.ts'
import { prove } from '../prove/prove.ts'
import { tables } from '../prove/table.ts'
import type { Source } from '../prove/values.ts'
import { found } from '../sources/files.ts'
import { run } from './run.ts'

interface Options {
  set: string[]
  only: string[]
  helmVersion?: HelmVersion
  strict?: true
  keep?: true
  json?: true
  pcap?: string
}

/** Shows with packets, before values touch a cluster, who gets through each door that they open. */
export const command = proveCommand('npm run prove --')

/**
 * A command that proves values files.
 * @param name what the user types
 * @param always files that come before those that the user names
 */
export function proveCommand(name: string, always: readonly string[] = []): Command {
  const collect = (value: string, before: string[]) => [...before, value]
  return new Command(name)
    .description(
      'Starts a Kubernetes cluster in a sandbox that owns the very addresses of the values, installs them with the ' +
        'chart, and tries every door of every proxy: from both ends of each source range, from just outside of it, and as an intruder. Exit code 1 when any is not as the values say. Needs Linux, and neither root nor Docker.',
    )
    .argument(always.length > 0 ? '[file...]' : '<file...>', 'values files, merged as Helm merges them')
    .option('--set <expression>', 'one more value, as for Helm; may be repeated', collect, [])
    .option('--only <name>', 'try this proxy alone; may be repeated', collect, [])
    .addOption(new Option('--helm-version <version>', 'install with this Helm').choices(helmVersions))
    .option('--strict', 'exit with 1 also where something could not be tried')
    .option('--keep', 'leave the cluster up until Ctrl-C and say how to use kubectl and helm in it')
    .option('--json', 'print the result as JSON')
    .option('--pcap <dir>', 'write a capture of each try that was refused or failed (needs Python)')
    .addHelpText(
      'after',
      '\nExample:\n  npm run prove -- examples/app1-to-app2.yaml --set proxies.myapp-proxy.service.inCluster=true',
    )
    .action(async (files: string[], options: Options) => {
      await run(() => main([...always, ...files], options))
      // In the sandbox components still run: they end with this process.
      if (insideSandbox()) process.exit()
    })
}

// --- utils ---

async function main(files: readonly string[], options: Options): Promise<number> {
  const source: Source = {
    files: files.map(found),
    set: options.set,
    ...(options.helmVersion && { helm: options.helmVersion }),
  }
  const plan = await planOf(source, { only: options.only, nodes: nodeNames })
  const network = networkOf(plan.machines, plan.clusterIPs)
  return insideSandbox() ? proved(source, plan, network, options) : sandboxed(plan, options)
}

/** Outside: says what the objects let in, sees to what is needed, then runs this same command in a sandbox. */
async function sandboxed(plan: Plan, options: Options): Promise<number> {
  if (!options.json) await print(`${textOf(judged(plan))}\n\n${pc.bold(announced)}\n`)
  const names = programsOf(addOnsFor(plan.objects))
  const user = await preflight(names, { capture: options.pcap !== undefined })
  await build(names)
  return runInSandbox([process.execPath, ...process.execArgv, ...process.argv.slice(1)], user)
}

const announced = 'This is what the objects let in. Now packets say whether it is so.'

/** What the judge, who did not write the objects, says of the proxies that are tried. */
function judged({ objects, proxies }: Plan): Judgement {
  const { doors, problems } = doorsOf(objects)
  const names = proxies.map(({ name }) => name)
  return { doors: doors.filter(({ service }) => names.includes(service.split('/')[1] ?? '')), problems }
}

/** Inside: proves, prints, and gives the exit code. */
async function proved(source: Source, plan: Plan, network: Network, options: Options): Promise<number> {
  const begin = Date.now()
  const folder = options.pcap && resolve(process.env.INIT_CWD ?? '', options.pcap)
  const { rows, captures, cluster } = await prove(source, plan, network, folder)
  if (folder) console.error(`${captures} captures in ${options.pcap}`)
  const seconds = (Date.now() - begin) / 1000
  const result = { rows, notTried: plan.notTried, judged: judged(plan), started: cluster.timings, seconds }
  await print(options.json ? JSON.stringify(result, null, 2) : tables(rows, plan.notTried))
  const good = rows.every(({ ok }) => ok) && !(options.strict && plan.notTried.length > 0)
  const exitCode = good ? 0 : 1
  if (options.keep) {
    console.error(await keep(cluster, exitCode))
    await cluster.failure()
  }
  return exitCode
}

/** Waits until all of it is written: the process may end before a pipe has taken it. */
function print(text: string): Promise<void> {
  return new Promise((done) => process.stdout.write(`${text}\n`, () => done()))
}
