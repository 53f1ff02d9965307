import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { scriptArguments } from '../../root.ts'
import { ip } from '../network/ip.ts'
import { stateFolder } from '../sandbox/sandbox.ts'
import type { Task } from './agent.ts'
import type { Outcome, Request } from './request.ts'

/** A machine outside of the cluster, or a node, to try things from. */
export interface MachineHandle {
  /** Sends one request. */
  send(request: Request): Promise<Outcome>
  /**
   * Sends one HTTP request.
   * @param options what the URL does not say, such as `protocol: 'grpc'`
   * @param options.resolve the address that the URL's host name stands for; the machine looks it up where left out
   */
  http(url: string, options?: Partial<Request> & { resolve?: string }): Promise<Outcome>
  /** A flow of `tcp`, where the other side speaks first and then echoes, of `http`, `https`, or `udp`. */
  flow(request: Request): MachineFlow
  /** Runs `ip` commands there, such as `route replace …`. */
  ip(commands: readonly string[]): Promise<void>
}

/** One connection, or one socket of datagrams, that the first question opens and that stays open. */
export interface MachineFlow {
  /** @param seconds after how many the question is given up: those of the request where left out */
  ask(seconds?: number): Promise<Outcome>
  /** Why it has ended, as soon as the machine knows that it has. To be asked of one that is open. */
  ended(): Promise<Outcome>
  close(): void
}

/** The machines of a sandbox, by their network namespaces' names. */
export interface Machines {
  machine(name: string): MachineHandle
  /** Ends what sends their requests. */
  stop(): void
}

/** What the machines have as /etc/resolv.conf: empty until an add-on serves names. */
export const nameServers = join(stateFolder, 'resolv.conf')

/** Handles of machines; what sends a machine's requests starts with its first. */
export function machines(): Machines {
  const agents = new Map<string, Agent>()
  const agentOf = (name: string) => {
    const agent = agents.get(name) ?? startAgent(name)
    agents.set(name, agent)
    return agent
  }
  return {
    machine: (name) => ({
      send: (request) => agentOf(name).send(request),
      http(url, { resolve, ...options } = {}) {
        const { hostname, host, port, pathname, search, protocol } = new URL(url)
        const https = protocol === 'https:'
        return agentOf(name).send({
          protocol: https ? 'https' : 'http',
          address: resolve ?? hostname.replace(/^\[|\]$/g, ''),
          port: Number(port) || (https ? 443 : 80),
          host,
          path: pathname + search,
          ...options,
        })
      },
      flow: (request) => agentOf(name).flow(request),
      ip: (commands) => ip(commands, name),
    }),
    stop() {
      for (const agent of agents.values()) agent.stop()
    },
  }
}

/** Whether a health check at this URL is answered by 200, asked from that machine. */
export async function isHealthy(machine: MachineHandle, url: string): Promise<true | undefined> {
  const outcome = await machine.http(url)
  return ('status' in outcome && outcome.status === 200) || undefined
}

// --- utils ---

/** Runs a program ("$@") to which that file ($0) is /etc/resolv.conf: `ip netns exec` gave it a mount namespace. */
const withNameServers = `
  touch "$0"
  file=$(readlink -m /etc/resolv.conf)
  [ -e "$file" ] || { mkdir -p "\${file%/*}" && touch "$file"; }
  mount --bind "$0" "$file"
  exec "$@"
`

interface Agent {
  send(request: Request): Promise<Outcome>
  flow(request: Request): MachineFlow
  stop(): void
}

function startAgent(name: string): Agent {
  const program = [process.execPath, ...scriptArguments('agent', import.meta.url)]
  const command = ['netns', 'exec', name, 'sh', '-ec', withNameServers, nameServers, ...program]
  const agent: ChildProcess = spawn('ip', command, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const waiting = new Map<number, { resolve: (outcome: Outcome) => void; reject: (error: Error) => void }>()
  let ids = 0
  agent.on('message', ({ id, outcome }: { id: number; outcome: Outcome }) => {
    waiting.get(id)?.resolve(outcome)
    waiting.delete(id)
  })
  let alive = true
  let stopping = false
  agent.on('exit', (code, signal) => {
    alive = false
    for (const { reject } of stopping ? [] : waiting.values()) reject(dead(signal ?? code))
    waiting.clear()
  })
  // It is a part of the sandbox: what it does not say is no answer of the cluster's.
  const dead = (how: unknown) => new Error(`what sends ${name}'s requests has ended: ${how}`)
  const tell = (task: Task) =>
    new Promise<Outcome>((resolve, reject) => {
      if (!alive) return reject(dead('long ago'))
      waiting.set(task.id, { resolve, reject })
      agent.send(task)
    })
  return {
    send: (request) => tell({ id: ++ids, request }),
    flow(request) {
      const flow = ++ids
      const close: Task = { id: flow, close: flow }
      return {
        ask: (seconds = request.seconds) =>
          tell({ id: ++ids, flow, request: { ...request, ...(seconds && { seconds }) } }),
        ended: () => tell({ id: ++ids, watch: flow }),
        close: () => void (alive && agent.send(close)),
      }
    },
    stop() {
      stopping = true
      agent.kill('SIGKILL')
    },
  }
}
