import { isAnswered, type Load, load, lost } from '../../cluster/machines/load.ts'
import type { MachineFlow } from '../../cluster/machines/machines.ts'
import type { Outcome } from '../../cluster/machines/request.ts'

/** Whereby App1 gets in. */
export const doors = ['load balancer', 'Contour', 'Envoy Gateway'] as const

/** A way to App2 on which App1 asks one thing after another. */
export interface Stream {
  door: (typeof doors)[number]
  /** The protocol, and whether connections are new or kept. */
  what: string
  /** Asks once, over a connection of its own. */
  ask?: () => Promise<Outcome>
  /** Opens a connection that is kept, and opened again where it has failed. */
  open?: () => Pick<MachineFlow, 'ask' | 'close'>
}

/** What became of a stream's requests. */
export interface Suffered {
  sent: number
  failed: number
  /** The longest time between two answers, in seconds. */
  gap: number
  /** What became of those that failed, in words, and how often. */
  instead: ReadonlyMap<string, number>
}

/** Streams that run until they are told to stop. */
export interface Streams {
  /** Were the last ten requests of each stream answered, all of them since then? As performance.now() says it. */
  isWell(since: number): boolean
  stop(): Promise<Suffered[]>
}

/** Lets all streams run. */
export function run(streams: readonly Stream[]): Streams {
  const askers = streams.map(asker)
  const loads = askers.map(({ ask }) => load(ask))
  return {
    isWell: (since) =>
      loads.every(({ asked }) => {
        const last = asked.filter(({ at }) => at > since).slice(-10)
        return last.length === 10 && last.every(({ outcome }) => isAnswered(outcome))
      }),
    async stop() {
      await Promise.all(loads.map((one) => one.stop()))
      for (const { close } of askers) close()
      return loads.map(suffered)
    },
  }
}

/** The kinds of what became of those that failed, each with how often: `refused`, `timed out`, or a status of HTTP. */
export const kindsOf = (suffered: readonly Suffered[]): Map<string, number> =>
  counted(
    suffered.flatMap(({ instead }) =>
      [...instead].map(([words, count]): [string, number] => [words.replace(/:.*/s, ''), count]),
    ),
  )

// --- utils ---

/** How often each is there. */
function counted(counts: Iterable<readonly [string, number]>): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [words, count] of counts) sums.set(words, (sums.get(words) ?? 0) + count)
  return sums
}

/** How a stream is asked, one time after another, and what ends a connection that it has kept. */
function asker({ ask, open }: Stream): { ask(): Promise<Outcome>; close(): void } {
  if (ask) return { ask, close: () => {} }
  let flow = open?.()
  return {
    async ask() {
      const outcome: Outcome = (await flow?.ask()) ?? {
        failure: 'other',
        detail: 'a stream that can neither ask nor open',
      }
      // As HTTP clients do: after a failure, and after an answer that says that it is the last by that connection.
      if ('failure' in outcome || outcome.headers.connection === 'close') {
        flow?.close()
        flow = open?.()
      }
      return outcome
    },
    close: () => flow?.close(),
  }
}

function suffered({ asked }: Load): Suffered {
  const answers = asked.filter(({ outcome }) => isAnswered(outcome)).map(({ at }) => at)
  const gaps = answers.slice(1).map((at, index) => at - (answers[index] ?? at))
  const gap = answers.length > 1 ? Math.max(...gaps) / 1000 : Number.POSITIVE_INFINITY
  const instead = counted(lost(asked.map(({ outcome }) => outcome)).map((one) => [wordsOf(one), 1]))
  return { sent: asked.length, failed: asked.length - answers.length, gap, instead }
}

const wordsOf = (outcome: Outcome) =>
  'failure' in outcome ? `${outcome.failure}: ${outcome.detail}` : `${outcome.status}: ${outcome.body}`
