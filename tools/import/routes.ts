import type { BackendRef, Route, RouteRule } from '../../schema/generated/values.ts'
import { type GatewayRef, gatewayServedBy, routersOf } from '../doors/controllers/index.ts'
import { gatewaysOf } from '../doors/gateways.ts'
import { hostsTaken } from '../doors/host-names.ts'
import { at, list, text } from '../doors/things.ts'
import type { Manifest } from './manifests.ts'
import { annotationMayHold, keysOf, labelsLost } from './metadata.ts'
import { isExtension, listsOfFilters } from './middlewares.ts'
import type { Part } from './part.ts'
import type { Reading } from './reading.ts'
import { type ImportedProxy, maybeNamed, named } from './services.ts'
import { type Asked, close, type Request, type Way } from './ways.ts'

/** Gives the proxy that a route of the Gateway API leads to that route. */
export function addRoute(route: Manifest, reading: Reading): void {
  const { notes, ways, requests } = reading
  const spec = route.part.at('spec')
  const rules = spec.at('rules').items
  const hostnames = spec.at('hostnames').items
  const written = hostnames.flatMap((one) => one.text?.toLowerCase() ?? [])
  const hosts = heard(route, written, reading)
  const gateways = gatewaysOf({ raw: route.part.plain, namespace: route.namespace }, reading.world)
  const { kind } = route
  const asked = { kind, servers: gateways.flatMap((one) => serversOf(kind, one, reading)) }
  const asking = [hosts ?? [], written, ['']].find(({ length }) => length > 0) ?? []
  const taken = rules.map((rule) => requestsOf(rule, { ...asked, hosts: asking }))
  requests.push(...taken.flat())
  const proxy = rules
    .flatMap((rule) => rule.at('backendRefs').items)
    .flatMap((one) => backendOf(one, route, reading) ?? [])[0]
  if (!proxy) {
    notes.leftOut(route.part, `${route.kind} ${route.name} leads to no Service that is there`)
    spec.take()
    return
  }
  const name = nameOf(route, proxy)
  const port = portOf(route, proxy, reading)
  const made = rules.map((rule) => ruleOf(rule, { route, own: { proxy: proxy.name, port } }, reading))
  const kept = made.flatMap((rule) => rule ?? [])
  if (kept.length === 0) return
  const [controller, ...others] = new Set(gateways.map((one) => servedBy(one, reading)))
  const isOwn = kept.flatMap(({ backendRefs = [] }) => backendRefs).every((one) => one.proxy === proxy.name)
  // A route that leads to several proxies the chart takes where all have one list.
  if (kind === 'HTTPRoute' && controller === 'traefik' && others.length === 0 && isOwn)
    holdByFilters(
      rules.flatMap((part, index) => (made[index] ? [{ part, rule: made[index] }] : [])),
      { route, proxy },
      reading,
    )
  const isPlain = kept.every((rule) => Object.keys(rule).length === 0)
  const annotations = Object.fromEntries(
    Object.entries(keysOf(route.part, 'annotations', notes)).filter(([key]) => !annotationMayHold(key)),
  )
  const values: Route = {
    ...(route.kind !== 'HTTPRoute' && { kind: route.kind as NonNullable<Route['kind']> }),
    ...(controller && others.length === 0 && { controller }),
    parentRefs: spec.at('parentRefs').items.flatMap((part) => parentOf(part, reading) ?? []),
    ...filled('hostnames', hosts ?? written),
    ...(port !== undefined && { port }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(!isPlain && { rules: kept }),
  }
  proxy.values.routes = { ...proxy.values.routes, [name]: values }
  const carried = taken.filter((_, index) => made[index] !== undefined).flat()
  const way: Way = {
    ...asked,
    proxy,
    name,
    hosts: asking,
    paths: carried.map(({ path = '/', isExact }) => ({ path, isExact })),
    carried,
    names: [
      route.name,
      proxy.name,
      ...spec.at('parentRefs').items.flatMap((one) => one.at('name').text ?? []),
    ],
  }
  ways.push(way)
  for (const { part, why } of lossesOf(route, proxy, hostnames, reading)) close(way, part, why, notes)
  if (hosts?.length === 0)
    close(way, spec, 'no listener that it hangs on takes its hosts, so it led nowhere', notes)
  else if (hosts && hosts.join() !== written.join())
    notes.corrected(spec, `its hosts are those that its listeners take: ${hosts.join(', ')}`)
  if (!values.controller)
    notes.decide(
      route.part,
      `which controller serves the Gateway of ${route.kind} ${route.name} is not known: write it in routes.${name}.controller`,
    )
  notes.decide(
    route.part,
    `the chart calls it ${proxy.name}.${name}: delete ${route.kind} ${route.name} once that one serves`,
  )
}

// --- utils ---

const gatewayApi = 'gateway.networking.k8s.io'

const filled = (name: string, items: readonly unknown[]) => (items.length > 0 ? { [name]: items } : {})

/** Who may be asked for what hangs on a Gateway; what is not HTTP is another listener's. */
function serversOf(kind: string, gateway: GatewayRef, { world }: Reading): Asked['servers'] {
  const [above] = gateway.things.filter((one) => one.kind === 'Gateway')
  const title = above?.title ?? (gateway.kind === 'Gateway' ? `Gateway ${gateway.title}` : undefined)
  if (!['HTTPRoute', 'GRPCRoute'].includes(kind)) return [`${kind} of ${title}`]
  return [title, ...routersOf('GatewayClass', gateway.className, world)]
}

/** The preset that serves a Gateway, where its class says. */
function servedBy({ className }: GatewayRef, { world }: Reading): Route['controller'] {
  const served = className === undefined ? undefined : gatewayServedBy(className, world)
  return served === 'other' ? undefined : served
}

/** The hosts of a route that its listeners take; undefined where they take any, or not all of them are known. */
function heard(
  { kind, part, namespace }: Manifest,
  hosts: readonly string[],
  { world }: Reading,
): string[] | undefined {
  const listeners = part.at('spec', 'parentRefs').items.map((parent) => {
    const [name, section, port] = ['name', 'sectionName', 'port'].map((field) => parent.at(field).text)
    const own = parent.at('namespace').text || namespace
    return world
      .named(gatewayApi, parent.at('kind').text ?? 'Gateway', own, name ?? '')
      .flatMap(({ raw }) => list(at(raw, 'spec', 'listeners')))
      .filter(
        (one) => (!section || at(one, 'name') === section) && (!port || String(at(one, 'port')) === port),
      )
  })
  const isKnown = listeners.every(({ length }) => length > 0)
  const hasHosts = ['HTTPRoute', 'GRPCRoute', 'TLSRoute'].includes(kind)
  return isKnown && hasHosts ? hostsTaken(hosts, listeners.flat()) : undefined
}

/** What a route is called among a proxy's, of which none has that name yet. */
function nameOf({ name, kind }: Manifest, proxy: ImportedProxy): string {
  const own = (name.startsWith(`${proxy.name}-`) ? name.slice(proxy.name.length + 1) : name).replaceAll(
    '.',
    '-',
  )
  return Object.hasOwn(proxy.values.routes ?? {}, own) ? `${own}-${kind.toLowerCase()}` : own
}

/** The requests that a rule takes: those of each of its matches, by each of its hosts. */
function requestsOf(
  rule: Part,
  { hosts, ...asked }: Asked & Pick<Way, 'hosts'>,
): (Request & { isExact: boolean })[] {
  const paths = list(at(rule.plain, 'matches')).map((match) => {
    const [type, value] = [text(at(match, 'path', 'type')), text(at(match, 'path', 'value'))]
    return { path: type === 'RegularExpression' ? undefined : (value ?? '/'), isExact: type === 'Exact' }
  })
  return hosts.flatMap((host) =>
    (paths.length > 0 ? paths : [{ path: '/', isExact: false }]).map((one) => ({
      ...asked,
      host,
      ...one,
      part: rule,
    })),
  )
}

/** What of a route may keep somebody out, or be why it leads elsewhere, and is lost. */
function lossesOf(
  route: Manifest,
  proxy: ImportedProxy,
  hostnames: readonly Part[],
  reading: Reading,
): { part: Part; why: string }[] {
  const { part, namespace, kind } = route
  const { notes } = reading
  const spec = part.at('spec')
  const refs = spec
    .at('rules')
    .items.flatMap((rule) => rule.at('backendRefs').items)
    .flatMap((ref) => {
      const to = backendOf(ref, route, reading)
      return to && ref.at('weight').text !== '0' ? [{ ref, to }] : []
    })
  const annotations = part.at('metadata', 'annotations').fields.filter(([key]) => annotationMayHold(key))
  const read = [...annotations.map(([, value]) => value), ...labelsLost(part, notes)]
  const unread = [...read, ...spec.unread.filter(({ path }) => !holdsNobody.test(path))]
  for (const one of unread) one.take()
  return [
    ...unread.map((one) => ({
      part: one,
      why: `${one.path} may keep somebody out, and the values have no field for it`,
    })),
    ...hostnames
      .filter(({ text }) => text === undefined)
      .map((one) => ({ part: one, why: `${one.path} is no host name` })),
    ...refs
      .filter(({ ref, to }) => portsOf(kind, to).every(({ port }) => port !== ref.at('port').number))
      .map(({ ref, to }) => ({
        part: ref,
        why: `${to.name} has no port ${ref.at('port').text ?? ''}, so it led nowhere`,
      })),
    ...refs
      .filter(({ ref }) => ![undefined, '', namespace].includes(ref.at('namespace').text))
      .map(({ ref, to }) => ({
        part: ref,
        why: `${to.name} is in another namespace than the route, which a ReferenceGrant there must allow`,
      })),
    ...(namespace !== proxy.namespace
      ? [
          {
            part,
            why: `it is for namespace ${namespace}, whose routes Gateways may take or not, and Service ${proxy.name} for ${proxy.namespace}`,
          },
        ]
      : []),
  ]
}

/** Fields that may be left out: without them nobody gets in who did not (read in the Gateway API 1.4, apis/v1). */
const holdsNobody = /[.](retry|sessionPersistence|name|timeouts|group|kind|port)$/

/** The proxy that a rule sends to, a Service's alone; where none surely is, one that may be meant. */
function backendOf(ref: Part, route: Manifest, { proxies }: Reading): ImportedProxy | undefined {
  const isService = (ref.at('kind').text ?? 'Service') === 'Service' && !ref.at('group').text
  if (!isService) return undefined
  const [name, own] = [ref.at('name').text, ref.at('namespace').text]
  const where = own ? { namespace: own, hasNamespace: true } : route
  return named(name, where.namespace, proxies) ?? maybeNamed(name, where, proxies)
}

/** What a route hangs on; undefined, with a note, where that is neither a Gateway nor a ListenerSet. */
function parentOf(part: Part, { notes }: Reading): NonNullable<Route['parentRefs']>[number] | undefined {
  const group = part.at('group').text ?? gatewayApi
  const fields = ['name', 'kind', 'namespace', 'sectionName'].map((field) => part.at(field))
  const [name = '', kind, namespace, sectionName] = fields.map(({ text }) => text)
  const port = part.at('port')
  if (group !== gatewayApi || !['Gateway', 'ListenerSet', undefined].includes(kind)) {
    notes.decide(part, `it hangs on ${kind} ${name} of ${group || 'the core group'}: left out`)
    return undefined
  }
  const illegible = [...fields, port].find(
    (one) => one.isIllegible || (one === port && port.text !== undefined && port.number === undefined),
  )
  if (illegible) {
    notes.decide(illegible, `${illegible.path} can't be read, and may be one listener of several: left out`)
    return undefined
  }
  return {
    name,
    ...(kind === 'ListenerSet' && { kind }),
    ...(namespace && { namespace }),
    ...(sectionName && { sectionName }),
    ...(port.number !== undefined && { port: port.number }),
  }
}

/** A rule of the values; undefined, with a note, where it sends to no proxy. */
function ruleOf(
  rule: Part,
  { route, own }: { route: Manifest; own: Pick<BackendRef, 'proxy'> & { port: string | undefined } },
  reading: Reading,
): RouteRule | undefined {
  const { notes } = reading
  const refs = rule.at('backendRefs').items
  const backendRefs = refs.flatMap((ref): BackendRef[] => {
    const proxy = backendOf(ref, route, reading)
    const ports = proxy ? portsOf(route.kind, proxy) : []
    const port = ports.find((one) => one.port === ref.at('port').number)?.name
    const weight = ref.at('weight').number
    if (!proxy) notes.leftOut(ref, `backendRefs: ${ref.at('name').text ?? ''} is no proxy here`)
    else if (weight === 0) notes.leftOut(ref, `backendRefs: ${proxy.name} has weight 0, and gets nothing`)
    if (!proxy || weight === 0) ref.take()
    return proxy && weight !== 0
      ? [
          {
            proxy: proxy.name,
            // Without one it is the route's.
            ...(port !== undefined && (ports.length > 1 || own.port !== undefined) && { port }),
            ...(weight !== undefined && { weight }),
          },
        ]
      : []
  })
  const redirects = rule.at('filters').items.some((one) => one.at('type').text === 'RequestRedirect')
  if (backendRefs.length === 0 && !(refs.length === 0 && redirects)) {
    if (refs.length === 0) notes.leftOut(rule, 'it leads nowhere')
    rule.take()
    return undefined
  }
  const isOwn = backendRefs.every(({ proxy, port }) => proxy === own.proxy && port === own.port)
  const kept = (field: string) => {
    const value = rule.at(field).take()
    return value === undefined || isTrivial(value) ? {} : { [field]: value }
  }
  return { ...kept('matches'), ...kept('filters'), ...kept('timeouts'), ...(!isOwn && { backendRefs }) }
}

/** Takes the lists of Traefik's Middlewares over from the filters of rules; the others were open beside them. */
function holdByFilters(
  rules: readonly { part: Part; rule: RouteRule }[],
  { route, proxy }: { route: Manifest; proxy: ImportedProxy },
  reading: Reading,
): void {
  const open: Part[] = []
  let isHeld = false
  for (const { part, rule } of rules) {
    const filters = part.at('filters').items
    const lists = listsOfFilters(filters, route.namespace, reading)
    if (lists?.length === 0) open.push(part)
    if (!lists || lists.length === 0) continue
    isHeld = true
    proxy.held.push(...lists)
    const left = filters.filter((one) => !isExtension(one)).map((one) => one.take())
    if (left.length > 0) rule.filters = left as NonNullable<RouteRule['filters']>
    else delete rule.filters
  }
  if (isHeld)
    for (const part of open)
      proxy.held.push({ title: `HTTPRoute ${route.name}'s ${part.path}`, part, ranges: undefined })
}

/** The port of its proxy that a route leads to first; undefined where it has one alone. */
function portOf(route: Manifest, proxy: ImportedProxy, reading: Reading): string | undefined {
  const ports = portsOf(route.kind, proxy)
  const [ref] = route.part
    .at('spec', 'rules')
    .items.flatMap((rule) => rule.at('backendRefs').items)
    .filter((one) => backendOf(one, route, reading) === proxy)
  const led = ports.find(({ port }) => port === ref?.at('port').number) ?? ports[0]
  return ports.length > 1 ? led?.name : undefined
}

/** The ports of a proxy that a kind of route may lead to. */
const portsOf = (kind: string, { values }: ImportedProxy) =>
  Object.entries(values.ports ?? {}).flatMap(([name, { port, protocol = 'TCP' }]) =>
    (protocol === 'UDP') === (kind === 'UDPRoute') ? [{ name, port }] : [],
  )

/** The match that the API writes by itself. */
const isTrivial = (value: unknown) =>
  JSON.stringify(value) === JSON.stringify([{ path: { type: 'PathPrefix', value: '/' } }])
