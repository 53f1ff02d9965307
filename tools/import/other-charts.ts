import type { Backend, Port, Tls } from '../../schema/generated/values.ts'
import { ipOf } from './addresses.ts'
import { addHosts, type Lead } from './hosts.ts'
import { annotated, askedOf, classOf, pathTypeOf, tlsOf } from './ingress.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import { type Reading, readingOf } from './reading.ts'
import type { ImportedProxy } from './services.ts'
import { closeLost } from './ways.ts'

/**
 * The proxy, and what leads there, in values of a chart that people come from, in any of the forms that its last versions read:
 * external-service 1.1.0 of t3n (`addresses`, `ports`, or `externalName`), 1.0.8 of philippwaller (`service.ip`), and of
 * TrueCharts, with its common library (`service.NAME.externalIP` or of type ExternalName).
 * @param called what the proxy is called where the values do not say, and its namespace
 * @returns undefined where they are of no chart that is known
 */
export function ofOtherChart(
  part: Part,
  called: { name: string; namespace: string },
  notes: Notes,
): Reading | undefined {
  const read = [ofT3n, ofPhilippwaller, ofTrueCharts].flatMap((chart) => chart(part, notes) ?? [])[0]
  if (!read) return undefined
  const { addresses, externalName, ports, type, ingress, protocol } = read
  const [whole, end] = [part.at('fullnameOverride').text, part.at('nameOverride').text]
  const proxy: ImportedProxy = {
    name: whole || end || called.name,
    namespace: called.namespace,
    hasNamespace: false,
    values: {
      ...(externalName
        ? { externalName }
        : {
            addresses: addresses.flatMap(({ part: one, ready }) => {
              const ip = ipOf(one, notes)
              return ip === undefined ? [] : [ready ? ip : { ip, ready }]
            }),
          }),
      ports,
      sourceRanges: [],
      ...(type !== 'LoadBalancer' &&
        !externalName && {
          service: { type: type === 'NodePort' ? type : 'ClusterIP', inCluster: true },
        }),
      ...(protocol && { backend: { protocol } }),
    },
    part,
    comments: {},
    held: [
      ...(type === 'LoadBalancer' ? [{ title: 'its load balancer', part, ranges: undefined }] : []),
      ...(type === 'NodePort' ? [{ title: 'its node port', part, ranges: undefined }] : []),
    ],
  }
  if (!whole)
    notes.decide(
      part,
      `that chart calls it RELEASE-${end || called.name}, by its release: to take over what is there, call the proxy the same`,
    )
  const reading = readingOf([], [proxy], called.namespace, notes)
  if (ingress) addIngress(ingress, proxy, reading)
  return reading
}

// --- utils ---

interface Read {
  addresses: { part: Part; ready: boolean }[]
  externalName?: string | undefined
  ports: Record<string, Port>
  /** Of the Service; ClusterIP where it is left out. */
  type?: string | undefined
  protocol?: Backend['protocol'] | undefined
  ingress?: ChartIngress | undefined
}

/** An Ingress as charts have it in their values. */
interface ChartIngress {
  part: Part
  hosts: { part: Part; port: string }[]
  tls: Part[]
  /** How a path is compared of which nobody says it. */
  pathType: Lead['pathType']
  issuer?: Tls['issuer'] | undefined
}

/** Helm's YAML takes no for false, too. */
const isOff = (part: Part) =>
  ![undefined, 'true', 'yes', 'on'].includes(part.at('enabled').text?.toLowerCase())

function portOf(port: Part, target: Part, protocol: Part): Port {
  const [number = 0, targetPort] = [port.number, target.number]
  return {
    port: number,
    ...(targetPort !== undefined && targetPort !== number && { targetPort }),
    ...(protocol.text?.toUpperCase() === 'UDP' && { protocol: 'UDP' as const }),
  }
}

