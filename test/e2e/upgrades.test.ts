import { join } from 'node:path'
import { execa } from 'execa'
import type { Service } from 'kubernetes-types/core/v1.d.ts'
import { afterEach, describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Route, Values } from '../../schema/generated/values.ts'
import { findHelm } from '../../tools/chart/helm.ts'
import { objectsOf, render } from '../../tools/chart/render.ts'
import { listOf } from '../../tools/cluster/control-plane/kubectl.ts'
import { builtFolders } from '../../tools/programs/build.ts'
import { loadBalancerAddresses } from '../../tools/prove/places.ts'
import { chart, cluster, many, uninstall } from './cluster.ts'
import { type Seen, seen } from './upgrades/objects.ts'

const anyone = ['0.0.0.0/0', '::/0']
const http = { port: 80, targetPort: 8080 }
const app = (fields: ProxyValues = {}, root: Values = {}): Values => ({
  ...root,
  proxies: { app: { addresses: ['2.3.4.5'], ports: { http }, sourceRanges: anyone, ...fields } },
})
const addresses = ['2.3.4.5', '2001:db8:2::5']
const ingress = { hosts: ['upgrades.example.com'], className: 'contour' }
const route: Route = {
  controller: 'envoy-gateway',
  parentRefs: [{ name: 'edge' }],
  hostnames: ['upgrades.example.com'],
}

/** What a proxy can be. All have IPv4 first: Kubernetes keeps the first family. */
const shapes: Readonly<Record<string, Values>> = {
  'one address': app(),
  'two families': app({ addresses }),
  'many addresses': app({ addresses: ['2.3.4.5', ...many] }),
  Endpoints: app({ addresses: ['2.3.4.5', '2.3.4.6'], endpoints: { kind: 'Endpoints' } }),
  'type ClusterIP': app({ service: { type: 'ClusterIP' } }),
  'type NodePort': app({ service: { type: 'NodePort' } }),
  'a name': { proxies: { app: { externalName: 'app2.example.com' } } },
  'another port': app({ ports: { http, more: { port: 81, targetPort: 8080 } } }),
  'a port renamed': app({ ports: { web: http } }),
  'TCP and UDP': app({ ports: { http, udp: { ...http, protocol: 'UDP' } } }),
  'node ports': app({ addresses, service: { allocateLoadBalancerNodePorts: true } }),
  'an Ingress': app({ ingress }),
  'an HTTPProxy': app({ sourceRanges: ['1.2.3.4/32'], ingress: { ...ingress, controller: 'contour' } }),
  'a route': app({ sourceRanges: ['1.2.3.4/32'], routes: { web: route } }),
  'names prefixed': app({}, { namePrefix: 'edge-' }),
}

const built = await builtFolders()
const helms = {
  '3.11': await findHelm('3.11'),
  '3.17': await findHelm('3.17'),
  '3.22': join(built['helm-3'], 'helm'),
  '4.3': join(built['helm-4'], 'helm'),
}
type Helm = keyof typeof helms
/** `UPGRADES=3.17`: every pair, by that Helm, in a quarter of an hour. Else each shape and the next, by the newest of both. */
const whole = (Object.keys(helms) as Helm[]).find((helm) => helm === process.env.UPGRADES)
const tried: readonly Helm[] = whole ? [whole] : ['3.22', '4.3']

/** Helm 3 takes two ports of one number for one (test/e2e/ports-merge.test.ts): its users are told so by NOTES. */
const shapesOf = (helm: Helm) =>
  Object.keys(shapes).filter((name) => helm.startsWith('4') || name !== 'TCP and UDP')

/** What a shape is upgraded to. */
function targetsOf(from: string, names: readonly string[]): readonly string[] {
  const next = names[(names.indexOf(from) + 1) % names.length] ?? from
  return whole ? names.filter((name) => name !== from) : [next]
}

const run = (helm: Helm, args: string[], values?: Values) =>
  execa(helms[helm], [...args, ...(values ? ['--values', '-'] : [])], {
    env: { KUBECONFIG: cluster.kubeconfig },
    ...(values && { input: JSON.stringify(values) }),
  })

const kinds = 'services,endpoints,endpointslices,ingresses,httpproxies,httproutes,securitypolicies'
const found = async () =>
  seen(JSON.parse(await cluster.kubectl(['get', kinds, '--namespace=default', '--output=json'])).items)

