import type { BackendRef, Route, RouteRule } from '../../schema/generated/values.ts'
import type { Manifest } from './manifests.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import type { ImportedProxy } from './services.ts'

/** Gives the proxy that a route of the Gateway API leads to that route. */
export function addRoute(route: Manifest, proxies: readonly ImportedProxy[], notes: Notes): void {
  const spec = route.part.at('spec')
  const rules = spec.at('rules').items
  const proxy = rules
    .flatMap((rule) => rule.at('backendRefs').items)
    .flatMap((one) => named(one, proxies) ?? [])[0]
  if (!proxy) {
    notes.leftOut(route.part, `${route.kind} ${route.name} leads to no Service that is there`)
    spec.take()
    return
  }
  const name = (
    route.name.startsWith(`${proxy.name}-`) ? route.name.slice(proxy.name.length + 1) : route.name
  ).replaceAll('.', '-')
  const written = rules.map((rule) => ruleOf(rule, proxy, proxies, notes))
  const isPlain = written.every((rule) => Object.keys(rule).length === 0)
  const values: Route = {
    ...(route.kind !== 'HTTPRoute' && { kind: route.kind as NonNullable<Route['kind']> }),
    parentRefs: spec.at('parentRefs').items.map(parentOf),
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

const filled = (name: string, items: readonly unknown[]) => (items.length > 0 ? { [name]: items } : {})

const named = (ref: Part, proxies: readonly ImportedProxy[]) =>
  proxies.find(({ name }) => name === ref.at('name').text)

function parentOf(part: Part): NonNullable<Route['parentRefs']>[number] {
  part.at('group')
  const [name = '', kind, namespace, sectionName] = ['name', 'kind', 'namespace', 'sectionName'].map(
    (field) => part.at(field).text,
  )
  const port = part.at('port').number
  return {
    name,
    ...(kind === 'ListenerSet' && { kind }),
    ...(namespace && { namespace }),
    ...(sectionName && { sectionName }),
    ...(port !== undefined && { port }),
  }
}

function ruleOf(rule: Part, own: ImportedProxy, proxies: readonly ImportedProxy[], notes: Notes): RouteRule {
  const backendRefs = rule.at('backendRefs').items.flatMap((ref): BackendRef[] => {
    const proxy = named(ref, proxies)
    for (const field of ['group', 'kind', 'port', 'namespace']) ref.at(field)
    const weight = ref.at('weight').number
    if (!proxy) notes.leftOut(ref, `backendRefs: ${ref.at('name').text ?? ''} is no proxy here`)
    return proxy ? [{ proxy: proxy.name, ...(weight !== undefined && { weight }) }] : []
  })
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
