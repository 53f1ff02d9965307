import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeNames } from '../cluster/network/nodes.ts'
import { stateFolder } from '../cluster/sandbox/sandbox.ts'
import type { Row } from './rows.ts'

/**
 * Captures everything until `save`: at the machines, and at the nodes, on the way in and on the way on to App2.
 * @param machines the names of those outside of the cluster
 * @throws Error where packets can't be captured
 */
export async function startCapture(machines: readonly string[]) {
  const places = [...machines, ...nodeNames]
  const script = fileURLToPath(new URL('capture.py', import.meta.url))
  const flowsOf = (place: string) => join(stateFolder, `${place}.flows`)
  const captures = await Promise.all(
    places.map(async (place) => {
      const command = ['netns', 'exec', place, 'python3', script, flowsOf(place)]
      const capture = spawn('ip', command, { stdio: ['ignore', 'pipe', 'inherit'] })
      const ended = once(capture, 'exit')
      const started = await Promise.race([once(capture.stdout, 'data'), ended.then(() => undefined)])
      if (!started) throw new Error(`packets can't be captured at ${place}`)
      return { place, capture, ended }
    }),
  )
  return {
    /**
     * Ends the capturing, and writes a capture for each row and each place that has seen packets of its client's
     * address and port, named by the row's number, door and client, and the place.
     * @returns how many files there are
     */
    async save(folder: string, rows: readonly Row[]): Promise<number> {
      await mkdir(folder, { recursive: true })
      await Promise.all(
        captures.map(async ({ place, capture, ended }) => {
          const flows = rows.map(({ door, who, from, sourcePort }, index) => {
            const name = [String(index + 1).padStart(3, '0'), door, who, from, place].join('-')
            return {
              file: join(folder, `${name.replaceAll(/[^\w.-]+/g, '_')}.pcap`),
              address: from,
              port: sourcePort,
            }
          })
          await writeFile(flowsOf(place), JSON.stringify(flows))
          capture.kill('SIGTERM')
          await ended
        }),
      )
      return (await readdir(folder)).filter((name) => name.endsWith('.pcap')).length
    },
  }
}