/** What a fresh install of a shape leaves: the API server completes it, and keeps nothing. */
async function fresh(values: Values): Promise<Seen> {
  const { objects } = await render(values, { release: 'test' })
  const dry = ['create', '--dry-run=server', '--validate=false', '--output=yaml', '--filename=-']
  return seen(objectsOf(await cluster.kubectl(dry, { input: listOf(objects) })))
}
const expected: Record<string, Seen> = {}
for (const [name, values] of Object.entries(shapes)) expected[name] = await fresh(values)

/** Waits until the cluster is as that shape, what Kubernetes itself takes away included. */
async function isAs(shape: string): Promise<void> {
  const wanted = JSON.stringify(expected[shape])
  await cluster
    .until(`all is as ${shape}`, async () => JSON.stringify(await found()) === wanted || undefined)
    .catch(async (error) => {
      expect(await found()).toEqual(expected[shape])
      throw error
    })
}

/** A connection of App1 to App2's first address, where a shape has a load balancer that leads there alone. */
async function held(shape: string) {
  if (!alone.includes(shape)) return undefined
  const address = await cluster.until('the load balancer has an address', async () => {
    const service: Service = JSON.parse(await cluster.kubectl(['get', 'service', 'app', '--output=json']))
    return loadBalancerAddresses(service).find((one) => one.includes('.'))
  })
  const request = { protocol: 'http', address, port: 80 } as const
  await cluster.until('App1 gets through', async () => {
    return 'status' in (await cluster.machine('app1').send(request)) || undefined
  })
  return cluster.machine('app1').flow({ ...request, seconds: 10 })
}
const alone = ['one address', 'two families', 'another port', 'TCP and UDP', 'a port renamed', 'an Ingress']
const keeping = [...alone, 'many addresses', 'node ports', 'an HTTPProxy', 'Endpoints']

/** Does something while a connection is asked again and again, and gives what it was answered. */
async function asking(
  flow: ReturnType<ReturnType<typeof cluster.machine>['flow']> | undefined,
  doing: () => Promise<unknown>,
) {
  const answers: unknown[] = []
  let isDone = false
  const doings = doing().finally(() => {
    isDone = true
  })
  while (flow && !isDone) answers.push(await flow.ask())
  await doings
  return answers.filter(
    (answer) => !(answer instanceof Object && 'status' in answer && answer.status === 200),
  )
}

describe.each(tried)('upgrades and rollbacks by Helm %s', (helm) => {
  afterEach(uninstall)
  const names = shapesOf(helm)

  it.each(names)(
    'leave what a fresh install does, and lose no request, from %s',
    {
      timeout: 600_000,
    },
    async (from) => {
      await run(helm, ['install', 'test', chart], shapes[from])
      await isAs(from)
      for (const to of targetsOf(from, names)) {
        const flow = await held(from)
        const keeps = keeping.includes(to) ? flow : undefined
        const lost = await asking(keeps, () => run(helm, ['upgrade', 'test', chart], shapes[to]))
        await isAs(to)
        lost.push(...(await asking(keeps, () => run(helm, ['rollback', 'test']))))
        await isAs(from)
        flow?.close()
        expect([from, to, lost]).toEqual([from, to, []])
      }
    },
  )
})

describe("a Service's first family", () => {
  afterEach(uninstall)
  const six = app({ addresses: ['2001:db8:2::5'] })
  const sixFirst = app({ addresses: [...addresses].reverse() })

  it('stays with the order of the addresses: IPv4 is added to IPv6, and taken away', async () => {
    const [before, after] = [await fresh(six), await fresh(sixFirst)]
    await run('3.22', ['install', 'test', chart], six)
    await run('3.22', ['upgrade', 'test', chart], sixFirst)
    expect(await found()).toEqual(after)
    await run('3.22', ['rollback', 'test'])
    expect(await found()).toEqual(before)
  })

  it('is not to be turned round: Kubernetes refuses it', async () => {
    await run('4.3', ['install', 'test', chart], app({ addresses }))
    const turned = run('4.3', ['upgrade', 'test', chart], sixFirst)
    await expect(turned).rejects.toThrow(/expected an IPv6 value as indicated by `ipFamilies/)
  })
})
