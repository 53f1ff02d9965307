import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome } from '../../tools/cluster/machines/request.ts'

/** Requests, one after the other over a connection each, until it is told to stop. */
export function load(send: () => Promise<Outcome>): { stop(): Promise<Outcome[]> } {
  let isOn = true
  const running = (async () => {
    const outcomes: Outcome[] = []
    while (isOn) {
      outcomes.push(await send())
      await sleep(20)
    }
    return outcomes
  })()
  return {
    stop() {
      isOn = false
      return running
    },
  }
}

/** Those that App2 did not answer. */
export const lost = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.filter((one) => !('echo' in one && one.echo))
