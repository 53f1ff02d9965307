import type { BackendRef, Route, RouteRule } from '../../schema/generated/values.ts'
import type { Manifest } from './manifests.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import { type ImportedProxy, named } from './services.ts'

/** Gives the proxy that a route of the Gateway API leads to that route. */
export function addRoute(route: Manifest, proxies: readonly ImportedProxy[], notes: Notes): void {
  const spec = route.part.at('spec')
  const rules = spec.at('rules').items
  const proxy = rules
    .flatMap((rule) => rule.at('backendRefs').items)
    .flatMap((one) => backendOf(one, route, proxies) ?? [])[0]
  if (!proxy) {
    notes.leftOut(route.part, `${route.kind} ${route.name} leads to no Service that is there`)
    spec.take()
    return
  }
  const name = (
    route.name.startsWith(`${proxy.name}-`) ? route.name.slice(proxy.name.length + 1) : route.name
  ).replaceAll('.', '-')
  const written = rules.flatMap((rule) => ruleOf(rule, { route, own: proxy, proxies }, notes) ?? [])
  if (written.length === 0) return
  const isPlain = written.every((rule) => Object.keys(rule).length === 0)
  const values: Route = {
    ...(route.kind !== 'HTTPRoute' && { kind: route.kind as NonNullable<Route['kind']> }),
    parentRefs: spec.at('parentRefs').items.flatMap((part) => parentOf(part, notes) ?? []),
    ...filled(
      'hostnames',
      spec.at('hostnames').items.flatMap((one) => one.text ?? []),
    ),
    ...(!isPlain && { rules: written }),
  }
  proxy.values.routes = { ...proxy.values.routes, [name]: values }
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

/** The proxy that a rule sends to. */
const backendOf = (ref: Part, { namespace }: Manifest, proxies: readonly ImportedProxy[]) =>
  named(ref.at('name').text, ref.at('namespace').text ?? namespace, proxies)

/** What a route hangs on; undefined, with a note, where that is neither a Gateway nor a ListenerSet. */
function parentOf(part: Part, notes: Notes): NonNullable<Route['parentRefs']>[number] | undefined {
  const group = part.at('group').text ?? gatewayApi
  const [name = '', kind, namespace, sectionName] = ['name', 'kind', 'namespace', 'sectionName'].map(
    (field) => part.at(field).text,
  )
  const port = part.at('port').number
  if (group !== gatewayApi || !['Gateway', 'ListenerSet', undefined].includes(kind)) {
    notes.decide(part, `it hangs on ${kind} ${name} of ${group || 'the core group'}: left out`)
    return undefined
  }
  return {
    name,
    ...(kind === 'ListenerSet' && { kind }),
    ...(namespace && { namespace }),
    ...(sectionName && { sectionName }),
    ...(port !== undefined && { port }),
  }
}

/** A rule of the values; undefined, with a note, where it sends to no proxy. */
function ruleOf(
  rule: Part,
  { route, own, proxies }: { route: Manifest; own: ImportedProxy; proxies: readonly ImportedProxy[] },
  notes: Notes,
): RouteRule | undefined {
  const refs = rule.at('backendRefs').items
  const backendRefs = refs.flatMap((ref): BackendRef[] => {
    const proxy = backendOf(ref, route, proxies)
    for (const field of ['group', 'kind', 'port']) ref.at(field)
    const weight = ref.at('weight').number
    if (!proxy) notes.leftOut(ref, `backendRefs: ${ref.at('name').text ?? ''} is no proxy here`)
    else if (weight === 0) notes.leftOut(ref, `backendRefs: ${proxy.name} has weight 0, and gets nothing`)
    return proxy && weight !== 0 ? [{ proxy: proxy.name, ...(weight !== undefined && { weight }) }] : []
  })
  const redirects = rule.at('filters').items.some((one) => one.at('type').text === 'RequestRedirect')
  if (backendRefs.length === 0 && !(refs.length === 0 && redirects)) {
    if (refs.length === 0) notes.leftOut(rule, 'it leads nowhere')
    rule.take()
    return undefined
  }
  const isOwn = backendRefs.every(({ proxy }) => proxy === own.name)
  const taken = (field: string) => {
    const value = rule.at(field).take()
    return value === undefined || isTrivial(value) ? {} : { [field]: value }
  }
  return { ...taken('matches'), ...taken('filters'), ...taken('timeouts'), ...(!isOwn && { backendRefs }) }
}

/** The match that the API writes by itself. */
const isTrivial = (value: unknown) =>
  JSON.stringify(value) === JSON.stringify([{ path: { type: 'PathPrefix', value: '/' } }])
