import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import type { Address } from '../../schema/generated/values.ts'
import { chart } from '../chart/render.ts'
import type { MachineFlow } from '../cluster/machines/machines.ts'
import type { Outcome, Request } from '../cluster/machines/request.ts'
import { nodeNames } from '../cluster/network/nodes.ts'
import { unplug } from './faults/cables.ts'
import { app2, plainTo, releaseName, type Scene, startPlainScene } from './faults/scene.ts'
import { tableOf, writeFigures } from './page.ts'

/** What App1 does by a connection whose App2 is lost, or whose node has forgotten it. */
interface Trial {
  what: string
  /** What differs from how a machine is set by itself. */
  set: string
  /** Is the lost address marked as drained? */
  isDrained?: true
  /** In words. */
  outcome(run: Run): Promise<string>
}

interface Run {
  scene: Scene
  /** Longer is waited for nothing, in seconds. */
  patience: number
  /** Does something while App2's host is lost. */
  lost<T>(act: () => Promise<T>): Promise<T>
}

/**
 * Loses App2's host under a connection that App1 keeps, without a word, and prints how long it takes App1 to know.
 * @param write writes it into docs/faults.md, too
 * @param quick waits for little: what takes longer is not seen
 */
export async function bench(write: boolean, quick: boolean): Promise<void> {
  const scene = await startPlainScene(app2)
  const patience = quick ? 12 : 30
  const rows: string[][] = []
  try {
    for (const { what, set, isDrained, outcome } of trials) {
      const lost: Run['lost'] = (act) => whileLost(isDrained ? () => drain(scene) : undefined, act)
      rows.push([what, set, await outcome({ scene, patience, lost })])
      console.log(rows.at(-1)?.join('  '))
    }
  } finally {
    await scene.cluster.stop()
  }
  if (write) await writeFigures('half-open', tableOf(['App1', 'set', 'then'], rows), 'faults')
}

// --- utils ---

const host = 'app2-1'
const idle = 'is idle'
const asks = 'asks'
const datagrams = 'asks each second by the same UDP socket'

/** Of all but the last, App2's host is lost. */
const trials: readonly Trial[] = [
  { what: idle, set: 'nothing', outcome: untilEnded({}) },
  {
    what: idle,
    set: 'its program asks for keepalives, after 1 s, each 1 s',
    outcome: untilEnded({ keepAlive: 1 }),
  },
  { what: asks, set: 'nothing', outcome: untilTold(15) },
  { what: asks, set: '`net.ipv4.tcp_retries2=5` at App1, in place of 15', outcome: untilTold(5) },
  { what: asks, set: '`net.ipv4.tcp_retries2=3`', outcome: untilTold(3) },
  { what: asks, set: 'the address is drained (`ready: false`)', isDrained: true, outcome: untilTold(15) },
  { what: datagrams, set: 'nothing', outcome: untilAnswered },
  { what: datagrams, set: 'the address is drained', isDrained: true, outcome: untilAnswered },
  {
    what: 'asks after 4 s, by 20 connections; both hosts are there',
    set: "the nodes' `net.netfilter.nf_conntrack_tcp_timeout_established=2`, in place of a day",
    outcome: forgottenByNodes,
  },
]

const at = (address: string): Request => ({ protocol: 'http', address, port: 80 })

/** How long an idle connection lives on. */
function untilEnded(more: Pick<Request, 'keepAlive'>): Trial['outcome'] {
  return async ({ scene, patience, lost }) => {
    const flow = await flowTo(scene, { ...at(scene.address), ...more })
    return lost(() => inTime(patience, flow.ended()))
  }
}

/** How long a question takes to fail. @param retries how often App1's kernel sends again */
function untilTold(retries: number): Trial['outcome'] {
  return async ({ scene, patience, lost }) => {
    const flow = await flowTo(scene, at(scene.address))
    const reset = await sysctl('app1', 'net.ipv4.tcp_retries2', retries)
    try {
      return await lost(() => inTime(patience, flow.ask(2 * patience)))
    } finally {
      await reset()
    }
  }
}

