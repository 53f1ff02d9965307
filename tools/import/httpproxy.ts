import type { Backend, Tls } from '../../schema/generated/values.ts'
import { at, list } from '../doors/things.ts'
import { networksOf } from './addresses.ts'
import { addHosts, type Lead } from './hosts.ts'
import { classOf } from './ingress.ts'
import type { Manifest } from './manifests.ts'
import { annotationMayHold, illegibleOf, keysOf, labelsLost } from './metadata.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import type { Reading } from './reading.ts'
import type { Held } from './services.ts'
import type { Asked } from './ways.ts'

/** Gives the proxies that an HTTPProxy of Contour leads to its host. */
export function addHttpProxy(httpProxy: Manifest, reading: Reading): void {
  const { notes } = reading
  const spec = httpProxy.part.at('spec')
  const annotations = keysOf(httpProxy.part, 'annotations', notes)
  const illegible = [...illegibleOf(httpProxy.part), ...labelsLost(httpProxy.part, notes)]
  const written = httpProxy.part.at('metadata', 'annotations')
  const { className, lost: classes } = classOf(spec, annotations, written)
  const host = spec.at('virtualhost', 'fqdn').text?.toLowerCase() ?? ''
  const secretName = spec.at('virtualhost', 'tls', 'secretName').text
  const routes = spec.at('routes').items
  const way = { title: `HTTPProxy ${httpProxy.name}`, part: httpProxy.part }
  const headers: Part[] = []
  const whole = heldBy(spec.at('virtualhost'), way, headers, notes)
  const leads = routes.flatMap((route) => {
    // A route's own list, of either kind, stands in the place of the virtual host's.
    const hasOwn = ['ipAllowPolicy', 'ipDenyPolicy'].some((field) => isFilled(route, field))
    const held = hasOwn
      ? heldBy(route, { title: `${way.title}'s ${route.path}`, part: route }, headers, notes)
      : whole
    return leadsOf(route, host, held, reading)
  })
  const protocol = routes.flatMap((one) =>
    one.at('services').items.flatMap((service) => service.at('protocol').text ?? []),
  )[0]
  const backend: Backend =
    protocol === 'tls' ? { protocol: 'https' } : protocol === 'h2c' ? { protocol: 'h2c' } : {}
  const tls: Tls = secretName ? { secretName } : {}
  for (const part of spec.unread.filter(({ path }) => path.endsWith('.rateLimitPolicy')))
    notes.decide(part, `${part.path} is left out, and kept it to that rate`)
  const unread = spec.unread.filter(({ path }) => !holdsNobody.test(path))
  for (const part of unread) part.take()
  const read = Object.keys(annotations).filter(annotationMayHold)
  const lost = [...headers, ...classes, ...illegible, ...read.map((key) => written.at(key)), ...unread]
  addHosts(httpProxy, { asked, leads, className, tls, backend, annotations, lost }, reading, 'contour')
}

// --- utils ---

/**
 * The fields that may be left out: without them nobody gets in who did not, and no path leads elsewhere (read in
 * Contour 1.33, apis/projectcontour/v1/httpproxy.go). Of all others that is not known.
 */
const holdsNobody = new RegExp(
  `[.](${[
    'timeoutPolicy|retryPolicy|loadBalancerPolicy|healthCheckPolicy|rateLimitPolicy|internalRedirectPolicy',
    'requestHeadersPolicy|responseHeadersPolicy|cookieRewritePolicies|corsPolicy|enableWebsockets|permitInsecure',
    'minimumProtocolVersion|maximumProtocolVersion|cipherSuites|validation|slowStartPolicy|weight',
  ].join('|')})$`,
)

/** A list of those who may come in; the one of those who may not is nobody's to read, and stays unread. What one takes from a header is lost. */
function heldBy(part: Part, way: Omit<Held, 'ranges'>, lost: Part[], notes: Notes): Held[] {
  const entries = part.at('ipAllowPolicy').items.map((one) => ({
    part: one,
    text: one.at('cidr').text ?? '',
    source: one.at('source'),
  }))
  const others = entries.flatMap(({ source }) => (source.text === 'Peer' ? [] : [source]))
  for (const source of others)
    notes.decide(
      source,
      `source ${source.text ?? 'is missing'}: it took X-Forwarded-For's word for who comes; the chart asks who the connection is from`,
    )
  lost.push(...others)
  return [{ ...way, ranges: entries.length > 0 ? networksOf(entries, notes) : undefined }]
}

/** Has it a list there with anything in it? An empty one is none, and is noted as read. */
function isFilled(route: Part, field: string): boolean {
  const items = list(at(route.plain, field))
  if (items.length === 0 && Array.isArray(at(route.plain, field))) route.at(field)
  return items.length > 0
}

/** Contour is asked, which takes all kinds together (internal/dag/builder.go). */
const asked: Asked = { kind: 'HTTPProxy', servers: ['contour'] }

/** What no condition at all means. */
const whole: [string, { text: string }][] = [['prefix', { text: '/' }]]

/** Where a route leads; one by a condition that the values have no field for is left out. */
function leadsOf(route: Part, host: string, held: readonly Held[], { notes, requests }: Reading): Lead[] {
  const [first, ...others] = route.at('conditions').items
  const [[field, { text }] = ['', { text: '' }], ...more] = first ? first.fields : whole
  const services = route.at('services').items
  if (others.length + more.length > 0 || !['prefix', 'exact'].includes(field) || !text) {
    notes.decide(
      route.at('conditions'),
      'of conditions the values have one path alone, by prefix or exact: the route is left out, and closed',
    )
    route.take()
    requests.push({ ...asked, host, path: undefined, part: route })
    return []
  }
  const request = { ...asked, host, path: text, part: route }
  requests.push(request)
  return services.flatMap((service) => {
    const [name = '', port] = [service.at('name').text, service.at('port').text]
    // Contour compares a prefix by characters, which is what this type gives there.
    const pathType = field === 'exact' ? 'Exact' : 'ImplementationSpecific'
    // Kubernetes's YAML takes yes for true, too.
    const isLed =
      [undefined, 'false'].includes(service.at('mirror').text) && service.at('weight').number !== 0
    if (!isLed) notes.leftOut(service, `${name} gets no request of its own by ${host}${text}`)
    else if (services.length > 1)
      notes.decide(service, `${host}${text} leads to several Services by their weight: here to one alone`)
    return isLed ? [{ request, host, path: text, pathType, service: name, port, held, part: service }] : []
  })
}
