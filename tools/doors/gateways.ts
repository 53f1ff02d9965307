import type { GatewayRef } from './controllers/index.ts'
import type { Options } from './door.ts'
import { at, fields, list, number, type Thing, text, type World, worldOf } from './things.ts'

export const group = 'gateway.networking.k8s.io'

type Route = Pick<Thing, 'raw' | 'namespace'>

/** What a route hangs on. */
export const gatewaysOf = (route: Route, world: World): GatewayRef[] =>
  parentsOf(route).map((parent) => gatewayOf(route, parent, world))

/**
 * The listeners that a cluster has and files don't speak of, and no more of what these hang on: by them files are
 * judged as they would be in that cluster.
 */
export function listenersBeside(cluster: readonly unknown[], files: readonly unknown[], options: Options) {
  const own = worldOf(files, options)
  return ['Gateway', 'ListenerSet'].flatMap((kind) =>
    worldOf(cluster, options)
      .ofKind(kind, group)
      .filter(({ namespace, name }) => own.named(group, kind, namespace, name).length === 0)
      .map(({ namespace, name, raw }) => ({
        ...fields(raw),
        metadata: { namespace, name },
        spec: {
          listeners: list(at(raw, 'spec', 'listeners')).map((listener) => ({
            name: at(listener, 'name'),
            hostname: at(listener, 'hostname'),
            port: at(listener, 'port'),
            protocol: at(listener, 'protocol'),
          })),
        },
      })),
  )
}

// --- utils ---

/** A route's parentRefs, and whichever Gateways the cluster has as defaults, where it asks for those. */
function parentsOf({ raw }: Route): readonly unknown[] {
  const parents = list(at(raw, 'spec', 'parentRefs'))
  const wanted = text(at(raw, 'spec', 'useDefaultGateways')) ?? 'None'
  return wanted === 'None' ? parents : [...parents, { name: 'default Gateways' }]
}

/** What a parentRef names. A ListenerSet stands for the Gateway that it adds to. */
function gatewayOf(route: Route, parent: unknown, world: World): GatewayRef {
  const kind = text(at(parent, 'kind')) ?? 'Gateway'
  const own = text(at(parent, 'group')) ?? group
  const namespace = text(at(parent, 'namespace')) ?? route.namespace
  const name = text(at(parent, 'name')) ?? ''
  const port = number(at(parent, 'port'))
  const section = text(at(parent, 'sectionName'))
  const title = `${namespace}/${name}`
  const listener = section !== undefined ? `#${section}` : port !== undefined ? `:${port}` : ''
  const named = world.named(own, kind, namespace, name)
  const gateways = kind === 'ListenerSet' ? named.flatMap((one) => gatewaysAbove(one, world)) : named
  const listeners = named
    .flatMap(({ raw }) => list(at(raw, 'spec', 'listeners')))
    .filter(
      (one) =>
        (section === undefined || at(one, 'name') === section) &&
        (port === undefined || at(one, 'port') === port),
    )
  const className = text(at(gateways[0]?.raw, 'spec', 'gatewayClassName'))
  const classes = world.ofKind('GatewayClass', group).filter((one) => one.name === className)
  const sections = section === undefined ? listeners.flatMap((one) => text(at(one, 'name')) ?? []) : [section]
  return {
    group: own,
    kind,
    namespace,
    name,
    title,
    place: `${title}${listener}`,
    sections,
    className,
    manual: gateways.some(isManual),
    listeners,
    protocols: listeners.flatMap((one) => text(at(one, 'protocol')) ?? []),
    things: [...new Set([...named, ...gateways, ...classes])],
  }
}

const gatewaysAbove = ({ raw, namespace }: Thing, world: World): readonly Thing[] => {
  const above = at(raw, 'spec', 'parentRef')
  return world.named(
    group,
    'Gateway',
    text(at(above, 'namespace')) ?? namespace,
    text(at(above, 'name')) ?? '',
  )
}

/** Does Istio take it for one that somebody deployed by hand (pilot/pkg/config/kube/gatewaycommon, IsManaged)? */
function isManual({ raw }: Thing): boolean {
  const addresses = list(at(raw, 'spec', 'addresses'))
  const [type = 'IPAddress'] = addresses.map((one) => text(at(one, 'type')) ?? 'IPAddress')
  return addresses.length > 1 || type !== 'IPAddress'
}
