import { controllers } from '../../schema/controllers.ts'
import type { Backend, Tls } from '../../schema/generated/values.ts'
import { routersOf } from '../doors/controllers/index.ts'
import { entriesOf, networksOf } from './addresses.ts'
import { addHosts, controllerOf, type Lead } from './hosts.ts'
import type { Manifest } from './manifests.ts'
import { annotationMayHold, illegibleOf, keysOf, labelsLost } from './metadata.ts'
import { listsOfMiddlewares } from './middlewares.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import type { Reading } from './reading.ts'
import type { Held } from './services.ts'
import type { Asked } from './ways.ts'

/** Gives the proxies that an Ingress leads to its hosts. */
export function addIngress(ingress: Manifest, reading: Reading): void {
  const { notes } = reading
  const spec = ingress.part.at('spec')
  const annotations = keysOf(ingress.part, 'annotations', notes)
  const illegible = [...illegibleOf(ingress.part), ...labelsLost(ingress.part, notes)]
  const written = ingress.part.at('metadata', 'annotations')
  const { className, isContour, ...classes } = classOf(spec, annotations, written)
  const tls = tlsOf(spec.at('tls').items, annotations)
  const way = { title: `Ingress ${ingress.name}`, part: ingress.part }
  const lists = listsOfTraefik(className, annotations, reading)
  const { held: others, ...read } = annotated(way, annotations, written, notes)
  const held = lists.length > 0 ? [...lists, ...others.filter(({ ranges }) => ranges)] : others
  const asked = askedOf(className, reading)
  const leads = leadsOf(ingress, { held, asked }, reading)
  const lost = [...classes.lost, ...illegible, ...hostsIllegible(spec), ...read.lost]
  addHosts(
    ingress,
    { asked, leads, className, tls, annotations, backend: read.backend, lost },
    reading,
    isContour ? 'contour' : undefined,
  )
}

/**
 * Who is to serve an object: of Contour's annotation, Kubernetes's own and the field the first, as Contour takes them.
 * They are taken out of the annotations.
 * @returns what says another class as lost, since either may be meant
 */
export function classOf(
  spec: Part,
  annotations: Record<string, string>,
  written: Part,
): { className: string | undefined; isContour: boolean; lost: Part[] } {
  const keys = ['projectcontour.io/ingress.class', 'kubernetes.io/ingress.class']
  const isContour = annotations['projectcontour.io/ingress.class'] !== undefined
  const said = keys.flatMap((key) => {
    const text = taken(annotations, key)
    return text === undefined ? [] : [{ part: written.at(key), text }]
  })
  const field = spec.at('ingressClassName')
  if (field.text !== undefined) said.push({ part: field, text: field.text })
  const className = said[0]?.text
  const others = said.filter(({ text }) => text !== className).map(({ part }) => part)
  return { className, isContour, lost: [...others, ...(field.isIllegible ? [field] : [])] }
}

/** Who is asked for an Ingress's hosts. */
export const askedOf = (className: string | undefined, { world }: Reading): Asked => ({
  kind: 'Ingress',
  servers: ['Ingress', ...routersOf('IngressClass', className, world)],
})

/**
 * What a controller's annotations say of an Ingress; they are taken out of those that are left.
 * @param way what a finding calls it
 * @param written the annotations with their places
 * @returns the lists that hold it, how App2 is spoken to, and what may keep somebody out that has no field
 */
export function annotated(
  way: Omit<Held, 'ranges'>,
  annotations: Record<string, string>,
  written: Part,
  notes: Notes,
): { held: Held[]; backend: Backend; lost: Part[] } {
  const held = heldBy(way, annotations, written, notes)
  const backend = backendOf(annotations)
  const read = Object.keys(annotations).filter(isController)
  for (const key of read) {
    if (limits.test(key))
      notes.decide(written.at(key), `${key}: ${annotations[key]} is left out, and kept it to that rate`)
    else if (holdsNobody.test(key)) notes.leftOut(written.at(key), `${key}: ${annotations[key]}`)
    delete annotations[key]
  }
  const isHeld = held.some(({ ranges }) => ranges)
  const others = Object.keys(annotations)
  for (const key of others.filter((one) => isHeld && !one.includes('/')))
    notes.decide(written.at(key), `${key} stands beside a list: see whether its reader changes who gets in`)
  const lost = [...read.filter((key) => !holdsNobody.test(key)), ...others.filter(annotationMayHold)]
  return { held, backend, lost: lost.map((key) => written.at(key)) }
}

