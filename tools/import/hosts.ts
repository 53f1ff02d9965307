import type { Backend, Ingress as IngressValues, Path, Tls } from '../../schema/generated/values.ts'
import { networkOf } from './addresses.ts'
import type { Manifest } from './manifests.ts'
import { metadataOf } from './metadata.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import { anyoneOf, type ImportedProxy } from './services.ts'

/** A path of a host, and what it leads to. */
interface Lead {
  host: string
  path: string
  pathType: string | undefined
  service: string
  port: string | undefined
  part: Part
}

/** Gives the proxies that an Ingress leads to its hosts. */
export function addIngress(ingress: Manifest, proxies: readonly ImportedProxy[], notes: Notes): void {
  const spec = ingress.part.at('spec')
  const { annotations } = metadataOf(ingress.part, notes)
  const leads = leadsOf(spec, notes)
  const className = spec.at('ingressClassName').text ?? taken(annotations, 'kubernetes.io/ingress.class')
  const tls = tlsOf(spec, annotations)
  const ranges = rangesOf(ingress.part, annotations, notes)
  const backend = backendOf(annotations)
  for (const [key, value] of Object.entries(annotations)) {
    if (!isController(key)) continue
    notes.leftOut(ingress.part.at('metadata', 'annotations', key), `${key}: ${value}`)
    delete annotations[key]
  }
  add(ingress, { leads, className, tls, ranges, backend, annotations }, proxies, notes)
}

/** Gives the proxies that an HTTPProxy of Contour leads to its host. */
export function addHttpProxy(httpProxy: Manifest, proxies: readonly ImportedProxy[], notes: Notes): void {
  const spec = httpProxy.part.at('spec')
  const { annotations } = metadataOf(httpProxy.part, notes)
  const host = spec.at('virtualhost', 'fqdn').text ?? ''
  const secretName = spec.at('virtualhost', 'tls', 'secretName').text
  const policies = [
    spec.at('virtualhost', 'ipAllowPolicy'),
    ...spec.at('routes').items.map((one) => one.at('ipAllowPolicy')),
  ]
  const ranges = policies.flatMap((policy) =>
    policy.items.flatMap((one) => {
      one.at('source')
      return networkOf(one, one.at('cidr').text ?? '', notes) ?? []
    }),
  )
  const leads = spec.at('routes').items.flatMap((route) =>
    route.at('services').items.map((service): Lead => {
      const conditions = route.at('conditions').items
      const exact = conditions.flatMap((one) => one.at('exact').text ?? [])[0]
      const path = exact ?? conditions.flatMap((one) => one.at('prefix').text ?? [])[0] ?? '/'
      const [name = '', port] = [service.at('name').text, service.at('port').text]
      return { host, path, pathType: exact ? 'Exact' : 'Prefix', service: name, port, part: service }
    }),
  )
  const protocol = spec
    .at('routes')
    .items.flatMap((one) => one.at('services').items.flatMap((s) => s.at('protocol').text ?? []))[0]
  const backend: Backend =
    protocol === 'tls' ? { protocol: 'https' } : protocol === 'h2c' ? { protocol: 'h2c' } : {}
  const tls: Tls = secretName ? { secretName } : {}
  const className = spec.at('ingressClassName').text
  add(
    httpProxy,
    { leads, className, tls, ranges: [...new Set(ranges)], backend, annotations },
    proxies,
    notes,
    'contour',
  )
}

// --- utils ---

interface Hosts {
  leads: Lead[]
  className: string | undefined
  tls: Tls
  ranges: string[]
  backend: Backend
  annotations: Readonly<Record<string, string>>
}

const presets = ['contour', 'nginx', 'traefik', 'haproxy', 'istio'] as const

