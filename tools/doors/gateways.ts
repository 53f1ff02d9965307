import type { GatewayRef } from './controllers/index.ts'
import { at, list, number, type Thing, text, type World } from './things.ts'

/** What a route hangs on. */
export const gatewaysOf = (route: Thing, world: World): GatewayRef[] =>
  parentsOf(route).map((parent) => gatewayOf(route, parent, world))

// --- utils ---

/** A route's parentRefs, and whichever Gateways the cluster has as defaults, where it asks for those. */
function parentsOf({ raw }: Thing): readonly unknown[] {
  const parents = list(at(raw, 'spec', 'parentRefs'))
  const wanted = text(at(raw, 'spec', 'useDefaultGateways')) ?? 'None'
  return wanted === 'None' ? parents : [...parents, { name: 'default Gateways' }]
}

/** What a parentRef names. A ListenerSet stands for the Gateway that it adds to. */
function gatewayOf(route: Thing, parent: unknown, world: World): GatewayRef {
  const kind = text(at(parent, 'kind')) ?? 'Gateway'
  const namespace = text(at(parent, 'namespace')) ?? route.namespace
  const name = text(at(parent, 'name')) ?? ''
  const port = number(at(parent, 'port'))
  const section = text(at(parent, 'sectionName'))
  const title = `${namespace}/${name}`
  const listener = section !== undefined ? `#${section}` : port !== undefined ? `:${port}` : ''
  const [named] = world.named(kind, namespace, name)
  const above = kind === 'ListenerSet' ? at(named?.raw, 'spec', 'parentRef') : undefined
  const [gateway] =
    kind === 'ListenerSet'
      ? world.named('Gateway', text(at(above, 'namespace')) ?? namespace, text(at(above, 'name')) ?? '')
      : [named]
  const listeners = list(at(named?.raw, 'spec', 'listeners')).filter(
    (one) =>
      (section === undefined || at(one, 'name') === section) &&
      (port === undefined || at(one, 'port') === port),
  )
  return {
    kind,
    namespace,
    name,
    title,
    place: `${title}${listener}`,
    section,
    className: text(at(gateway?.raw, 'spec', 'gatewayClassName')),
    manual: list(at(gateway?.raw, 'spec', 'addresses')).some((one) => at(one, 'type') === 'Hostname'),
    protocols: listeners.flatMap((one) => text(at(one, 'protocol')) ?? []),
  }
}
