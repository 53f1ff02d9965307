import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { nodes } from '../cluster/network.ts'
import { stateFolder } from '../cluster/sandbox.ts'
import type { Row } from './tries.ts'

/** Where packets are seen: at the clients, and on both sides of the nodes. */
const places = ['app1', 'intruder', ...nodes]

/** Captures everything until `save`, which keeps what belongs to some rows. */
export async function startCapture() {
  const file = (place: string) => join(stateFolder, `${place}.pcap`)
  const dumps = places.map((place) => {
    const command = ['-i', 'any', '-U', '-s', '512', '-Z', 'root', '-w', file(place)]
    return spawn('ip', ['netns', 'exec', place, 'tcpdump', ...command], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  })
  await Promise.all(dumps.map(({ stderr }) => once(stderr, 'data'))) // "listening on any …"
  return {
    /**
     * Writes a capture for each row and place that has seen packets of it, named by number, door, client and
     * place, and ends the capturing. A node shows what it did with a client's packets, not only that they came.
     * @returns how many files were written
     */
    async save(folder: string, rows: readonly Row[]): Promise<number> {
      const gone = dumps.map((dump) => once(dump, 'exit'))
      for (const dump of dumps) dump.kill('SIGINT')
      await Promise.all(gone)
      await mkdir(folder, { recursive: true })
      const jobs = rows.flatMap((row, index) =>
        places.map(async (place) => {
          const name = [String(index + 1).padStart(3, '0'), row.door, row.who, row.from, place].join('-')
          const target = join(folder, `${name.replaceAll(/[^\w.-]+/g, '_')}.pcap`)
          const filter = `host ${row.from} and port ${row.sourcePort}`
          const { stdout } = await execa('tcpdump', ['-r', file(place), '--count', filter], {
            stderr: 'ignore',
          })
          if (stdout.startsWith('0 ')) return 0
          await execa('tcpdump', ['-r', file(place), '-Z', 'root', '-w', target, filter])
          return 1
        }),
      )
      return (await Promise.all(jobs)).reduce<number>((sum, one) => sum + one, 0)
    },
  }
}