/** Annotations that a controller reads: what they do is a preset's to say. */
const isController = (key: string) =>
  /(^|\.)(nginx\.org|nginx\.com|traefik\.io|haproxy\.org|haproxy\.com|projectcontour\.io|istio\.io)\/|ingress\.kubernetes\.io\/|^kubernetes\.io\/ingress\./.test(
    key,
  )

function taken(annotations: Record<string, string>, ...keys: string[]): string | undefined {
  const key = keys.find((one) => annotations[one] !== undefined)
  if (key === undefined) return undefined
  const value = annotations[key]
  delete annotations[key]
  return value
}

/** Of any version of Ingress: networking.k8s.io/v1 and the two betas before it. */
function leadsOf(spec: Part, notes: Notes): Lead[] {
  const hosts = spec.at('rules').items.flatMap((rule) => {
    const host = rule.at('host').text ?? ''
    return rule.at('http', 'paths').items.map((part): Lead => {
      const backend = part.at('backend')
      const [service, port] = backend.at('service').isThere
        ? [backend.at('service', 'name'), backend.at('service', 'port')]
        : [backend.at('serviceName'), backend.at('servicePort')]
      return {
        host,
        path: part.at('path').text || '/',
        pathType: part.at('pathType').text,
        service: service.text ?? '',
        port: port.text ?? port.at('number').text ?? port.at('name').text,
        part,
      }
    })
  })
  for (const field of ['defaultBackend', 'backend']) {
    const part = spec.at(field)
    if (part.isThere) notes.leftOut(part, `${field}: it leads every other host to App2`)
    part.take()
  }
  return hosts.filter(({ host, part }) => {
    if (!host) notes.leftOut(part, 'a rule without a host is for every host: write hosts')
    return host !== ''
  })
}

