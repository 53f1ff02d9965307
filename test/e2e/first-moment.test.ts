import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Values } from '../../schema/generated/values.ts'
import { type HelmVersion, helmVersions } from '../../tools/chart/helm.ts'
import { objectsOf } from '../../tools/chart/render.ts'
import { acceptedAt } from '../../tools/cluster/machines/accepted.ts'
import { addressesOf, chart, cluster } from './cluster.ts'

const gateway: Values = {
  gateways: { moment: { className: 'envoy-gateway', listeners: { http: { port: 80, protocol: 'HTTP' } } } },
}
const held: Values = {
  proxies: {
    app: {
      addresses: ['2.3.4.5'],
      ports: { http: { port: 80, targetPort: 8080 } },
      sourceRanges: ['1.2.3.4/32'],
      service: { type: 'ClusterIP' },
      routes: { web: { controller: 'envoy-gateway', parentRefs: [{ name: 'moment' }] } },
    },
  },
}

describe('when a route first comes, by Envoy Gateway', () => {
  let address = ''
  beforeAll(async () => {
    await cluster.helm(['install', 'moment', chart, '--values', '-'], { input: JSON.stringify(gateway) })
    ;[address = ''] = await addressesOf('moment')
  })
  afterEach(async () => {
    await cluster.helm(['uninstall', 'held', '--wait', '--ignore-not-found'])
    await cluster.kubectl(['delete', 'service,endpointslice,httproute,securitypolicy', '--selector', ours])
    await intruderGets(404)
  })
  afterAll(() => cluster.helm(['uninstall', 'moment', '--wait']))

  const ours = 'app.kubernetes.io/instance=held'
  const knock = async () => {
    const outcome = await cluster
      .machine('intruder')
      .send({ protocol: 'http', address, port: 80, seconds: 1 })
    return 'status' in outcome ? outcome.status : undefined
  }
  const intruderGets = (status: number) =>
    cluster.until(`the intruder gets ${status}`, async () => (await knock()) === status || undefined)
  const helm = (command: string, options: { version?: HelmVersion } = {}) =>
    cluster.helm([command, 'held', chart, '--values', '-'], { ...options, input: JSON.stringify(held) })

  /** How many connections App2 accepts while the intruder knocks without a pause, until he gets that status. */
  async function accepted(act: () => Promise<unknown>, status = 403): Promise<number> {
    const count = async () => (await acceptedAt(cluster.machine('app2'), 8080, 8080)).length
    const before = await count()
    let done = false
    const knocking = (async () => {
      while (!done) await knock()
    })()
    await act()
    await intruderGets(status)
    done = true
    await knocking
    return (await count()) - before
  }

  it('he gets in before its policy is there, where it comes later', async () => {
    const apply = (objects: object[]) =>
      cluster.kubectl(['apply', '--validate=false', '--filename=-'], {
        input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
      })
    const objects = objectsOf(await helm('template'))
    const isPolicy = ({ kind }: { kind?: string }) => kind === 'SecurityPolicy'
    expect(
      await accepted(async () => {
        await apply(objects.filter((object) => !isPolicy(object)))
        await intruderGets(200)
        await apply(objects.filter(isPolicy))
      }),
    ).toBeGreaterThan(0)
  })

  it.each(helmVersions)(
    'Helm %s puts the policy there first, and App2 accepts nothing of his',
    async (version) => {
      expect(await accepted(() => helm('install', { version }))).toBe(0)
    },
  )
  it('Helm takes the Service away before both, so that he gets nowhere meanwhile', async () => {
    await helm('install')
    await intruderGets(403)
    expect(await accepted(() => cluster.helm(['uninstall', 'held']), 404)).toBe(0)
  })
})
