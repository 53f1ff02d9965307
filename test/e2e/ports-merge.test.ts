import { join } from 'node:path'
import { execa } from 'execa'
import type { Service } from 'kubernetes-types/core/v1.d.ts'
import { afterEach, describe, expect, it } from 'vitest'
import type { Port, Values } from '../../schema/generated/values.ts'
import { findHelm } from '../../tools/chart/helm.ts'
import { builtFolders } from '../../tools/programs/build.ts'
import { chart, cluster, uninstall } from './cluster.ts'

const tcp = { port: 53, targetPort: 8080 }
const udp = { ...tcp, protocol: 'UDP' } as const
const values = (ports: Record<string, Port>, nodePorts = false): Values => ({
  proxies: {
    app: {
      addresses: ['2.3.4.5'],
      ports,
      sourceRanges: ['1.2.3.4/32'],
      service: { allocateLoadBalancerNodePorts: nodePorts },
    },
  },
})
const both = { dns: tcp, 'dns-udp': udp }
const upgrades = {
  'node ports are turned off': [values(both, true), values(both)],
  'UDP is added': [values({ dns: tcp }), values(both)],
  'the port of App2 changes for UDP': [
    values(both),
    values({ dns: tcp, 'dns-udp': { ...udp, targetPort: 8081 } }),
  ],
} as const
const wanted = {
  'node ports are turned off': ['dns TCP 53 8080', 'dns-udp UDP 53 8080'],
  'UDP is added': ['dns TCP 53 8080', 'dns-udp UDP 53 8080'],
  'the port of App2 changes for UDP': ['dns TCP 53 8080', 'dns-udp UDP 53 8081'],
}

const built = await builtFolders()
const helms: Record<string, string> = {
  '3.11': await findHelm('3.11'),
  '3.17': await findHelm('3.17'),
  '3.22': join(built['helm-3'], 'helm'),
  '4.1': await findHelm('4.1'),
  '4.3': join(built['helm-4'], 'helm'),
}
const upgrade = (version: string, to: Values, from = chart, ...more: string[]) =>
  execa(helms[version] ?? '', ['upgrade', '--install', 'test', from, '--values', '-', ...more], {
    env: { KUBECONFIG: cluster.kubeconfig },
    input: JSON.stringify(to),
  })
/** The Service's ports, with a node port where one is open. */
async function ports(): Promise<string[]> {
  const { spec }: Service = JSON.parse(await cluster.kubectl(['get', 'service', 'app', '--output=json']))
  return (spec?.ports ?? []).map(({ name, protocol, port, targetPort, nodePort }) =>
    [name, protocol, port, targetPort, nodePort && 'OPEN'].filter(Boolean).join(' '),
  )
}
const cases = Object.entries(upgrades)

describe('TCP and UDP on one number', () => {
  afterEach(uninstall)

  it.each([
    ['node ports are turned off', ['dns TCP 53 8080', 'dns-udp UDP 53 8080 OPEN']],
    ['UDP is added', ['dns TCP 53 8080']],
  ] as const)('Helm 3 alone would mix them up: %s', async (what, found) => {
    const [first, second] = upgrades[what]
    await upgrade('3.22', first)
    await upgrade('3.22', second)
    expect(await ports()).toEqual(found)
  })

  it('and so NOTES never say closed without the condition', async () => {
    const { stdout } = await upgrade('3.22', values(both))
    expect(stdout).toMatch(/node port +closed if applied on the server: .*port 53/)
    await uninstall()
    expect((await upgrade('3.22', values({ dns: tcp }))).stdout).toMatch(/node port +closed\n/)
  })

  it.each(['4.1', '4.3'])('Helm %s applies them on the server, and all is right', async (helm) => {
    for (const [what, [first, second]] of cases) {
      await upgrade(helm, first)
      await upgrade(helm, second)
      expect([what, await ports()]).toEqual([what, wanted[what as keyof typeof wanted]])
      await uninstall()
    }
  })

  it('Helm 4 goes on as Helm 3 began, unless it is told to apply on the server', async () => {
    const [first, second] = upgrades['node ports are turned off']
    await upgrade('3.17', first)
    await upgrade('4.3', second)
    expect(await ports()).toContainEqual(expect.stringContaining('OPEN'))
    await upgrade('4.3', second, chart, '--server-side=true', '--force-conflicts')
    expect(await ports()).toEqual(wanted['node ports are turned off'])
  })
})
