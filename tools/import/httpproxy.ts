import type { Backend, Tls } from '../../schema/generated/values.ts'
import { networkOf } from './addresses.ts'
import { addHosts, type Lead } from './hosts.ts'
import type { Manifest } from './manifests.ts'
import { metadataOf } from './metadata.ts'
import type { Notes } from './notes.ts'
import type { ImportedProxy } from './services.ts'

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
  addHosts(
    httpProxy,
    { leads, className, tls, ranges: [...new Set(ranges)], backend, annotations },
    proxies,
    notes,
    'contour',
  )
}