function ofT3n(part: Part, notes: Notes): Read | undefined {
  const [addresses, ports, name] = [
    part.at('addresses').items,
    part.at('ports').items,
    part.at('externalName'),
  ]
  if ((addresses.length === 0 || ports.length === 0) && !name.text) return undefined
  const type = part.at('type').text
  const ingress = part.at('ingress')
  if (type === 'ExternalName') {
    ingress.take()
    return { addresses: [], externalName: name.text, ports: {}, type }
  }
  if (name.text) notes.leftOut(name, `externalName ${name.text}: type ${type ?? 'ClusterIP'} heeds none`)
  const nameOf = (one: Part) => one.at('name').text ?? `tcp-${one.at('port').text}`
  const ips = addresses.map((one) => (one.at('ip').isThere ? one.at('ip') : one))
  // Its template writes the ports beside the last address alone (templates/endpoints.yaml).
  for (const ip of ips.slice(0, -1))
    notes.decide(ip, `${ip.text ?? ''} has no ports there, and got nothing: drained until you say otherwise`)
  const isOn = ingress.at('enabled').text === 'true'
  const led = ports.map((one) => ({ name: nameOf(one), part: one.at('ingress') }))
  if (!isOn) for (const one of [ingress, ...led.map(({ part: its }) => its)]) one.take()
  return {
    addresses: ips.map((ip, index) => ({ part: ip, ready: index === ips.length - 1 })),
    ports: Object.fromEntries(
      ports.map((one) => [nameOf(one), portOf(one.at('port'), one.at('targetPort'), one.at('protocol'))]),
    ),
    type,
    ingress: isOn
      ? {
          part: ingress,
          hosts: led.flatMap((port) =>
            port.part.at('hosts').items.map((host) => ({ part: host, port: port.name })),
          ),
          tls: led.flatMap((port) => port.part.at('tls').items),
          pathType: 'Prefix',
        }
      : undefined,
  }
}

function ofPhilippwaller(part: Part, notes: Notes): Read | undefined {
  const service = part.at('service')
  const [ip, externalName] = [service.at('ip'), service.at('externalName')]
  const type = ['ClusterIP', 'LoadBalancer', 'NodePort', 'ExternalName'].find(
    (one) => one.toLowerCase() === service.at('type').text?.toLowerCase(),
  )
  if (!ip.isThere && !(type === 'ExternalName' && externalName.text)) return undefined
  // Its template gives the endpoints the first port alone (templates/endpoint.yaml).
  for (const one of service.at('extraPorts').items) {
    notes.decide(one, `no endpoints have the port ${one.at('port').text ?? ''}, so it led nowhere: left out`)
    one.take()
  }
  const name = service.at('name').text ?? 'http'
  const ingress = part.at('ingress')
  const isOn = ingress.isThere && !isOff(ingress)
  if (!isOn) ingress.take()
  return {
    addresses: [{ part: ip, ready: true }],
    externalName: type === 'ExternalName' ? externalName.text : undefined,
    ports: { [name]: portOf(service.at('port'), service.at('targetPort'), service.at('protocol')) },
    type,
    ingress: isOn
      ? {
          part: ingress,
          hosts: ingress.at('hosts').items.map((host) => ({ part: host, port: name })),
          tls: ingress.at('tls').items,
          pathType: 'ImplementationSpecific',
        }
      : undefined,
  }
}

function ofTrueCharts(part: Part, notes: Notes): Read | undefined {
  const services = part
    .at('service')
    .fields.filter(([, one]) => one.at('externalIP').isThere || one.at('externalName').isThere)
  const [, service] = services.find(([, one]) => !isOff(one)) ?? []
  if (!service) return undefined
  for (const field of ['image', 'controller', 'workload', 'global', 'portal']) part.at(field).take()
  for (const [name, other] of services.filter(([, one]) => one !== service)) {
    notes.leftOut(
      other,
      isOff(other) ? `service.${name}: it is not enabled` : `service.${name}: import it by itself`,
    )
    other.take()
  }
  for (const field of ['enabled', 'primary', 'useSlice', 'addressType']) service.at(field)
  const isName = service.at('type').text === 'ExternalName' || !service.at('externalIP').isThere
  const ports = service.at('ports').fields.filter(([, one]) => !isOff(one))
  const protocols = ports.map(([, one]) => {
    for (const field of ['primary', 'Type', 'type', 'protocol']) one.at(field)
    return one.at('protocol').isThere ? one.at('protocol') : one.at(one.at('type').isThere ? 'type' : 'Type')
  })
  const ingresses = part.at('ingress').fields.filter(([, one]) => one.at('enabled').text === 'true')
  for (const [, one] of part.at('ingress').fields) if (one.at('enabled').text !== 'true') one.take()
  const [first, ...more] = ingresses
  for (const [name, one] of more) {
    notes.leftOut(one, `ingress.${name}: write a second proxy for it`)
    one.take()
  }
  return {
    addresses: isName ? [] : [{ part: service.at('externalIP'), ready: true }],
    externalName: isName ? service.at('externalName').text : undefined,
    ports: Object.fromEntries(
      ports.map(([name, one], index) => [
        name,
        portOf(one.at('port'), one.at('targetPort'), protocols[index] ?? one.at('protocol')),
      ]),
    ),
    type: isName ? 'ExternalName' : undefined,
    protocol: protocols[0]?.text?.toLowerCase() === 'https' ? 'https' : undefined,
    ingress: first && trueChartsIngress(first[1], ports[0]?.[0] ?? ''),
  }
}

