import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Values } from '../../schema/generated/values.ts'
import { type HelmVersion, helmVersions } from '../../tools/chart/helm.ts'
import { objectsOf } from '../../tools/chart/render.ts'
import { acceptedAt } from '../../tools/cluster/machines/accepted.ts'
import type { MachineFlow } from '../../tools/cluster/machines/machines.ts'
import type { Outcome } from '../../tools/cluster/machines/request.ts'
import { addressesOf, chart, cluster } from './cluster.ts'

const gateway: Values = {
  gateways: { moment: { className: 'envoy-gateway', listeners: { http: { port: 80, protocol: 'HTTP' } } } },
}
interface State {
  /** Whether App2's address is. */
  ready?: boolean
  /** Whether the route is, to anyone. */
  open?: boolean
}

/** A proxy of that name, with a route at that path that is held to App1, or open. */
const routed = (name: string, path: string, { ready = true, open = false }: State = {}): Values => ({
  proxies: {
    [name]: {
      addresses: [{ ip: '2.3.4.5', ready }],
      ports: { http: { port: 80, targetPort: 8080 } },
      sourceRanges: open ? ['0.0.0.0/0', '::/0'] : ['1.2.3.4/32'],
      service: { type: 'ClusterIP' },
      routes: {
        web: {
          controller: 'envoy-gateway',
          parentRefs: [{ name: 'moment' }],
          rules: [{ matches: [{ path: { type: 'PathPrefix', value: path } }] }],
        },
      },
    },
  },
})

describe('when a held route comes, by Envoy Gateway', () => {
  let address = ''
  beforeAll(async () => {
    await cluster.helm(['install', 'moment', chart, '--values', '-'], { input: JSON.stringify(gateway) })
    ;[address = ''] = await addressesOf('moment')
  })
  afterEach(async () => {
    await cluster.helm(['uninstall', 'held', '--wait', '--ignore-not-found'])
    await cluster.kubectl([
      'delete',
      'service,endpointslice,httproute,securitypolicy',
      '--selector=app.kubernetes.io/instance=held',
    ])
    await gets('intruder', 404)
  })
  afterAll(() => cluster.helm(['uninstall', 'moment', '--wait']))

  const asked = (path: string) => ({ protocol: 'http', address, port: 80, path, seconds: 1 }) as const
  const statusOf = (outcome: Outcome) => ('status' in outcome ? outcome.status : undefined)
  const knock = async (machine: string, path: string) =>
    statusOf(await cluster.machine(machine).send(asked(path)))
  const gets = (machine: string, status: number, path = '/') =>
    cluster.until(
      `${machine} gets ${status} at ${path}`,
      async () => (await knock(machine, path)) === status || undefined,
    )
  const helm = (command: string, { version, ...state }: State & { version?: HelmVersion } = {}) =>
    cluster.helm([command, 'held', chart, '--values', '-'], {
      ...(version && { version }),
      input: JSON.stringify(routed('app', '/', state)),
    })

  /** How many connections App2 accepts while that is done. */
  async function accepted(act: () => Promise<unknown>): Promise<number> {
    const count = async () => (await acceptedAt(cluster.machine('app2'), 8080, 8080)).length
    const before = await count()
    await act()
    return (await count()) - before
  }

  /** The intruder knocks without a pause, each time by a new connection, while that is done and until he gets that status. */
  async function knocking(act: () => Promise<unknown>, status = 403): Promise<void> {
    let done = false
    const knocks = (async () => {
      while (!done) await knock('intruder', '/')
    })()
    try {
      await act()
      await gets('intruder', status)
    } finally {
      done = true
      await knocks
    }
  }

  /** Connections of the intruder that get such answers now: where nothing is there, 404. */
  async function olderConnections(status = 404): Promise<MachineFlow[]> {
    const flows = [1, 2, 3].map(() => cluster.machine('intruder').flow(asked('/')))
    expect(await statuses(flows)).toEqual([status, status, status])
    return flows
  }
  const statuses = async (flows: MachineFlow[]) =>
    (await Promise.all(flows.map((flow) => flow.ask()))).map(statusOf)

  describe('to a listener that has another one', () => {
    beforeAll(async () => {
      await cluster.helm(['install', 'other', chart, '--values', '-'], {
        input: JSON.stringify(routed('other', '/other')),
      })
      await gets('intruder', 403, '/other')
    })
    afterAll(() => cluster.helm(['uninstall', 'other', '--wait']))

    it('he gets in before its policy is there, where it comes later', async () => {
      const apply = (objects: object[]) =>
        cluster.kubectl(['apply', '--validate=false', '--filename=-'], {
          input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
        })
      const objects = objectsOf(await helm('template'))
      const isPolicy = ({ kind }: { kind?: string }) => kind === 'SecurityPolicy'
      const act = async () => {
        await apply(objects.filter((object) => !isPolicy(object)))
        await gets('intruder', 200)
        await apply(objects.filter(isPolicy))
      }
      expect(await accepted(() => knocking(act))).toBeGreaterThan(0)
    })

    it.each(helmVersions)(
      'Helm %s puts the policy there first, and App2 accepts nothing of his',
      async (version) => {
        expect(await accepted(() => knocking(() => helm('install', { version })))).toBe(0)
      },
    )

    it('a connection of his that is older than the route gets nothing', async () => {
      const older = await olderConnections()
      const act = async () => {
        await helm('install')
        await gets('intruder', 403)
        expect(await statuses(older)).toEqual([403, 403, 403])
      }
      expect(await accepted(act)).toBe(0)
    })

    it('Helm takes the Service away before both, so that he gets nowhere meanwhile', async () => {
      await helm('install')
      await gets('intruder', 403)
      const act = () => cluster.helm(['uninstall', 'held'])
      expect(await accepted(() => knocking(act, 404))).toBe(0)
    })
  })

  describe('as the first of its listener', () => {
    it('a connection of his that is older than it gets one answer, and ends with it', async () => {
      const older = await olderConnections()
      await helm('install')
      await gets('intruder', 403)
      expect(await statuses(older)).toEqual([200, 200, 200])
      expect(await statuses(older)).toEqual([undefined, undefined, undefined])
    })

    it('nor is it held at once where it was open until then', async () => {
      await helm('install', { open: true })
      await gets('intruder', 200)
      const older = await olderConnections(200)
      await helm('upgrade')
      await gets('intruder', 403)
      expect(await statuses(older)).toEqual([200, 200, 200])
      expect(await statuses(older)).toEqual([undefined, undefined, undefined])
    })

    it('with drained addresses it gets nothing, and Envoy ends it within its time to drain', async () => {
      const older = await olderConnections()
      const act = async () => {
        await helm('install', { ready: false })
        await Promise.all(older.map((flow) => flow.ended()))
        await helm('upgrade')
        await gets('intruder', 403)
      }
      expect(await accepted(act)).toBe(0)
      await gets('app1', 200)
    })
  })
})
