import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Cluster } from '../../cluster/cluster.ts'
import { stateFolder } from '../../cluster/sandbox/sandbox.ts'
import { childrensSeconds, running, textOf } from '../measure.ts'

/** What is asked of App2, and how. */
export interface Asked {
  url: string
  /** Host header. */
  host?: string
  connections: number
  /** A connection of its own for each request. */
  anew?: boolean
  seconds: number
}

/** What came of it. A long stream may not have come to its first answer's end, however many bytes of it came. */
export interface Answered {
  requests: number
  perSecond: number
  bytesPerSecond: number
  /** Of a request, in milliseconds. */
  p50: number
  p99: number
  /** Processor time of all that stands on the way, App1's and App2's included, in microseconds a request. */
  processor: number
  /** How many times App1 had to ask for a connection again, a second or more after nobody had answered. */
  askedAgain: number
}

/**
 * Has App1 ask as fast as it can, by wrk.
 * @throws Error where a request failed, or App2 has not answered as many as App1 got answers to: then nothing was measured
 */
export async function load(cluster: Cluster, asked: Asked, tries = 5): Promise<Answered> {
  const { url, host, connections, anew, seconds } = asked
  const script = join(stateFolder, 'wrk.lua')
  await writeFile(script, report)
  const headers = [...(host ? [`Host: ${host}`] : []), ...(anew ? ['Connection: close'] : [])]
  const options = ['--threads=1', `--connections=${connections}`, `--duration=${seconds}s`, '--timeout=5s']
  const before = { seconds: processorSeconds(), served: await served(cluster), again: await synsAgain() }
  const { stdout } = await execa('ip', [
    ...['netns', 'exec', 'app1', 'wrk', ...options, `--script=${script}`],
    ...headers.flatMap((header) => ['--header', header]),
    url,
  ])
  const processor = processorSeconds() - before.seconds
  const [, json = ''] = /^RESULT (.*)$/m.exec(stdout) ?? []
  const { requests, microseconds, bytes, failed, p50, p99 }: Record<string, number> = JSON.parse(json)
  // Nothing came, and nothing failed: the machine stood still for that second.
  if (!bytes && !failed && tries > 1) return load(cluster, asked, tries - 1)
  if (requests === undefined || !microseconds || failed || !bytes)
    throw new Error(`of ${requests} requests to ${url} ${failed} failed: ${stdout}`)
  const own = (await served(cluster)) - before.served
  if (own < requests || own > requests + late) {
    throw new Error(`App1 got ${requests} answers of ${url}, and App2 has given ${own}`)
  }
  return {
    requests,
    perSecond: requests / (microseconds / 1e6),
    bytesPerSecond: bytes / (microseconds / 1e6),
    p50: (p50 ?? 0) / 1000,
    p99: (p99 ?? 0) / 1000,
    processor: (processor / requests) * 1e6,
    askedAgain: (await synsAgain()) - before.again,
  }
}

/** So many may have been on their way when this or the load before ended: their answers nobody counts. */
const late = 64

// --- utils ---

/** wrk's own numbers, as JSON. */
const report = `
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('RESULT {"requests":%d,"microseconds":%d,"bytes":%d,"failed":%d,"p50":%f,"p99":%f}\\n',
    summary.requests, summary.duration, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
`

/** How many requests App2 has answered so far, this question among them. */
async function served({ machine }: Cluster): Promise<number> {
  const outcome = await machine('app2').http('http://127.0.0.1:8081/')
  const [, requests] = ('body' in outcome && /^ \d+ \d+ (\d+)/m.exec(outcome.body)) || []
  if (!requests) throw new Error('App2 does not say how many requests it has answered')
  return Number(requests)
}

/** How many SYNs App1 has sent again so far: TCPSynRetrans, by Linux's documentation of its SNMP counters. */
async function synsAgain(): Promise<number> {
  const { stdout } = await execa('ip', ['netns', 'exec', 'app1', 'cat', '/proc/net/netstat'])
  const [names = [], counts = []] = stdout.split('\n').map((line) => line.split(' '))
  return Number(counts[names.indexOf('TCPSynRetrans')])
}

/** Of wrk, which has ended, and of all programs on the way, by Linux's own count (proc_pid_stat(5), ticks of 10 ms). */
function processorSeconds(): number {
  const ticks = running()
    .filter(({ words }) => /(nginx|haproxy|socat|\/envoy)(:|\0)/.test(`${words.join('\0')}\0`))
    .map(({ id }) => {
      const fields = textOf(`/proc/${id}/stat`)
        .replace(/^.*\) /, '')
        .split(' ')
      return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0)
    })
  return childrensSeconds() + ticks.reduce((sum, count) => sum + count, 0) / 100
}
