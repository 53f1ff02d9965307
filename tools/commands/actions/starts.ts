import { print } from '../../caller.ts'
import { usualAddOns as names } from '../../cluster/addons/addons.ts'
import { programsOf, startCluster } from '../../cluster/cluster.ts'
import { networkOf } from '../../cluster/network/network.ts'
import { insideSandbox, runInSandbox } from '../../cluster/sandbox/sandbox.ts'
import { prepared, thisCommand } from './sandboxed.ts'

/** 1 where one of the starts failed. */
export const act = (times: number): Promise<number> => (insideSandbox() ? startAndStop() : starts(times))

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
    await print(`${time} of ${times}: ${exitCode === 0 ? 'started and stopped' : 'FAILED'}, ${took} s`)
  }
  const span = seconds.length > 0 ? `, in ${Math.min(...seconds)} to ${Math.max(...seconds)} s each` : ''
  await print(`${seconds.length} of ${times} starts worked${span}.`)
  return seconds.length === times ? 0 : 1
}
