import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { load as loadYaml } from 'js-yaml'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Values } from '../../schema/generated/values.ts'
import { load, lost } from '../../tools/cluster/machines/load.ts'
import { loadBalancerAddresses } from '../../tools/prove/places.ts'
import { dnsServer, type Zone } from '../tools/resolve/names.ts'
import { answeredBy, cluster, installed, uninstall } from './cluster.ts'

const zone: Zone = { 'app2.corp.example': { a: ['2.3.4.5'] } }
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'resolve-'))
})
afterAll(async () => {
  await uninstall()
  await rm(folder, { recursive: true })
})

it('App2 moves, the scheduled job writes its new address, and App1 loses no request', async () => {
  const server = await dnsServer(zone)
  const file = join(folder, 'values.yaml')
  await writeFile(
    file,
    `proxies:
  app:
    addresses: [{name: app2.corp.example, ip: 2.3.4.5}]
    ports: {http: {port: 80, targetPort: 8080}}
    sourceRanges: [1.2.3.4/32]
`,
  )
  const values = async () => loadYaml(await readFile(file, 'utf8')) as Values
  const resolve = (...args: string[]) => {
    const command = ['--import', 'tsx', 'tools/cli.ts', 'resolve', file, '--server', server.address, ...args]
    return execa(process.execPath, command, { reject: false })
  }
  const [address = ''] = loadBalancerAddresses(await installed(await values()))
  const send = () => cluster.machine('app1').http(`http://${address}/`)
  await answeredBy('app2', send)
  expect((await resolve('--check')).exitCode).toBe(0)

  const requests = load(send)
  zone['app2.corp.example'] = { a: ['2.3.4.6'] }
  expect((await resolve('--check')).exitCode).toBe(1)
  expect((await resolve()).exitCode).toBe(0)
  await installed(await values())
  await answeredBy('app2-moved', send)

  expect(lost(await requests.stop())).toEqual([])
  server.stop()
})
