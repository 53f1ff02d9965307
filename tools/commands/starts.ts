import { Command, InvalidArgumentError } from 'commander'
import { usualAddOns as names } from '../cluster/addons/addons.ts'
import { programsOf, startCluster } from '../cluster/cluster.ts'
import { networkOf } from '../cluster/network/network.ts'
import { insideSandbox, runInSandbox } from '../cluster/sandbox/sandbox.ts'
import { run } from './run.ts'
import { prepared, thisCommand } from './sandboxed.ts'

/** Shows how often the embedded cluster fails to start: its parts come up beside one another, and so may race. */
export const command = new Command('npm run starts --')
  .description(
    'Starts the embedded cluster with all of its add-ons and stops it, each time in a new sandbox, and counts the failures. Exit code 0 where there are none.',
  )
  .argument('<times>', 'how often', (text: string) => {
    if (/^[1-9]\d*$/.test(text)) return Number(text)
    throw new InvalidArgumentError('Write a number from 1 on.')
  })
  .action((times: number) => run(() => (insideSandbox() ? startAndStop() : starts(times))))

// --- utils ---

async function startAndStop(): Promise<number> {
  const cluster = await startCluster(
    networkOf([{ name: 'app2', segment: 'back', addresses: ['2.3.4.5'] }]),
    names,
  )
  await cluster.stop()
  return 0
}

async function starts(times: number): Promise<number> {
  const user = await prepared(programsOf(names))
  const seconds: number[] = []
  for (let time = 1; time <= times; time += 1) {
    const begin = Date.now()
    const exitCode = await runInSandbox(thisCommand(), user)
    if (exitCode > 128) return exitCode // Ctrl-C.
    const took = Math.round((Date.now() - begin) / 1000)
    if (exitCode === 0) seconds.push(took)
    console.log(`${time} of ${times}: ${exitCode === 0 ? 'started and stopped' : 'FAILED'}, ${took} s`)
  }
  const span = seconds.length > 0 ? `, in ${Math.min(...seconds)} to ${Math.max(...seconds)} s each` : ''
  console.log(`${seconds.length} of ${times} starts worked${span}.`)
  return seconds.length === times ? 0 : 1
}
