/** App1's request goes to App2 through a real cluster, and an intruder tries every door. */
import Table from 'cli-table3'
import { Command } from 'commander'
import pc from 'picocolors'
import { build } from './cluster/build.ts'
import { neededFor, startCluster } from './cluster/cluster.ts'
import { keep } from './cluster/keep.ts'
import { network } from './cluster/network.ts'
import { preflight } from './cluster/preflight.ts'
import { step } from './cluster/progress.ts'
import { insideSandbox, runInSandbox } from './cluster/sandbox.ts'
import { planOf } from './demo/plan.ts'
import { type Row, tryDoors } from './demo/tries.ts'
import { chart } from './render.ts'

const example = 'examples/app1-to-app2.yaml'

const program = new Command('npm run demo --')
  .description(
    `Starts a Kubernetes cluster in a sandbox, installs ${example} with the chart and tries every door to App2: ` +
      'as App1, which the values let in, and as an intruder. Exit code 1 when any is not as the values say.',
  )
  .option('--keep', 'leave the cluster up until Ctrl-C and say how to use kubectl and helm in it')
  .option('--json', 'print the result as JSON')
  .parse()
const options = program.opts<{ keep?: true; json?: true }>()

try {
  process.exitCode = insideSandbox() ? await demo() : await sandboxed()
} catch (error) {
  console.error(pc.red(error instanceof Error ? error.message : String(error)))
  process.exitCode = 1
}
// In the sandbox components still run: they end with this process.
if (insideSandbox()) process.exit()

/** Outside: sees to what is needed, then runs this same command in a sandbox. */
async function sandboxed(): Promise<number> {
  const names = neededFor({ contour: true })
  const user = await preflight(names)
  await build(names)
  return runInSandbox([process.execPath, ...process.execArgv, ...process.argv.slice(1)], user)
}

async function demo(): Promise<number> {
  const plan = await planOf(example)
  const cluster = await step('start the cluster', () => startCluster(network(plan.hosts), { contour: true }))
  await step(`helm install ${example}`, async () => {
    await Promise.all(
      plan.hosts.map(({ name, answers }) => answers.length > 0 && cluster.answer(name, answers)),
    )
    await cluster.helm(['install', 'demo', chart, '--values', example])
  })
  const rows = await step('try every door', () => tryDoors(cluster, plan))
  console.log(options.json ? JSON.stringify({ rows, started: cluster.timings }, null, 2) : tableOf(rows))
  const exitCode = rows.every(({ ok }) => ok) ? 0 : 1
  if (options.keep) {
    console.error(await keep(cluster, exitCode))
    await cluster.failure()
  }
  return exitCode
}

function tableOf(rows: readonly Row[]): string {
  const compact = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }
  const plain = { chars: compact, style: { head: [], border: [] } }
  const table = new Table({ head: ['Door', 'Who', 'Knocks at', 'Expected', 'Seen', ''], ...plain })
  for (const { door, who, from, at, expected, seen, ok } of rows) {
    const verdict = ok ? pc.green('as expected') : pc.red('DIFFERS')
    table.push([door, `${who} ${from}`, at, expected, seen, verdict])
  }
  const differing = rows.filter(({ ok }) => !ok).length
  const summary =
    differing === 0
      ? pc.green(`All ${rows.length} tries went as the values say.`)
      : pc.red(`${differing} of ${rows.length} tries did not go as the values say.`)
  return `${table.toString()}\n${summary}`
}