/** Certificates, and the issuer that cert-manager's annotations name; those are taken out of the annotations. */
export function tlsOf(entries: readonly Part[], annotations: Record<string, string>): Tls {
  const certificates = entries.map((one) => ({
    secretName: one.at('secretName').text ?? '',
    hosts: one.at('hosts').items.flatMap((host) => host.text ?? []),
  }))
  const cluster = taken(annotations, 'cert-manager.io/cluster-issuer')
  const issuer = taken(annotations, 'cert-manager.io/issuer')
  const [only] = certificates
  return {
    ...(certificates.length === 1 && only?.secretName && { secretName: only.secretName }),
    ...(certificates.length === 1 && !only?.secretName && { enabled: true }),
    ...(certificates.length > 1 && { certificates }),
    ...(cluster && { issuer: { name: cluster } }),
    ...(!cluster && issuer && { issuer: { kind: 'Issuer' as const, name: issuer } }),
  }
}

const pathTypes = ['Prefix', 'Exact', 'ImplementationSpecific'] as const

/** How a path is compared; before v1 nobody had to say, and it was as the controller sees fit. */
export function pathTypeOf(part: Part, notes: Notes): Lead['pathType'] {
  const { text } = part
  const type = pathTypes.find((one) => one.toLowerCase() === text?.toLowerCase())
  if (text === undefined && !part.isIllegible) return 'ImplementationSpecific'
  if (!type)
    notes.decide(part, `${text ?? 'it'} is no pathType: read as Exact; there are ${pathTypes.join(', ')}`)
  else if (text !== type) notes.corrected(part, `${text}: read as ${type}`)
  return type ?? 'Exact'
}

// --- utils ---

/** Every list that an annotation of nginx or HAProxy has, taken out of them; of none, nothing. */
function heldBy(
  way: Omit<Held, 'ranges'>,
  annotations: Record<string, string>,
  written: Part,
  notes: Notes,
): Held[] {
  const held = lists.flatMap((key) => {
    const part = written.at(key)
    const text = taken(annotations, key)
    return text === undefined ? [] : [{ ...way, ranges: networksOf(entriesOf(text, part), notes) }]
  })
  return held.length > 0 ? held : [{ ...way, ranges: undefined }]
}

/** Those by which a controller answers no more than so many requests. */
const limits = /\/(limit-(rate.*|rps|rpm|connections|burst-multiplier)|rate-limit-.*)$/

/** Annotations that a controller reads, by its name in their prefix: what they do is a preset's to say. */
function isController(key: string): boolean {
  const [prefix = ''] = key.split('/')
  const isNamed = controllers.some((name) => name !== 'none' && prefix.includes(name))
  return isNamed || prefix.endsWith('ingress.kubernetes.io') || key.startsWith('kubernetes.io/ingress.')
}

/**
 * Those that may be left out: without them nobody gets in who did not, and no path leads elsewhere (read in
 * ingress-nginx 1.15, kubernetes-ingress of HAProxy 3.2, Contour 1.33, Traefik 3.6). Of all others that is not known.
 */
const holdsNobody = new RegExp(
  `/(${[
    // of ingress-nginx
    'affinity.*|session-cookie-.*|load-balance|upstream-hash-by.*|service-upstream|connection-proxy-header',
    'cors-.*|enable-cors|app-root|preserve-trailing-slash|relative-redirects|x-forwarded-prefix',
    'proxy-(body-size|buffer.*|busy-buffers-size|connect-timeout|cookie-.*|http-version|max-temp-file-size)',
    'proxy-(next-upstream.*|read-timeout|redirect-.*|request-buffering|send-timeout|ssl-.*)',
    'client-(body|header)-.*|custom-headers|custom-http-errors|limit-(rate.*|rps|rpm|connections|burst-multiplier)|rate-limit-.*',
    '(force-)?ssl-redirect|ssl-(ciphers|prefer-server-ciphers)|http2-push-preload',
    'enable-(access-log|rewrite-log|opentelemetry|opentracing)',
    // of HAProxy
    'timeout-.*|check(-.*)?|server-(ca|crt|proto|slots|sni|ssl)|ssl-redirect-.*|pod-maxconn|cookie-persistence.*|forwarded-for',
    // of Contour
    'max-.*|per-host-max-connections|num-retries|per-try-timeout|response-timeout|retry-on|websocket-routes',
    // of Traefik
    'service\\.(sticky\\..*|passhostheader|serversscheme)',
  ].join('|')})$`,
)

