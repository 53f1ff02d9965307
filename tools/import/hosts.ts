import { controllers } from '../../schema/controllers.ts'
import type { Backend, Ingress as IngressValues, Path, Tls } from '../../schema/generated/values.ts'
import type { Manifest } from './manifests.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import { type Held, type ImportedProxy, named } from './services.ts'

/** A path of a host, and what it leads to. */
export interface Lead {
  host: string
  path: string
  pathType: NonNullable<Path['pathType']>
  service: string
  port: string | undefined
  /** What holds it; one object for all that share it. */
  held: readonly Held[]
  part: Part
}

/** What an object says of its hosts. */
interface Hosts {
  leads: Lead[]
  className: string | undefined
  tls: Tls
  backend: Backend
  /** What may keep somebody out, or be why a path leads elsewhere, and has no field in the values. */
  lost: readonly Part[]
  annotations: Readonly<Record<string, string>>
}

/** Gives each proxy that is led to its hosts; a proxy has those of one object alone. */
export function addHosts(
  manifest: Manifest,
  { leads, className, tls, backend, annotations, lost }: Hosts,
  proxies: readonly ImportedProxy[],
  notes: Notes,
  preset?: Controller,
): void {
  const byProxy = new Map<ImportedProxy, Lead[]>()
  for (const part of lost)
    notes.decide(
      part,
      `${part.path} may keep somebody out, and the values have no field for it: ingress.enabled is false until you say otherwise`,
    )
  for (const lead of leads) {
    if (!lead.host) {
      notes.leftOut(lead.part, 'it has no host, and would be for every host: write hosts')
      continue
    }
    const proxy = proxyOf(manifest, lead, proxies, notes)
    if (proxy) byProxy.set(proxy, [...(byProxy.get(proxy) ?? []), lead])
  }
  const controller = preset ?? presets.find((name) => className?.includes(name))
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
      ...(lost.length > 0 && { enabled: false }),
      ...hostsOf(own, proxy, notes),
      ...(controller && { controller }),
      ...(className && controller !== 'contour' && { className }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(Object.keys(tls).length > 0 && { tls }),
    }
    if (Object.keys(backend).length > 0) proxy.values.backend = backend
    if (lost.length > 0) proxy.comments.ingress = 'Closed: what kept somebody out is for you to decide.'
    proxy.held.push(...new Set(own.flatMap(({ held }) => held)))
    if (manifest.name !== proxy.name)
      notes.decide(
        manifest.part,
        `the chart calls it ${proxy.name}: delete ${manifest.kind} ${manifest.name} once that one serves`,
      )
  }
}

// --- utils ---

type Controller = NonNullable<IngressValues['controller']>

/** A class is mostly called after its controller. */
const presets = controllers.filter((name): name is Controller => name !== 'none')

/** The proxy that a path leads to; where its name is none, the only one that there is. */
function proxyOf(
  { namespace }: Manifest,
  lead: Lead,
  proxies: readonly ImportedProxy[],
  notes: Notes,
): ImportedProxy | undefined {
  const found = named(lead.service, namespace, proxies)
  if (found) return found
  const only = proxies.length === 1 ? named(proxies[0]?.name, namespace, proxies) : undefined
  if (only) {
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
      // Of the root every controller takes both for all paths.
      ...(pathType !== 'Prefix' && !(path === '/' && pathType !== 'Exact') && { pathType }),
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
