import { describe, expect, it } from 'vitest'
import { clientsOf } from '../../../tools/prove/clients.ts'
import { type Door, doors, type Knock, knocksAt } from '../../../tools/prove/knocks.ts'
import type { ProxyPlan } from '../../../tools/prove/proxy.ts'

const sourceRanges = ['1.2.3.4/32']
const closed: ProxyPlan = {
  name: 'app',
  sourceRanges,
  clients: clientsOf(sourceRanges, []),
  ready: ['2.3.4.5'],
  drained: [],
  ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }],
  loadBalancer: true,
  nodePort: false,
  clusterIP: false,
  sessionAffinity: false,
  hostNames: [{ hostName: 'a.example.com', path: '/api', targetPort: 8080, https: true, of: {} }],
  routes: [
    {
      gateway: 'default/edge',
      port: 8000,
      protocol: 'http',
      hostName: undefined,
      path: '/',
      targetPort: 8080,
      of: {},
    },
  ],
}
const knocks = (fields: Partial<ProxyPlan> = {}) => knocksAt({ ...closed, ...fields })
/** Who is expected to come in by which door. */
const open = (fields: Partial<ProxyPlan> = {}) => {
  const found: Partial<Record<Door, string[]>> = {}
  for (const { door, client, open } of knocks(fields))
    if (open) found[door] = [...(found[door] ?? []), client.address]
  return found
}

it('every client knocks at every door that it can reach', () => {
  for (const { address } of closed.clients.filter((client) => !client.address.includes(':'))) {
    const tried = knocks().filter(({ client, door }) => client.address === address && door !== 'controller')
    expect(tried.map(({ door }) => door)).toEqual(doors.filter((door) => door !== 'controller'))
  }
})

it("an intruder knocks at a controller's own doors, for each host name and route, and nobody is to get in", () => {
  const own = knocks().filter(({ door }) => door === 'controller')
  expect(own.map(({ client, place, hostName }) => [client.who, place, hostName])).toEqual(
    own
      .filter(({ hostName }) => hostName)
      .flatMap(({ client }) => [
        [client.who, { of: 'controller', port: 443 }, 'a.example.com'],
        [client.who, { of: 'controller', gateway: 'default/edge', port: 8000 }, undefined],
      ]),
  )
  expect(new Set(own.map(({ client, open }) => `${client.who} ${open}`))).toEqual(new Set(['intruder false']))
})

describe('App1 alone is expected to come in', () => {
  const app1 = ['1.2.3.4']
  const open1 = { 'load balancer': app1, 'host name': app1, route: app1 }
  it.each<[string, Partial<ProxyPlan>, object]>([
    ['by the load balancer and by controllers', {}, open1],
    ['not by a load balancer that is not there', { loadBalancer: false }, { 'host name': app1, route: app1 }],
    ['nowhere, while all of App2 is drained', { ready: [], drained: ['2.3.4.5'] }, {}],
    [
      'by controllers alone where App2 has only the other family',
      { ready: ['fd00::5'] },
      { 'host name': app1, route: app1 },
    ],
  ])('%s', (_, fields, expected) => {
    expect(open(fields)).toEqual(expected)
  })
})

describe('anyone is', () => {
  const ipv4 = ['1.2.3.4', '1.2.3.3', '1.2.3.5', '203.0.113.66']
  it('by node ports, and by ClusterIPs, that are open: those of the same family', () => {
    expect(open({ nodePort: true, clusterIP: true })).toMatchObject({ 'node port': ipv4, ClusterIP: ipv4 })
  })

  it('by a controller in the family that has the word, and in no other', () => {
    const anyone = ['0.0.0.0/0']
    const found = open({ sourceRanges: anyone, clients: clientsOf(anyone, []) })
    expect(found['host name']).toEqual(['203.0.113.66'])
    expect(found['load balancer']).toEqual(['203.0.113.66'])
  })
})

it('where it goes is said by whose the address is, until the cluster has given one', () => {
  const places = new Map<Door, Knock['place']>(knocks().map(({ door, place }) => [door, place]))
  expect(Object.fromEntries(places)).toEqual({
    'straight to App2': { of: 'App2', address: '2.3.4.5', port: 8080 },
    'load balancer': { of: 'load balancer', service: 'app', port: 80 },
    'host name': { of: 'Ingress controller', port: 443 },
    route: { of: 'Gateway', gateway: 'default/edge', port: 8000 },
    controller: { of: 'controller', gateway: 'default/edge', port: 8000 },
    'node port': { of: 'nodes', service: 'app', port: 80, transport: 'TCP' },
    ClusterIP: { of: 'ClusterIP', service: 'app', port: 80 },
  })
})