function taken(annotations: Record<string, string>, ...keys: string[]): string | undefined {
  const key = keys.find((one) => annotations[one] !== undefined)
  if (key === undefined) return undefined
  const value = annotations[key]
  delete annotations[key]
  return value
}

/** Of any version of Ingress: networking.k8s.io/v1 and the two betas before it. */
function leadsOf(
  { part: ingress }: Manifest,
  { held, asked }: Pick<Lead, 'held'> & { asked: Asked },
  { notes, requests }: Reading,
): Lead[] {
  const spec = ingress.at('spec')
  const hosts = spec.at('rules').items.flatMap((rule) => {
    const host = rule.at('host').text?.toLowerCase() ?? ''
    const paths = rule.at('http', 'paths').items
    // A host without paths is led to the default backend.
    if (paths.length === 0) requests.push({ ...asked, host, path: '/', part: rule })
    return paths.map((part): Lead => {
      const backend = part.at('backend')
      const [service, port] = backend.at('service').isThere
        ? [backend.at('service', 'name'), backend.at('service', 'port')]
        : [backend.at('serviceName'), backend.at('servicePort')]
      const path = part.at('path').text || '/'
      return {
        request: { ...asked, host, path, part },
        host,
        path,
        pathType: pathTypeOf(part.at('pathType'), notes),
        service: service.text ?? '',
        port: port.isIllegible ? (port.at('number').text ?? port.at('name').text) : port.text,
        held,
        part,
      }
    })
  })
  for (const field of ['defaultBackend', 'backend']) {
    const part = spec.at(field)
    if (part.isThere) notes.leftOut(part, `${field}: it leads every other host to App2`)
    part.take()
  }
  return hosts
}

/** Hosts and paths that are neither texts nor left out: they may have been any. */
const hostsIllegible = (spec: Part): Part[] =>
  spec
    .at('rules')
    .items.flatMap((rule) => [
      rule.at('host'),
      ...rule.at('http', 'paths').items.map((one) => one.at('path')),
    ])
    .filter(({ isIllegible }) => isIllegible)

/** The lists of an Ingress that Traefik serves, where its Middlewares are nothing else; their annotation is taken out then. */
function listsOfTraefik(
  className: string | undefined,
  annotations: Record<string, string>,
  reading: Reading,
): Held[] {
  const key = 'traefik.ingress.kubernetes.io/router.middlewares'
  const names = annotations[key]
  if (names === undefined || controllerOf(className, reading) !== 'traefik') return []
  const lists = listsOfMiddlewares(names, reading)
  if (lists) delete annotations[key]
  return lists ?? []
}

/** The annotations by which nginx and HAProxy hold a list. */
const lists = [
  'nginx.ingress.kubernetes.io/whitelist-source-range',
  'nginx.ingress.kubernetes.io/allowlist-source-range',
  'haproxy.org/allow-list',
  'haproxy.org/whitelist',
]

const protocols: Readonly<Record<string, NonNullable<Backend['protocol']>>> = {
  HTTPS: 'https',
  GRPC: 'grpc',
  GRPCS: 'grpcs',
}

function backendOf(annotations: Record<string, string>): Backend {
  const protocol = protocols[taken(annotations, 'nginx.ingress.kubernetes.io/backend-protocol') ?? '']
  const host = taken(annotations, 'nginx.ingress.kubernetes.io/upstream-vhost')
  return { ...(protocol && { protocol }), ...(host && { host }) }
}
