import { controllers } from '../../schema/controllers.ts'
import type { Backend, Ingress as IngressValues, Path, Tls } from '../../schema/generated/values.ts'
import { ingressServedBy } from '../doors/controllers/index.ts'
import { hostsOf } from './host-names.ts'
import type { Manifest } from './manifests.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import type { Reading } from './reading.ts'
import { type Held, type ImportedProxy, maybeNamed, named } from './services.ts'
import { type Asked, close, type Request, type Way } from './ways.ts'

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
  asked: Asked
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
  { asked, leads, className, tls, backend, annotations, lost }: Hosts,
  reading: Reading,
  preset?: Controller,
): void {
  const { notes, requests, ways } = reading
  const byProxy = new Map<ImportedProxy, Lead[]>()
  requests.push(...new Set(leads.map(({ request }) => request)))
  if (leads.length === 0)
    notes.leftOut(
      manifest.part,
      `${manifest.kind} ${manifest.name}: the values have no field for what it does, which goes on until you delete it`,
    )
  const hosts = new Set([...leads.map(({ host }) => host), ...hostsOf(manifest.part.plain)])
  reading.losses.push(...lost.map((part) => ({ part, hosts: [...hosts] })))
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
    const { kept, ...shared } = sharedOf(own, proxy, notes)
    proxy.values.ingress = {
      ...shared.values,
      ...(controller && { controller }),
      // Contour serves the class contour as it does none.
      ...(className && !(className === 'contour' && controller === 'contour') && { className }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(Object.keys(tls).length > 0 && { tls }),
    }
    if (Object.keys(backend).length > 0) proxy.values.backend = backend
    proxy.held.push(...new Set(own.flatMap(({ held }) => held)))
    const way: Way = {
      ...asked,
      proxy,
      name: 'ingress',
      hosts: shared.values.hosts ?? [],
      paths: kept.map(({ path, pathType }) => ({ path, isExact: pathType === 'Exact' })),
      carried: kept.map(({ request }) => request),
      names: [manifest.name, proxy.name],
    }
    ways.push(way)
    for (const { part, why } of ledNowhere(kept, manifest, proxy)) close(way, part, why, notes)
    if (manifest.name !== proxy.name)
      notes.decide(
        manifest.part,
        `the chart calls it ${proxy.name}: delete ${manifest.kind} ${manifest.name} once that one serves`,
      )
  }
}

/** Who serves a class: as its IngressClass says, else by its name. */
export function controllerOf(className: string | undefined, { world }: Reading): Controller | undefined {
  if (className === undefined) return undefined
  const isThere = world.ofKind('IngressClass', 'networking.k8s.io').some(({ name }) => name === className)
  const served = isThere ? ingressServedBy(className, world) : undefined
  return presets.find((name) => (isThere ? name === served : className.includes(name)))
}

// --- utils ---

type Controller = NonNullable<IngressValues['controller']>

/** A class is mostly called after its controller. */
const presets = controllers.filter((name): name is Controller => name !== 'none')

/** The proxy that a path leads to; where none surely is, one that may be meant, for a person to open. */
function proxyOf(
  manifest: Manifest,
  lead: Lead,
  { proxies, services, notes }: Reading,
): ImportedProxy | undefined {
  const found = named(lead.service, manifest.namespace, proxies)
  const maybe = found ?? maybeNamed(lead.service, manifest, proxies)
  if (maybe) return maybe
  const [only, other] = proxies
  if (only && !other && lead.service && !services.has(lead.service)) return only
  notes.leftOut(
    lead.part,
    `${lead.host}${lead.path} leads to ${lead.service || 'nothing'}, which is not there`,
  )
  return undefined
}

/** The leads that led nowhere: by the name of no Service, of another namespace's, or by a port that it does not have. */
function ledNowhere(
  leads: readonly Lead[],
  { kind, namespace }: Manifest,
  { name, namespace: own, values: { ports = {} } }: ImportedProxy,
): { part: Part; why: string }[] {
  return leads.flatMap(({ part, service, port, host, path }) => {
    if (service !== name)
      return [
        { part, why: `no Service ${service} is there: ${host}${path} is read as for ${name}, the only one` },
      ]
    if (namespace !== own)
      return [{ part, why: `the ${kind} is for namespace ${namespace}, and Service ${name} for ${own}` }]
    return portOf(port, ports) === undefined
      ? [{ part, why: `Service ${name} has no port ${port ?? ''}, so the ${kind} led nowhere` }]
      : []
  })
}

/** The hosts that have the same paths as the first, all to one port; all hosts of a proxy share them. */
function sharedOf(
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
  const different = [...new Map(paths.map((one) => [JSON.stringify(one), one])).values()]
  const isPlain = paths.every(({ path, pathType }) => path === '/' && pathType === undefined)
  const isOne = tcpPorts(ports).length === 1
  const hosts = [...byHost.keys()].filter(isSame)
  return {
    values: { hosts, ...(port && !isOne && { port }), ...(!isPlain && { paths: different }) },
    kept: same.filter(({ host }) => isSame(host)),
  }
}

type Ports = NonNullable<ImportedProxy['values']['ports']>

const tcpPorts = (ports: Ports) =>
  Object.entries(ports).filter(([, { protocol = 'TCP' }]) => protocol === 'TCP')

/** The name of the port that is led to, as its name or number says. */
const portOf = (written: string | undefined, ports: Ports): string | undefined =>
  tcpPorts(ports).find(([name, { port }]) => written === name || written === String(port))?.[0]
