import type {
  Ingress,
  Proxy as ProxyValues,
  Route,
  RouteMatch,
  Tls,
} from '../../../../schema/generated/values.ts'
import { app, contour, route } from '../../../values.ts'

export const on = (host: string, tls: Tls = {}) => contour({ hosts: [host], tls })
/** An Ingress with one path. */
export const at = (
  path: string,
  controller: 'contour' | 'haproxy' | 'nginx' | 'traefik' = 'nginx',
): ProxyValues => ({
  ingress: { controller, className: controller, hosts: ['a.example.com'], paths: [{ path }] },
})
/** A route of a.example.com with one match. */
export const routed = (
  match: RouteMatch,
  parentRefs: Route['parentRefs'] = [{ name: 'edge' }],
): ProxyValues => route({ parentRefs, hostnames: ['a.example.com'], rules: [{ matches: [match] }] })
/** What a proxy of 1.2.3.4 moves to from its Ingress: a route of its host. */
export const moved = (controller: Route['controller'] = 'none'): ProxyValues => ({
  sourceRanges: ['0.0.0.0/0', '::/0'],
  ...(controller !== 'none' && { sourceRanges: ['1.2.3.4/32'] }),
  routes: { web: { controller, parentRefs: [{ name: 'edge' }], hostnames: ['a.example.com'] } },
})
export const atAll = (...paths: string[]): ProxyValues => ({
  ingress: { ...at('/').ingress, paths: paths.map((path) => ({ path })) },
})
/** Values of proxies a, b and so on that are right as they stand, with other fields in place of their own. */
export const proxies = (...fields: ProxyValues[]) => ({
  proxies: Object.fromEntries(
    fields.map((own, index) => ['abcd'.charAt(index), { ...app().proxies.app, ...own }]),
  ),
})
/** A route that its controller holds to the list. */
export const heldTo = (proxy: ProxyValues): ProxyValues => ({
  routes: { web: { ...proxy.routes?.web, controller: 'envoy-gateway' } as Route },
})
/** A route of a.example.com for several paths, held to the list. */
export const taken = (...paths: string[]) => heldTo(taking(...paths))
export const route1 = (path: string): Route => taken(path).routes?.web as Route
export const anyone = { sourceRanges: ['0.0.0.0/0', '::/0'] }
/** The Ingress of another class. */
export const byClass = (className: string, controller: Ingress['controller'] = 'nginx'): ProxyValues => ({
  ingress: { controller, className, hosts: ['a.example.com'], paths: [{ path: '/' }] },
})
/** A route of the host on another Gateway. */
export const movedTo = (
  controller: NonNullable<Route['controller']>,
  kind: NonNullable<Route['kind']> = 'HTTPRoute',
  parent: Route['parentRefs'] = [{ name: 'inner' }],
): ProxyValues => ({
  sourceRanges: ['1.2.3.4/32'],
  ...(kind === 'GRPCRoute' && { backend: { protocol: 'grpc' } }),
  routes: { web: { controller, kind, parentRefs: parent, hostnames: ['a.example.com'] } },
})
/** Two ports of App2, of which the second has this protocol. */
export const two80 = (protocol: 'TCP' | 'UDP') => ({
  http: { port: 80, targetPort: 8080 },
  other: { port: 81, targetPort: 8081, protocol },
})
export const exactly = (path: string): ProxyValues => ({
  ingress: { ...at('/').ingress, paths: [{ path, pathType: 'Exact' }] },
})
/** A route of a.example.com for several paths. */
export const taking = (...paths: string[]): ProxyValues =>
  route({ hostnames: ['a.example.com'], rules: paths.map((value) => ({ matches: [{ path: { value } }] })) })
