import type { BackendRef, Route, RouteRule } from '../../schema/generated/values.ts'
import { at, list, text } from '../doors/things.ts'
import type { Manifest } from './manifests.ts'
import { annotationMayHold } from './metadata.ts'
import type { Part } from './part.ts'
import type { Reading } from './reading.ts'
import { type ImportedProxy, named } from './services.ts'
import { close, type Request, type Way } from './ways.ts'

/** Gives the proxy that a route of the Gateway API leads to that route. */
export function addRoute(route: Manifest, reading: Reading): void {
  const { notes, ways, requests } = reading
  const spec = route.part.at('spec')
  const rules = spec.at('rules').items
  const hostnames = spec.at('hostnames').items
  const hosts = hostnames.flatMap((one) => one.text?.toLowerCase() ?? [])
  const servers = spec.at('parentRefs').items.flatMap((one) => one.at('name').text ?? [])
  const asked = rules.map((rule) => requestsOf(rule, { servers, hosts: hosts.length > 0 ? hosts : [''] }))
  requests.push(...asked.flat())
  const proxy = rules
    .flatMap((rule) => rule.at('backendRefs').items)
    .flatMap((one) => backendOf(one, route, reading) ?? [])[0]
  if (!proxy) {
    notes.leftOut(route.part, `${route.kind} ${route.name} leads to no Service that is there`)
    spec.take()
    return
  }
  const name = nameOf(route, proxy)
  const written = rules.map((rule) => ruleOf(rule, { route, own: proxy }, reading))
  const kept = written.flatMap((rule) => rule ?? [])
  if (kept.length === 0) return
  const isPlain = kept.every((rule) => Object.keys(rule).length === 0)
  const values: Route = {
    ...(route.kind !== 'HTTPRoute' && { kind: route.kind as NonNullable<Route['kind']> }),
    parentRefs: spec.at('parentRefs').items.flatMap((part) => parentOf(part, reading) ?? []),
    ...filled(
      'hostnames',
      hostnames.flatMap((one) => one.text ?? []),
    ),
    ...(!isPlain && { rules: kept }),
  }
  proxy.values.routes = { ...proxy.values.routes, [name]: values }
  const carried = asked.filter((_, index) => written[index] !== undefined).flat()
  const way: Way = {
    proxy,
    name,
    servers,
    hosts: hosts.length > 0 ? hosts : [''],
    paths: carried.map(({ path = '/', isExact }) => ({ path, isExact })),
    carried,
    names: [route.name, proxy.name, ...servers],
  }
  ways.push(way)
  for (const { part, why } of lossesOf(route, proxy, hostnames, reading)) close(way, part, why, notes)
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
  { servers, hosts }: { servers: readonly string[]; hosts: readonly string[] },
): (Request & { isExact: boolean })[] {
  const paths = list(at(rule.plain, 'matches')).map((match) => {
    const [type, value] = [text(at(match, 'path', 'type')), text(at(match, 'path', 'value'))]
    return { path: type === 'RegularExpression' ? undefined : (value ?? '/'), isExact: type === 'Exact' }
  })
  return hosts.flatMap((host) =>
    (paths.length > 0 ? paths : [{ path: '/', isExact: false }]).map((one) => ({
      servers,
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
  const spec = part.at('spec')
  const refs = spec
    .at('rules')
    .items.flatMap((rule) => rule.at('backendRefs').items)
    .flatMap((ref) => {
      const to = backendOf(ref, route, reading)
      return to && ref.at('weight').text !== '0' ? [{ ref, to }] : []
    })
  const annotations = part.at('metadata', 'annotations').fields.filter(([key]) => annotationMayHold(key))
  const read = annotations.map(([, value]) => value)
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
      .filter(({ ref }) => ![undefined, namespace].includes(ref.at('namespace').text))
      .map(({ ref, to }) => ({
        part: ref,
        why: `${to.name} is in another namespace than the route, which a ReferenceGrant there must allow`,
      })),
    ...(namespace && proxy.namespace && namespace !== proxy.namespace
      ? [{ part, why: `it was in namespace ${namespace}, and hangs on Gateways as those there may` }]
      : []),
  ]
}

/** Fields that may be left out: without them nobody gets in who did not (read in the Gateway API 1.4, apis/v1). */
const holdsNobody = /[.](retry|sessionPersistence|name|timeouts|group|kind|port)$/

/** The proxy that a rule sends to: a Service's alone. */
function backendOf(ref: Part, { namespace }: Manifest, { proxies }: Reading): ImportedProxy | undefined {
  const isService = (ref.at('kind').text ?? 'Service') === 'Service' && !ref.at('group').text
  return isService ? named(ref.at('name').text, ref.at('namespace').text ?? namespace, proxies) : undefined
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
  { route, own }: { route: Manifest; own: ImportedProxy },
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
            ...(port !== undefined && ports.length > 1 && { port }),
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
  const isOwn = backendRefs.every(({ proxy, port }) => proxy === own.name && port === undefined)
  const taken = (field: string) => {
    const value = rule.at(field).take()
    return value === undefined || isTrivial(value) ? {} : { [field]: value }
  }
  return { ...taken('matches'), ...taken('filters'), ...taken('timeouts'), ...(!isOwn && { backendRefs }) }
}

/** The ports of a proxy that a kind of route may lead to. */
const portsOf = (kind: string, { values }: ImportedProxy) =>
  Object.entries(values.ports ?? {}).flatMap(([name, { port, protocol = 'TCP' }]) =>
    (protocol === 'UDP') === (kind === 'UDPRoute') ? [{ name, port }] : [],
  )

/** The match that the API writes by itself. */
const isTrivial = (value: unknown) =>
  JSON.stringify(value) === JSON.stringify([{ path: { type: 'PathPrefix', value: '/' } }])
