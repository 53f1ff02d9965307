import { type Door, door, open, unique } from './door.ts'
import { endpointsOf, leadsOutside, portsOf } from './endpoints.ts'
import { isKnown } from './kinds.ts'
import { at, fields, isMap, type Thing, text, type World } from './things.ts'

/**
 * Doors of kinds that the judge doesn't know: whatever names a Service that leads to App2 may lead there (Traefik's
 * IngressRoute, Istio's VirtualService, a ConfigMap of tcp-services, and what is yet to come).
 */
export function unknownDoors(world: World): Door[] {
  const services = new Map(
    world
      .ofKind('Service', '')
      .filter((service) => leadsOutside(service, world))
      .map((service) => [`${service.namespace}/${service.name}`, service]),
  )
  if (services.size === 0) return []
  return world.things
    .filter((thing) => !isKnown(thing))
    .flatMap((thing) => {
      const names = thing.kind === 'ConfigMap' ? ofConfigMap(thing) : namesIn(body(thing), thing.namespace)
      return unique(names).flatMap((name) => {
        const service = services.get(name)
        if (!service) return []
        const to = portsOf(service).flatMap((port) =>
          endpointsOf(service, port, world).map((one) => `${one.address}:${one.port}`),
        )
        return [
          door(
            thing.kind,
            thing,
            name,
            { protocol: 'any', host: thing.title },
            {
              to: unique(to),
              ...open('assumed', `${thing.title} names ${name}, and nobody says what it does`),
            },
          ),
        ]
      })
    })
}

// --- utils ---

const body = ({ raw }: Thing): unknown[] =>
  Object.entries(fields(raw)).flatMap(([field, value]) =>
    ['apiVersion', 'kind', 'metadata', 'status'].includes(field) ? [] : [value],
  )

/** `NAMESPACE/NAME` of whatever a text may name: alone, with its namespace beside or behind it, as in DNS. */
function namesIn(value: unknown, namespace: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => namesIn(one, namespace))
  if (isMap(value)) {
    const own = text(value.namespace) ?? namespace
    return Object.values(value).flatMap((one) => namesIn(one, own))
  }
  const [host = ''] = (text(value) ?? '').replace(/^\w+:\/\//, '').split(/[:?#]/)
  if (host === '') return []
  const [name = '', second] = host.split('/')
  const labels = name.split('.')
  return [
    `${namespace}/${name}`,
    ...(second === undefined ? [] : [`${name}/${second}`]),
    ...(labels.length > 1 ? [`${labels[1]}/${labels[0]}`] : []),
  ]
}

/** ingress-nginx's tcp-services and udp-services, and HAProxy's alike: `NAMESPACE/NAME:PORT`. */
const ofConfigMap = ({ raw }: Thing): string[] =>
  Object.values(fields(at(raw, 'data'))).flatMap((value) => {
    const found = /^([a-z0-9.-]+\/[a-z0-9.-]+):\w+/.exec(text(value) ?? '')
    return found?.[1] ? [found[1]] : []
  })