/** How long a socket of UDP gets no answer. */
async function untilAnswered({ scene, patience, lost }: Run): Promise<string> {
  const flow = await flowTo(scene, { protocol: 'udp', address: scene.address, port: 53, seconds: 1 })
  return lost(async () => {
    const began = performance.now()
    while (performance.now() < began + patience * 1000)
      if (isOf(await flow.ask(), 'app2-2')) return `${since(began)}: answered by App2's other host`
    return `no answer in ${patience} s`
  })
}

async function forgottenByNodes({ scene }: Run): Promise<string> {
  const name = 'net.netfilter.nf_conntrack_tcp_timeout_established'
  const resets = await Promise.all(nodeNames.map((node) => sysctl(node, name, 2)))
  try {
    const flows = Array.from({ length: 20 }, () => scene.cluster.machine('app1').flow(at(scene.address)))
    const before = await Promise.all(flows.map((flow) => flow.ask()))
    if (!before.every((outcome) => 'echo' in outcome))
      throw new Error(`not answered: ${JSON.stringify(before)}`)
    await sleep(4000)
    const after = await Promise.all(flows.map((flow) => flow.ask()))
    for (const flow of flows) flow.close()
    const failed = after.flatMap((outcome) => ('failure' in outcome ? [outcome.failure] : []))
    return `${failed.length} of ${flows.length} ${[...new Set(failed)].join(', ')}`
  } finally {
    for (const reset of resets) await reset()
  }
}

/** A flow that leads to the host which is lost. */
async function flowTo({ cluster }: Scene, request: Request): Promise<MachineFlow> {
  return cluster.until(`a connection leads to ${host}`, async () => {
    const flow = cluster.machine('app1').flow(request)
    if (isOf(await flow.ask(), host)) return flow
    flow.close()
    return undefined
  })
}

const isOf = (outcome: Outcome, machine: string) => 'echo' in outcome && outcome.echo?.machine === machine

/**
 * Does something while App2's host is lost.
 * @param drained meanwhile marks its address, and gives what marks it back
 */
async function whileLost<T>(
  drained: (() => Promise<() => Promise<void>>) | undefined,
  act: () => Promise<T>,
): Promise<T> {
  const plug = await unplug(host, 'eth0')
  const draining = drained?.()
  try {
    return await act()
  } finally {
    await plug()
    await (await draining)?.()
  }
}

async function drain(scene: Scene): Promise<() => Promise<void>> {
  const [first = '', ...others] = app2
  await upgrade(scene, [{ ip: first, ready: false }, ...others])
  return async () => {
    await upgrade(scene, app2)
    ;(await flowTo(scene, at(scene.address))).close()
  }
}

/** What App1 is told, and when. */
async function inTime(patience: number, told: Promise<Outcome>): Promise<string> {
  const began = performance.now()
  const outcome = await Promise.race([told, sleep(patience * 1000, undefined, { ref: false })])
  if (!outcome) return `nothing in ${patience} s`
  return `${since(began)}: ${'failure' in outcome ? outcome.failure : outcome.status}`
}

const since = (began: number) => `${((performance.now() - began) / 1000).toFixed(1)} s`

/** Sets a machine's kernel, and gives what sets it back. */
async function sysctl(machine: string, name: string, value: number): Promise<() => Promise<void>> {
  const run = (...args: string[]) => execa('ip', ['netns', 'exec', machine, 'sysctl', ...args])
  const { stdout: before } = await run('-n', name)
  await run('-w', `${name}=${value}`)
  return async () => void (await run('-w', `${name}=${before}`))
}

async function upgrade({ cluster }: Scene, addresses: readonly (string | Address)[]): Promise<void> {
  const input = JSON.stringify(plainTo(addresses))
  await cluster.helm(['upgrade', releaseName, chart, '--values=-'], { input })
}
