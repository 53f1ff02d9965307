import { setTimeout as sleep } from 'node:timers/promises'
import type { MachineFlow } from '../../cluster/machines/machines.ts'
import type { Outcome } from '../../cluster/machines/request.ts'

/** A way to App2 on which App1 asks one thing after another. */
export interface Stream {
  name: string
  /** Asks once, over a connection of its own. */
  ask?: () => Promise<Outcome>
  /** Opens a connection that is kept, and opened again where it has failed. */
  open?: () => MachineFlow
}

/** What became of a stream's requests. */
export interface Suffered {
  sent: number
  failed: number
  /** The longest time between two answers, in seconds. */
  gap: number
}

/** Between two requests of a stream, in milliseconds. */
const pause = 20

/** Streams that run until they are told to stop. */
export interface Load {
  /** Were the last ten requests of each stream answered, all of them since then? As performance.now() says it. */
  isWell(since: number): boolean
  stop(): Promise<Suffered[]>
}

/** Lets all streams run. */
export function run(streams: readonly Stream[]): Load {
  let isOn = true
  const asked = streams.map(() => [] as Asked[])
  const running = streams.map(async (stream, index) => {
    const ask = asker(stream)
    while (isOn) {
      const outcome = await ask()
      asked[index]?.push({ at: performance.now(), ok: 'echo' in outcome && outcome.echo !== undefined })
      await sleep(pause)
    }
  })
  return {
    isWell: (since) =>
      asked.every((some) => {
        const last = some.filter(({ at }) => at > since).slice(-10)
        return last.length === 10 && last.every(({ ok }) => ok)
      }),
    async stop() {
      isOn = false
      await Promise.all(running)
      return asked.map(suffered)
    },
  }
}

// --- utils ---

interface Asked {
  at: number
  ok: boolean
}

function asker({ ask, open }: Stream): () => Promise<Outcome> {
  if (ask) return ask
  let flow = open?.()
  return async () => {
    const outcome = (await flow?.ask()) ?? {
      failure: 'other',
      detail: 'a stream that can neither ask nor open',
    }
    if ('failure' in outcome) {
      flow?.close()
      flow = open?.()
    }
    return outcome
  }
}

function suffered(asked: readonly Asked[]): Suffered {
  const answers = asked.filter(({ ok }) => ok).map(({ at }) => at)
  const gaps = answers.slice(1).map((at, index) => at - (answers[index] ?? at))
  const gap = answers.length > 1 ? Math.max(...gaps) / 1000 : Number.POSITIVE_INFINITY
  return { sent: asked.length, failed: asked.length - answers.length, gap }
}
