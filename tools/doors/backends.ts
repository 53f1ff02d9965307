import { unique } from './door.ts'
import { anyEndpointsOf, areElsewhere, elsewhere, endpointsOf, leadsOutside, portsOf } from './endpoints.ts'
import { at, list, number, type Thing, text, type World } from './things.ts'

/** What an Ingress or a route leads to. */
export interface Backend {
  /** `NAMESPACE/NAME` of a Service, or another backend with its kind before it. */
  service: string
  /** The Service itself; several where one name is there twice. */
  things: readonly Thing[]
  /** `ADDRESS:PORT` of each endpoint: a controller dials them itself, of whichever family. */
  to: string[]
  /** What else is to be known of it. */
  conditions: string[]
}

/**
 * What a Service's port leads a controller to.
 * @param port the Service's port by number or name; undefined means any
 * @returns undefined where it leads to pods, or to nothing that there is
 */
export function serviceBackend(
  namespace: string,
  name: string,
  port: number | string | undefined,
  world: World,
): Backend | undefined {
  const service = `${namespace}/${name}`
  const things = world.named('', 'Service', namespace, name)
  if (things.length === 0) {
    if (world.options.live) return undefined
    return {
      service,
      things,
      to: [`Service ${service}`],
      conditions: [`Service ${service} leads to App2: it is not here`],
    }
  }
  const outside = things.filter((thing) => leadsOutside(thing, world))
  if (outside.length === 0) return undefined
  const found = outside.flatMap((thing) => dialled(thing, port, world))
  const ready = found.filter(({ drained }) => !drained)
  const to = unique((ready.length > 0 ? ready : found).map(({ address }) => address))
  if (to.length === 0 && outside.some((thing) => areElsewhere(thing, world))) to.push(elsewhere)
  const conditions =
    found.length > 0 && ready.length === 0
      ? ['a controller sends to drained addresses where there are no others']
      : []
  return { service, things: outside, to, conditions }
}

/**
 * What a backend of another kind leads to: Envoy Gateway's Backend says its addresses, of others none are known.
 * @param inside the namespace of what refers to it
 */
export function otherBackend(reference: unknown, inside: string, world: World): Backend {
  const [group, kind] = [
    text(at(reference, 'group')) ?? text(at(reference, 'apiGroup')),
    text(at(reference, 'kind')),
  ]
  const namespace = text(at(reference, 'namespace')) ?? inside
  const name = text(at(reference, 'name')) ?? ''
  const service = `${kind} ${namespace}/${name}`
  const things = world.named(group ?? '', kind ?? '', namespace, name)
  const to = things.flatMap((thing) =>
    list(at(thing.raw, 'spec', 'endpoints')).flatMap((endpoint) =>
      [at(endpoint, 'ip', 'address'), at(endpoint, 'fqdn', 'hostname')]
        .flatMap((address) => text(address) ?? [])
        .map(
          (address) =>
            `${address}:${number(at(endpoint, 'ip', 'port')) ?? number(at(endpoint, 'fqdn', 'port'))}`,
        ),
    ),
  )
  return { service, things, to: to.length > 0 ? to : [service], conditions: [] }
}

// --- utils ---

function dialled(service: Thing, wanted: number | string | undefined, world: World) {
  const external = text(at(service.raw, 'spec', 'externalName'))
  if (at(service.raw, 'spec', 'type') === 'ExternalName' && external) {
    return [{ address: wanted === undefined ? external : `${external}:${wanted}`, drained: false }]
  }
  const found = portsOf(service)
    .filter(({ port, name }) => wanted === undefined || port === wanted || name === wanted)
    .flatMap((port) => endpointsOf(service, port, world))
    .map(({ address, family, port, drained }) => ({
      address: `${family === 'IPv6' ? `[${address}]` : address}:${port}`,
      drained,
    }))
  return found.length > 0 ? found : anyEndpointsOf(service, world)
}
