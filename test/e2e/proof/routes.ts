import { expect } from 'vitest'
import type {
  Backend,
  Proxy as ProxyValues,
  Route,
  RouteFilter,
  RouteRule,
  Values,
} from '../../../schema/generated/values.ts'
import type { Request } from '../../../tools/cluster/machines/request.ts'
import { route as anyRoute, app } from '../../values.ts'
import { addressesOf, chart, cluster, installed } from '../cluster.ts'
import { app2, prepare } from '../presets/cases.ts'
import { answered, host, install, onlyAnswers, type Sights, unanswered, type Who } from './see.ts'
import { isInVain, isTaken, unchecked } from './unchecked.ts'

const ports = { http: 80, tcp: 9000, udp: 5353 }
const edge: Values = {
  gateways: {
    proof: {
      className: 'envoy-gateway',
      listeners: {
        http: { port: ports.http, protocol: 'HTTP' },
        tcp: { port: ports.tcp, protocol: 'TCP' },
        udp: { port: ports.udp, protocol: 'UDP' },
      },
    },
  },
}
let address = ''
/** Makes the Gateway that the routes here lead from. */
export async function makeGateway(): Promise<void> {
  await cluster.helm(['install', 'proof', chart, '--values', '-'], { input: JSON.stringify(edge) })
  ;[address = ''] = await addressesOf('proof')
}
export const removeGateway = () => cluster.helm(['uninstall', 'proof', '--wait'])
/** Waits until the Gateway no longer serves what has been taken away. */
export async function forgotten(): Promise<void> {
  await unanswered(() => byGateway('app1'))
  await unanswered(() => byGateway('app1', { port: ports.tcp }))
}

/** Asks the Gateway, by its listener of HTTP where no other is named. */
const byGateway = (who: Who, more: Partial<Request> = {}) =>
  cluster.machine(who).send({ protocol: 'http', address, port: ports.http, host, seconds: 0.5, ...more })

const other = '2.3.4.6'
const parentRefs = [{ name: 'proof' }]
const route = (fields: Route = {}, backend: Backend = {}) => anyRoute({ parentRefs, ...fields }, backend)
const web = (fields: Route = {}, backend: Backend = {}) => route({ hostnames: [host], ...fields }, backend)
const two = (a: ProxyValues, b: ProxyValues) => ({
  proxies: {
    app: app(a).proxies.app,
    other: app({ addresses: [other], ...b }).proxies.app,
  },
})
const redirect = { type: 'RequestRedirect', requestRedirect: { scheme: 'https' } } as const
const rewrite = { type: 'URLRewrite', urlRewrite: { hostname: 'app2.example.com' } } as const
/** Of two proxies with the same route, Envoy Gateway says of both that it has taken them, and serves one. */
async function onlyTheFirst(fields: ProxyValues, port: number) {
  await installed(two(fields, fields), { from: unchecked })
  const kind = fields.routes?.web?.kind ?? 'HTTPRoute'
  await cluster.until('both routes are accepted', async () => {
    const query = '--output=jsonpath={.items[*].status.parents[*].conditions[?(@.type=="Accepted")].status}'
    return (await cluster.kubectl(['get', kind, query])) === 'True True' || undefined
  })
  await answered('App1 gets through', () => byGateway('app1', { port }))
  await onlyAnswers('2.3.4.5', () => byGateway('app1', { port }), 20)
}

