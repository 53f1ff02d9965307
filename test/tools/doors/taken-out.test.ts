import { describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import { render } from '../../../tools/chart/render.ts'
import { compare } from '../../../tools/doors/compare.ts'
import type { Options } from '../../../tools/doors/door.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { isWider } from '../../../tools/doors/requests.ts'
import { app, contour, dual } from '../../values.ts'

const ingress = (controller: 'nginx' | 'haproxy' | 'traefik'): ProxyValues => ({
  ingress: { controller, className: controller, hosts: ['a.example.com'] },
})
const route = (
  controller: 'envoy-gateway' | 'traefik' | 'istio',
  kind: 'HTTPRoute' | 'GRPCRoute' = 'HTTPRoute',
): ProxyValues => ({
  routes: { web: { controller, kind, parentRefs: [{ name: 'edge' }], hostnames: ['a.example.com'] } },
  ...(kind === 'GRPCRoute' && { backend: { protocol: 'grpc' } }),
})

/** Everything that holds a door in what the chart writes, one at a time: a field by its path, or a whole object. */
const holding =
  /^(loadBalancerSourceRanges|internalTrafficPolicy|nodePort|allocateLoadBalancerNodePorts|ipAllowPolicy|ipAllowList|sourceRange|authorization|clientCIDRs|notIpBlocks|filters|.*(allow-list|whitelist|whitelist-source-range|router\.middlewares))$/
const policies = ['SecurityPolicy', 'AuthorizationPolicy', 'Middleware']

type Path = (string | number)[]

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => {
    const own = [...path, Array.isArray(value) ? Number(key) : key]
    return [...(holding.test(key) ? [own] : []), ...pathsIn(one, own)]
  })
}

/** The objects without what is at the path; a whole object where it is of one step. */
function without(objects: readonly object[], path: Path): unknown[] {
  const copy = structuredClone(objects) as unknown[]
  const last = path.at(-1)
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((found, key) => (found as Record<string | number, unknown>)[key], copy)
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else delete (parent as Record<string | number, unknown>)[last ?? '']
  return copy
}

describe.concurrent('whatever holds a door, taken out, is missed', () => {
  it.each<[string, ProxyValues, Options?]>([
    ['load balancer', {}],
    ['both families', dual],
    ['contour', contour()],
    ['nginx', ingress('nginx')],
    ['haproxy', ingress('haproxy')],
    ['traefik', ingress('traefik')],
    ['envoy-gateway', route('envoy-gateway')],
    ['envoy-gateway, gRPC', route('envoy-gateway', 'GRPCRoute')],
    ['traefik, by a route', route('traefik')],
    ['istio', route('istio')],
  ])('%s', async (_, fields, options) => {
    const { objects } = await render(app(fields))
    const before = doorsOf(objects, options)
    const wholes = objects.flatMap(({ kind = '' }, index): Path[] =>
      policies.includes(kind) ? [[index]] : [],
    )
    const paths = [...wholes, ...pathsIn(objects)]
    expect(paths.length).toBeGreaterThan(3)
    const missed = paths.filter((path) =>
      compare(before, doorsOf(without(objects, path), options)).some(isWider),
    )
    const found = paths.filter((path) => !missed.includes(path)).map((path) => path.at(-1))
    // Of its two names of the list either holds alone, if its version knows that one.
    expect(found).toEqual(
      fields.ingress?.controller === 'haproxy' ? ['haproxy.org/allow-list', 'haproxy.org/whitelist'] : [],
    )
  })

  it('a range of one family', async () => {
    const { objects } = await render(app({ ...dual, ...contour() }))
    const before = doorsOf(objects)
    const service = objects.findIndex(({ kind }) => kind === 'Service')
    const found = [0, 1].map((index) => {
      const after = doorsOf(without(objects, [service, 'spec', 'loadBalancerSourceRanges', index]))
      return compare(before, after)
        .filter(isWider)
        .map(({ wider }) => Object.values(wider).flat().length > 0)
    })
    expect(found).toEqual([[true], [true]])
  })
})
