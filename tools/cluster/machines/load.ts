import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome } from './request.ts'

/** Between two requests, in milliseconds. */
const pause = 20

/** Requests that go on until they are told to stop. */
export interface Load {
  /** Those that have ended so far, each with when it did, as performance.now() says it. */
  asked: readonly { at: number; outcome: Outcome }[]
  /** Gives how all of them ended. */
  stop(): Promise<Outcome[]>
}

/** Requests, one after the other, until it is told to stop. */
export function load(send: () => Promise<Outcome>): Load {
  let isOn = true
  const asked: { at: number; outcome: Outcome }[] = []
  const running = (async () => {
    while (isOn) {
      const outcome = await send()
      asked.push({ at: performance.now(), outcome })
      await sleep(pause)
    }
  })()
  return {
    asked,
    async stop() {
      isOn = false
      await running
      return asked.map(({ outcome }) => outcome)
    },
  }
}

/** Was it App2 that answered? */
export const isAnswered = (outcome: Outcome): boolean => 'echo' in outcome && outcome.echo !== undefined

/** Those that App2 did not answer. */
export const lost = (outcomes: readonly Outcome[]): Outcome[] =>
  outcomes.filter((outcome) => !isAnswered(outcome))
