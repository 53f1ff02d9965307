import { controllers } from '../../schema/controllers.ts'
import type { Backend, Ingress as IngressValues, Path, Tls } from '../../schema/generated/values.ts'
import { ingressServedBy } from '../doors/controllers/index.ts'
import type { Manifest } from './manifests.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import type { Reading } from './reading.ts'
import { type Held, type ImportedProxy, named } from './services.ts'
import { close, hostServers, type Request, type Way } from './ways.ts'

/** A path of a host, and what it leads to. */
export interface Lead {
  /** What it is a part of; one object for all Services that share it. */
  request: Request
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
  reading: Reading,
  preset?: Controller,
): void {
  const { notes, requests, ways } = reading
  const byProxy = new Map<ImportedProxy, Lead[]>()
  requests.push(...new Set(leads.map(({ request }) => request)))
  for (const lead of leads) {
    if (!lead.host) {
      notes.leftOut(lead.part, 'it has no host, and would be for every host: write hosts')
      continue
    }
    const proxy = proxyOf(manifest, lead, reading)
    if (proxy) byProxy.set(proxy, [...(byProxy.get(proxy) ?? []), lead])
  }
  const controller = preset ?? controllerOf(className, reading)
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
    const { kept, ...hosts } = hostsOf(own, proxy, notes)
    proxy.values.ingress = {
      ...hosts.values,
      ...(controller && { controller }),
      // Contour serves the class contour as it does none.
      ...(className && !(className === 'contour' && controller === 'contour') && { className }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(Object.keys(tls).length > 0 && { tls }),
    }
    if (Object.keys(backend).length > 0) proxy.values.backend = backend
    proxy.held.push(...new Set(own.flatMap(({ held }) => held)))
    const way: Way = {
      proxy,
      name: 'ingress',
      servers: hostServers,
      hosts: hosts.values.hosts ?? [],
      paths: kept.map(({ path, pathType }) => ({ path, isExact: pathType === 'Exact' })),
      carried: kept.map(({ request }) => request),
      names: [manifest.name, proxy.name],
    }
    ways.push(way)
    for (const part of lost)
      close(way, part, `${part.path} may keep somebody out, and the values have no field for it`, notes)
    for (const { part, why } of ledNowhere(kept, manifest, proxy)) close(way, part, why, notes)
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

/** Who serves a class: as its IngressClass says, else by its name. */
function controllerOf(className: string | undefined, { classes }: Reading): Controller | undefined {
  if (className === undefined) return undefined
  const isThere = classes.ofKind('IngressClass', 'networking.k8s.io').some(({ name }) => name === className)
  const served = isThere ? ingressServedBy(className, classes) : undefined
  return presets.find((name) => (isThere ? name === served : className.includes(name)))
}

/** The proxy that a path leads to; where no Service of that name is there, the only one, for a person to open. */
function proxyOf(
  { namespace }: Manifest,
  lead: Lead,
  { proxies, services, notes }: Reading,
): ImportedProxy | undefined {
  const found = named(lead.service, namespace, proxies)
  if (found) return found
  const only = proxies.length === 1 ? named(proxies[0]?.name, namespace, proxies) : undefined
  if (only && lead.service && !services.has(lead.service)) return only
  notes.leftOut(
    lead.part,
    `${lead.host}${lead.path} leads to ${lead.service || 'nothing'}, which is not there`,
  )
  return undefined
}

/** The leads that led nowhere: by the name of no Service, or by a port that it does not have. */
function ledNowhere(
  leads: readonly Lead[],
  { kind }: Manifest,
  { name, values: { ports = {} } }: ImportedProxy,
): { part: Part; why: string }[] {
  return leads.flatMap(({ part, service, port, host, path }) => {
    if (service !== name)
      return [
        { part, why: `no Service ${service} is there: ${host}${path} is read as for ${name}, the only one` },
      ]
    return portOf(port, ports) === undefined
      ? [{ part, why: `Service ${name} has no port ${port ?? ''}, so the ${kind} led nowhere` }]
      : []
  })
}

/** The hosts that have the same paths as the first, all to one port; all hosts of a proxy share them. */
function hostsOf(
  leads: readonly Lead[],
  { values: { ports = {} } }: ImportedProxy,
  notes: Notes,
): { values: IngressValues; kept: Lead[] } {
  const port = portOf(leads[0]?.port, ports)
  const others = leads.filter((lead) => portOf(lead.port, ports) !== port)
  for (const lead of others)
    notes.leftOut(lead.part, `${lead.host}${lead.path} leads to another port than ${leads[0]?.path}`)
  const same = leads.filter((lead) => !others.includes(lead))
  const byHost = new Map<string, Lead[]>()
  for (const lead of same) byHost.set(lead.host, [...(byHost.get(lead.host) ?? []), lead])
  const written = (host: string) =>
    JSON.stringify((byHost.get(host) ?? []).map(({ path, pathType }) => [path, pathType]))
  const [first = '', ...rest] = byHost.keys()
  const isSame = (host: string) => host === first || written(host) === written(first)
  for (const host of rest) {
    const [lead] = byHost.get(host) ?? []
    if (lead && !isSame(host))
      notes.leftOut(lead.part, `${host} has other paths than ${first}: write a second proxy for it`)
  }
  const paths = (byHost.get(first) ?? []).map(
    ({ path, pathType }): Path => ({
      path,
      // Of the root every controller takes both for all paths.
      ...(pathType !== 'Prefix' && !(path === '/' && pathType !== 'Exact') && { pathType }),
    }),
  )
  const isPlain = paths.every(({ path, pathType }) => path === '/' && pathType === undefined)
  const isOne = tcpPorts(ports).length === 1
  const hosts = [...byHost.keys()].filter(isSame)
  return {
    values: { hosts, ...(port && !isOne && { port }), ...(!isPlain && { paths }) },
    kept: same.filter(({ host }) => isSame(host)),
  }
}

type Ports = NonNullable<ImportedProxy['values']['ports']>

const tcpPorts = (ports: Ports) =>
  Object.entries(ports).filter(([, { protocol = 'TCP' }]) => protocol === 'TCP')

/** The name of the port that is led to, as its name or number says. */
const portOf = (written: string | undefined, ports: Ports): string | undefined =>
  tcpPorts(ports).find(([name, { port }]) => written === name || written === String(port))?.[0]