function tlsOf(spec: Part, annotations: Record<string, string>): Tls {
  const certificates = spec.at('tls').items.map((one) => ({
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

/** The annotations by which nginx and HAProxy hold a list. */
const lists = [
  'nginx.ingress.kubernetes.io/whitelist-source-range',
  'nginx.ingress.kubernetes.io/allowlist-source-range',
  'haproxy.org/allow-list',
  'haproxy.org/whitelist',
]

function rangesOf(part: Part, annotations: Record<string, string>, notes: Notes): string[] {
  const text = taken(annotations, ...lists) ?? ''
  return [
    ...new Set(
      text
        .split(/[\s,]+/)
        .filter(Boolean)
        .flatMap((one) => networkOf(part, one, notes) ?? []),
    ),
  ]
}

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

function add(
  manifest: Manifest,
  { leads, className, tls, ranges, backend, annotations }: Hosts,
  proxies: readonly ImportedProxy[],
  notes: Notes,
  preset?: (typeof presets)[number],
): void {
  const byProxy = new Map<ImportedProxy, Lead[]>()
  for (const lead of leads) {
    const proxy = proxyOf(lead, proxies, notes)
    if (proxy) byProxy.set(proxy, [...(byProxy.get(proxy) ?? []), lead])
  }
  const controller = preset ?? presets.find((one) => className?.includes(one))
  for (const [proxy, own] of byProxy) {
    if (proxy.values.ingress) {
      notes.leftOut(
        manifest.part,
        `${manifest.kind} ${manifest.name}: ${proxy.name} has hosts of another already; write a second proxy for these`,
      )
      continue
    }
    if (!controller)
      notes.decide(
        manifest.part,
        `which controller serves ${className ? `the class ${className}` : 'the default class'} is not known: write it in ingress.controller`,
      )
    proxy.values.ingress = {
      ...hostsOf(own, proxy, notes),
      ...(controller && { controller }),
      ...(className && controller !== 'contour' && { className }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(Object.keys(tls).length > 0 && { tls }),
    }
    if (Object.keys(backend).length > 0) proxy.values.backend = backend
    hold(manifest, ranges, proxy, notes)
    if (manifest.name !== proxy.name)
      notes.decide(
        manifest.part,
        `the chart calls it ${proxy.name}: delete ${manifest.kind} ${manifest.name} once that one serves`,
      )
  }
}

/** The proxy that a path leads to; where its name is none, the only one that there is. */
function proxyOf(lead: Lead, proxies: readonly ImportedProxy[], notes: Notes): ImportedProxy | undefined {
  const found = proxies.find(({ name }) => name === lead.service)
  if (found) return found
  const [only] = proxies
  if (proxies.length === 1 && only) {
    notes.corrected(
      lead.part,
      `no Service ${lead.service} is there: ${lead.host}${lead.path} leads to ${only.name}, the only one`,
    )
    return only
  }
  notes.leftOut(
    lead.part,
    `${lead.host}${lead.path} leads to ${lead.service || 'nothing'}, which is not there`,
  )
  return undefined
}

/** The hosts that have the same paths as the first; all hosts of a proxy share them. */
function hostsOf(leads: readonly Lead[], { values }: ImportedProxy, notes: Notes): IngressValues {
  const pathsOf = (host: string) => leads.filter((lead) => lead.host === host)
  const written = (host: string) =>
    JSON.stringify(pathsOf(host).map(({ path, pathType, port }) => [path, pathType, port]))
  const all = [...new Set(leads.map(({ host }) => host))]
  const [first = ''] = all
  const hosts = all.filter((host) => {
    const isSame = written(host) === written(first)
    const [lead] = pathsOf(host)
    if (!isSame && lead)
      notes.leftOut(lead.part, `${host} has other paths than ${first}: write a second proxy for it`)
    return isSame
  })
  const paths = pathsOf(first).map(
    ({ path, pathType }): Path => ({
      path,
      ...(pathType === 'Exact' && { pathType }),
    }),
  )
  const port = portName(leads[0], values.ports ?? {}, notes)
  const isPlain = paths.every(({ path, pathType }) => path === '/' && pathType === undefined)
  return { hosts, ...(port && { port }), ...(!isPlain && { paths }) }
}

/** The name of the port that is led to, where there are several to choose from. */
function portName(
  lead: Lead | undefined,
  ports: NonNullable<ImportedProxy['values']['ports']>,
  notes: Notes,
): string | undefined {
  const tcp = Object.entries(ports).filter(([, { protocol = 'TCP' }]) => protocol === 'TCP')
  const named = tcp.find(([name, { port }]) => lead?.port === name || lead?.port === String(port))
  if (!named && lead && tcp.length > 0)
    notes.corrected(
      lead.part,
      `its Service has no port ${lead.port}: ${tcp.length === 1 ? `read as ${tcp[0]?.[0]}` : 'write ingress.port'}`,
    )
  return tcp.length > 1 ? named?.[0] : undefined
}

/** One list is for the load balancer and the hosts alike. */
function hold(manifest: Manifest, ranges: readonly string[], proxy: ImportedProxy, notes: Notes): void {
  const before = proxy.values.sourceRanges ?? []
  const title = `${manifest.kind} ${manifest.name}`
  if (before.length === 0 && ranges.length > 0) proxy.values.sourceRanges = [...ranges]
  else if (before.length === 0) {
    proxy.values.sourceRanges = anyoneOf(proxy.values.addresses ?? [])
    proxy.comments.sourceRanges = "Anyone, as it was: write App1's networks."
    notes.decide(manifest.part, `${title} is open to anyone: write the networks of App1 in sourceRanges`)
  } else if (ranges.length === 0 && !proxy.comments.sourceRanges)
    notes.decide(
      manifest.part,
      `${title} was open to anyone; the chart holds it to sourceRanges, as it does the load balancer`,
    )
  else if (JSON.stringify([...before].sort()) !== JSON.stringify([...ranges].sort()))
    notes.decide(
      manifest.part,
      `${title} has another list than the Service (${ranges.join(', ') || 'anyone'}): sourceRanges are those of the Service`,
    )
}
