import { controllers } from '../../schema/controllers.ts'
import type { Backend, Tls } from '../../schema/generated/values.ts'
import { networkOf } from './addresses.ts'
import { addHosts, type Lead } from './hosts.ts'
import type { Manifest } from './manifests.ts'
import { metadataOf } from './metadata.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import type { ImportedProxy } from './services.ts'

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
  addHosts(ingress, { leads, className, tls, ranges, backend, annotations }, proxies, notes)
}

// --- utils ---

/** Annotations that a controller reads, by its name in their prefix: what they do is a preset's to say. */
function isController(key: string): boolean {
  const [prefix = ''] = key.split('/')
  const isNamed = controllers.some((name) => name !== 'none' && prefix.includes(name))
  return isNamed || prefix.endsWith('ingress.kubernetes.io') || key.startsWith('kubernetes.io/ingress.')
}

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
