import { httpDenials } from './controllers/istio.ts'
import { type Problem, unique } from './door.ts'
import { gatewaysOf, group } from './gateways.ts'
import { httpRouteKinds } from './kinds.ts'
import { backendRefs } from './routes.ts'
import { at, list, number, text, type World } from './things.ts'

/** What is wrong with routes, and opens no door. */
export const routeProblems = (world: World): Problem[] => [...plainText(world), ...cutByHttp(world)]

// --- utils ---

/** A BackendTLSPolicy covers one Service and port: what else a rule leads to is spoken to in plain text. */
const plainText = (world: World): Problem[] =>
  httpRouteKinds
    .flatMap((kind) => world.ofKind(kind, group))
    .flatMap((route) => {
      const backends = list(at(route.raw, 'spec', 'rules')).flatMap(backendRefs)
      const found = backends.map((backend) => tlsOf(route.namespace, backend, world))
      if (!found.some(({ isThere }) => isThere)) return []
      const plain = unique(found.filter(({ covers }) => !covers).map(({ name }) => name))
      return plain.map((name) => ({
        code: 'plain-text',
        object: route.title,
        message: `${name} is spoken to in plain text: no BackendTLSPolicy covers it, as one covers others of this route`,
      }))
    })

/** Istio ignores what a DENY says of HTTP on a listener of TLS, and denies all the more (its AuthorizationPolicy's reference). */
const cutByHttp = (world: World): Problem[] =>
  world.ofKind('TLSRoute', group).flatMap((route) =>
    gatewaysOf(route, world)
      .flatMap((gateway) => httpDenials(gateway, world))
      .map(({ title }) => ({
        code: 'denied-by-http',
        object: route.title,
        message: `${title} of its Gateway names hosts, which Istio ignores on TLS: whoever that list leaves out is denied this route too`,
      })),
  )

/** Whether a backend's Service has a BackendTLSPolicy, and whether that is for the whole of it or for this port's name. */
function tlsOf(namespace: string, backend: unknown, world: World) {
  const [own, name] = [text(at(backend, 'namespace')) ?? namespace, text(at(backend, 'name')) ?? '']
  const port = number(at(backend, 'port'))
  const portNames = world
    .named('', 'Service', own, name)
    .flatMap(({ raw }) => list(at(raw, 'spec', 'ports')))
    .filter((one) => at(one, 'port') === port)
    .map((one) => text(at(one, 'name')))
  const policies = world
    .targeting({ kind: 'Service', namespace: own, name })
    .filter(({ policy }) => policy.kind === 'BackendTLSPolicy')
  const covers = policies.some(({ section }) => section === undefined || portNames.includes(section))
  return { name: `${name}:${port}`, isThere: policies.length > 0, covers }
}
