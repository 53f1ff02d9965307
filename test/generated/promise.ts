import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { merged } from '../../tools/chart/merged.ts'
import { difference, isNobody, nobody, type Who, whoOf } from '../../tools/doors/cidr.ts'
import type { Door } from '../../tools/doors/door.ts'
import { doorsOf } from '../../tools/doors/doors.ts'
import type { LoadBalancer, Preset } from '../../tools/doors/servers.ts'

/** One break of the chart's promise, in words, with the proxy whose it is. */
export interface Broken {
  proxy: string
  words: string
}

/**
 * Holds what the chart made of values against the contract as the reference words it, which knows nothing of
 * templates: no door lets in anyone outside of `sourceRanges` where no word of the values says so, everyone inside
 * gets in by the doors that the values open, and no two objects have one identity.
 * @param values what Helm accepted
 * @param objects what the chart made of it
 */
export function brokenPromises(values: Values, objects: readonly object[]): Broken[] {
  const proxies = new Map(
    Object.entries(values.proxies ?? {}).map(([name, own]) => [
      `default/${values.namePrefix ?? ''}${name}`,
      merged(values.defaults ?? {}, own),
    ]),
  )
  const { doors } = doorsOf(objects, {
    namespace: 'default',
    controllers: classesOf([...proxies.values()], values),
  })
  return [
    ...doors.flatMap((door) => outsiders(door, proxies.get(door.service), values)),
    ...[...proxies].flatMap(([service, proxy]) => shutOut(service, proxy, doors)),
    ...twice(objects),
  ]
}

// --- utils ---

/** What values say of who serves a class. */
function classesOf(
  proxies: readonly ProxyValues[],
  { loadBalancerClasses }: Values,
): Record<string, Preset | LoadBalancer> {
  const classes: Record<string, Preset | LoadBalancer> = {}
  for (const [name, platform] of Object.entries(loadBalancerClasses ?? {})) {
    classes[name] = platform === 'generic' ? 'kube-proxy' : platform
  }
  for (const { enabled, ingress } of proxies) {
    const served = enabled !== false && ingress?.enabled !== false && ingress?.controller !== 'none'
    if (served && ingress?.className && ingress.controller) classes[ingress.className] = ingress.controller
  }
  return classes
}

const typeOf = ({ service, externalName }: ProxyValues) =>
  service?.type ?? (externalName ? 'ExternalName' : 'LoadBalancer')

const isHeld = (sourceRanges: readonly string[] = []) =>
  sourceRanges.length > 0 && !sourceRanges.some((range) => ['0.0.0.0/0', '::/0'].includes(range))

/** The platforms whose load balancers need node ports, as docs/platforms.md has them. */
const withNodePorts = ['aws', 'azure', 'digitalocean', 'hetzner', 'oci', 'openstack']

/** A load balancer's class is that of a platform, else it is the platform of all. */
const platformOf = ({ service }: ProxyValues, { platform = 'generic', loadBalancerClasses }: Values) =>
  loadBalancerClasses?.[service?.loadBalancerClass ?? ''] ??
  { 'service.k8s.aws/nlb': 'aws' }[service?.loadBalancerClass ?? ''] ??
  platform

/** The doors that no list can hold, each with the words in the values that open it to more than `sourceRanges`. */
const opened: Record<string, (proxy: ProxyValues, values: Values) => boolean> = {
  'node port': (proxy, values) =>
    typeOf(proxy) === 'NodePort' ||
    (proxy.service?.allocateLoadBalancerNodePorts ?? withNodePorts.includes(platformOf(proxy, values))),
  ClusterIP: (proxy) =>
    proxy.service?.inCluster ?? (typeOf(proxy) !== 'LoadBalancer' && !isHeld(proxy.sourceRanges)),
  headless: ({ service }) => service?.clusterIP === 'None',
  ExternalName: (proxy) => typeOf(proxy) === 'ExternalName',
}

function outsiders(door: Door, proxy: ProxyValues | undefined, values: Values): Broken[] {
  if (!proxy)
    return [{ proxy: door.service, words: `${door.id} leads to a proxy that the values don't have` }]
  if (opened[door.way]?.(proxy, values)) return []
  const extra = difference(door.who, whoOf(proxy.sourceRanges ?? []).who)
  if (isNobody(extra)) return []
  return [
    {
      proxy: door.service,
      words: `${door.id}: ${door.reasons.join('; ')}: lets in ${written(extra).slice(0, 80)}`,
    },
  ]
}

/** The load balancer's door, which every proxy of that type with an address that is not drained must have. */
function shutOut(service: string, proxy: ProxyValues, doors: readonly Door[]): Broken[] {
  const ready = (proxy.addresses ?? []).some((one) => typeof one === 'string' || one.ready !== false)
  if (proxy.enabled === false || typeOf(proxy) !== 'LoadBalancer' || !ready) return []
  const found = doors.filter((door) => door.service === service && door.way === 'load balancer')
  const inside = whoOf(proxy.sourceRanges ?? []).who
  const families = new Set(
    (proxy.addresses ?? []).flatMap((one) => {
      const { ip, ready = true } = typeof one === 'string' ? { ip: one } : one
      return ready ? [ip.includes(':') ? 'IPv6' : 'IPv4'] : []
    }),
  )
  const expected: Who = {
    IPv4: families.has('IPv4') ? inside.IPv4 : [],
    IPv6: families.has('IPv6') ? inside.IPv6 : [],
  }
  const missing = found.map((door) => difference(expected, door.who)).filter((who) => !isNobody(who))
  const ports = Object.keys(proxy.ports ?? {}).length
  if (found.length < ports)
    return [{ proxy: service, words: `${found.length} of ${ports} ports have a load balancer's door` }]
  return missing.map((who) => ({ proxy: service, words: `the load balancer keeps ${written(who)} out` }))
}

function twice(objects: readonly object[]): Broken[] {
  const seen = new Set<string>()
  return objects.flatMap((object) => {
    const {
      apiVersion = '',
      kind,
      metadata,
    } = object as { apiVersion?: string; kind?: string; metadata?: Meta }
    const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : ''
    const identity = `${group} ${kind} ${metadata?.namespace}/${metadata?.name}`
    if (seen.has(identity)) return [{ proxy: `${metadata?.name}`, words: `two objects are ${identity}` }]
    seen.add(identity)
    return []
  })
}

interface Meta {
  name?: string
  namespace?: string
}

const written = ({ IPv4, IPv6 }: Who = nobody) => [...IPv4, ...IPv6].join(', ')