/** What its common library makes of an Ingress besides: a certificate of cert-manager's, words for Traefik and a start page. */
function trueChartsIngress(part: Part, port: string): ChartIngress {
  const integrations = part.at('integrations')
  const certManager = integrations.at('certManager')
  const name =
    certManager.at('enabled').text === 'true' ? certManager.at('certificateIssuer').text : undefined
  certManager.at('certificateIssuer')
  integrations.at('homepage').take()
  for (const field of ['enabled', 'entrypoints', 'forceTLS']) integrations.at('traefik', field).take()
  for (const field of ['enabled', 'primary', 'required']) part.at(field)
  return {
    part,
    hosts: part.at('hosts').items.map((host) => ({ part: host, port })),
    tls: part.at('tls').items,
    pathType: 'Prefix',
    issuer: name ? { name } : undefined,
  }
}

/** Gives a proxy the hosts of an Ingress: `hosts: [{host, paths}]`, `className`, `annotations`, `tls`. */
function addIngress(
  { part, hosts, tls: certificates, pathType, issuer }: ChartIngress,
  proxy: ImportedProxy,
  reading: Reading,
): void {
  const { notes } = reading
  const written = part.at('annotations')
  const annotations = Object.fromEntries(written.fields.map(([key, { text = '' }]) => [key, text]))
  const { className, isContour, ...classes } = classOf(part, annotations, written)
  const own = part.at('className').text || className
  const asked = askedOf(own, reading)
  const tls = tlsOf(certificates, annotations)
  const { held, ...read } = annotated({ title: 'its Ingress', part }, annotations, written, notes)
  const lost: Part[] = [...classes.lost, ...read.lost]
  const leads = hosts.flatMap(({ part: one, port }) => {
    const paths = one.at('paths').items
    const name = one.at('host')
    if (name.isIllegible) lost.push(name)
    if (paths.length === 0) lost.push(one)
    return (paths.length > 0 ? paths : [undefined]).map((item): Lead => {
      const at = item?.has('path') ? item.at('path') : item
      if (at?.isIllegible) lost.push(at)
      const [host, path] = [name.text?.toLowerCase() ?? '', at?.text ?? '/']
      return {
        request: { ...asked, host, path, part: one },
        host,
        path,
        pathType: item?.has('pathType') ? pathTypeOf(item.at('pathType'), notes) : pathType,
        service: proxy.name,
        port,
        held,
        part: one,
      }
    })
  })
  lost.push(...written.fields.map(([, one]) => one).filter(({ isIllegible }) => isIllegible))
  for (const one of [part, ...hosts.map((host) => host.part)].flatMap(({ unread }) => unread)) {
    one.take()
    if (!lost.includes(one)) lost.push(one)
  }
  const { name, namespace, hasNamespace } = proxy
  const whole = { group: '', kind: 'Ingress', name, namespace, hasNamespace, labels: {}, part }
  const backend = { ...proxy.values.backend, ...read.backend }
  addHosts(
    whole,
    {
      asked,
      leads,
      className: own,
      tls: { ...tls, ...(issuer && { issuer }) },
      annotations,
      backend,
      lost,
    },
    reading,
    isContour ? 'contour' : undefined,
  )
  closeLost(reading.losses, reading.ways, notes)
}