/** Routes of the Gateway API, and Gateways. */
export const routes: Sights = {
  'controller-open': {
    'the intruder gets in by a route': async () => {
      await install({ ...web(), sourceRanges: ['1.2.3.4/32'] })
      await answered('the intruder gets in', () => byGateway('intruder'))
    },
  },
  'host-twice': {
    'of two routes, one gets nothing': async () => {
      const rules: RouteRule[] = [{}, { matches: [{ path: { value: '/other' } }] }]
      await installed(two(web(), web({ rules })), { from: unchecked })
      const { local } = await answered('both are served', () => byGateway('app1', { path: '/other' }))
      expect(local.address).toBe(other)
      await onlyAnswers('2.3.4.5', () => byGateway('app1'), 20)
    },
  },
  'backend-ref-ranges': {
    "the intruder gets in to the other's App2": async () => {
      const rules = [{ backendRefs: [{ proxy: 'other' }] }]
      await installed(two(web({ rules }), { sourceRanges: ['1.2.3.4/32'] }), { from: unchecked })
      const { local } = await answered('the intruder gets in', () => byGateway('intruder'))
      expect(local.address).toBe(other)
    },
  },
  'route-port-unknown': {
    'nothing comes of a port that ports lack': async () => {
      expect(await isTaken(app(web({ port: 'web' })))).toBe(false)
    },
    'nothing is served by UDP at a port of TCP': async () => {
      const served = {
        http: { port: 80, targetPort: 8080 },
        dns: { port: 53, targetPort: 8080, protocol: 'UDP' },
      } as const
      const ask = () => byGateway('app1', { protocol: 'udp', port: ports.udp })
      await install({ ...route({ kind: 'UDPRoute', port: 'dns' }), ports: served })
      await answered('App1 gets through', ask)
      await install({ ...route({ kind: 'UDPRoute', port: 'http' }), ports: served })
      await unanswered(ask)
    },
  },
  'route-grpc': {
    'App2 is spoken to by HTTP/2, and knows HTTP/1.1': async () => {
      await prepare()
      const ask = () => byGateway('app1', { protocol: 'grpc' })
      const to = (targetPort: number) =>
        install({ ...web({ kind: 'GRPCRoute' }), ports: { main: { port: 80, targetPort } } })
      await to(app2.h2c)
      await answered('App1 gets through where App2 knows it', ask)
      await to(app2.http)
      await unanswered(ask)
    },
  },
  'route-match-twice': {
    'no request matches both': async () => {
      const ask = (value: string) => byGateway('app1', { headers: { 'X-A': value } })
      const headers = [
        { name: 'X-A', value: '1' },
        { name: 'x-a', value: '2' },
      ]
      await install(web({ rules: [{ matches: [{ headers: headers.slice(0, 1) }] }] }))
      await answered('App1 gets through by one', () => ask('1'))
      await install(web({ rules: [{ matches: [{ headers }] }] }))
      for (const value of ['1', '2', '1,2']) await unanswered(() => ask(value))
    },
  },
  'route-twice': {
    'of two of any host, one gets nothing': () => onlyTheFirst(route(), ports.http),
    'of two of bytes, one gets nothing': () => onlyTheFirst(route({ kind: 'TCPRoute' }), ports.tcp),
  },
  'route-listener': {
    'no listener takes it': async () => {
      for (const parent of [{ sectionName: 'none' }, { port: 9999 }, { sectionName: 'udp' }]) {
        await install(web({ parentRefs: [{ name: 'proof', ...parent }] }))
        await cluster.until('Envoy Gateway says so', async () => {
          const query = '--output=jsonpath={.status.parents[*].conditions[?(@.type=="Accepted")]}'
          const says = await cluster.kubectl(['get', 'httproute', 'app.web', query])
          if (says.includes('"status":"False"')) return true
          throw new Error(`${JSON.stringify(parent)}: ${says}`)
        })
        await unanswered(() => byGateway('app1'))
      }
    },
  },
  'filter-redirect': {
    'what stands beside a redirect is not written': async () => {
      const rules: RouteRule[] = [{ filters: [redirect], backendRefs: [{ proxy: 'app' }] }]
      expect(await isInVain(app(web({ rules })), 'proxies.app.routes.web.rules[0].backendRefs')).toBe(true)
    },
    'or refused': async () => {
      const both = (filters: RouteFilter[]) => isTaken(app(web({ rules: [{ filters }] })))
      expect(await both([redirect])).toBe(true)
      expect(await both([redirect, rewrite])).toBe(false)
    },
  },
  'listener-twice': {
    'the API server refuses two of one protocol': async () => {
      const http = { port: 80, protocol: 'HTTP' }
      const gateway = (listeners: object) => ({
        gateways: { twice: { className: 'envoy-gateway', listeners } },
      })
      expect(await isTaken(gateway({ http }))).toBe(true)
      expect(await isTaken(gateway({ http, other: http }))).toBe(false)
    },
    'one of TCP and one of TLS: Envoy Gateway listens to neither': async () => {
      const listeners = { dns: { port: 53, protocol: 'TCP' }, tls: { port: 53, protocol: 'TLS' } } as const
      const gateways = { twice: { className: 'envoy-gateway', listeners } }
      await installed({ ...app(), gateways }, { from: unchecked })
      await cluster.until('Envoy Gateway says so', async () => {
        const query = '--output=jsonpath={.status.conditions[?(@.type=="Accepted")].message}'
        const says = await cluster.kubectl(['get', 'gateway', 'twice', query])
        return says === 'No listeners are valid: dns, tls' || undefined
      })
    },
  },
}
