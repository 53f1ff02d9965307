import type { Port } from '../../schema/generated/values.ts'
import { addressOf } from './addresses.ts'
import { addHosts } from './hosts.ts'
import { annotated, pathTypeOf } from './ingress.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import { readingOf } from './reading.ts'
import type { ImportedProxy } from './services.ts'
import { closeBelow, hostServers } from './ways.ts'

/**
 * The proxy in values of a chart that people come from: external-service of t3n (`addresses`, `ports`), of
 * philippwaller (`service.ip`) and of TrueCharts (`service.NAME.externalIP`).
 * @param name what the proxy is called where the values do not say
 * @returns undefined where they are of no chart that is known
 */
export function ofOtherChart(part: Part, name: string, notes: Notes): ImportedProxy | undefined {
  const read = [ofT3n, ofPhilippwaller, ofTrueCharts].flatMap((chart) => chart(part, notes) ?? [])[0]
  if (!read) return undefined
  const { addresses, ports, type, ingress } = read
  const values: ImportedProxy['values'] = {
    addresses: addresses.flatMap((one) => addressOf(one, true, notes) ?? []),
    ports,
    sourceRanges: [],
  }
  if (type !== 'LoadBalancer') values.service = { type: 'ClusterIP', inCluster: true }
  const called = part.at('fullnameOverride').text || part.at('nameOverride').text || name
  const held = type === 'LoadBalancer' ? [{ title: 'its load balancer', part, ranges: undefined }] : []
  const proxy: ImportedProxy = { name: called, namespace: undefined, values, part, comments: {}, held }
  if (ingress) addChartHosts(ingress, proxy, notes)
  return proxy
}

// --- utils ---

interface Read {
  addresses: Part[]
  ports: Record<string, Port>
  type: string | undefined
  ingress?: Part
}

const portOf = (port: Part, target: Part, protocol: Part): Port => {
  const [number = 0, targetPort] = [port.number, target.number]
  return {
    port: number,
    ...(targetPort !== undefined && targetPort !== number && { targetPort }),
    ...(protocol.text?.toUpperCase() === 'UDP' && { protocol: 'UDP' as const }),
  }
}

function ofT3n(part: Part): Read | undefined {
  const [addresses, ports] = [part.at('addresses'), part.at('ports')]
  if (addresses.items.length === 0 || ports.items.length === 0) return undefined
  return {
    addresses: addresses.items.map((one) => (one.at('ip').isThere ? one.at('ip') : one)),
    ports: Object.fromEntries(
      ports.items.map((one) => [
        one.at('name').text ?? `tcp-${one.at('port').text}`,
        portOf(one.at('port'), one.at('targetPort'), one.at('protocol')),
      ]),
    ),
    type: undefined,
  }
}

function ofPhilippwaller(part: Part): Read | undefined {
  const service = part.at('service')
  if (!service.at('ip').isThere) return undefined
  const [port, target, protocol, name] = ['port', 'targetPort', 'protocol', 'name'].map((field) =>
    service.at(field),
  )
  if (!port || !target || !protocol) return undefined
  return {
    addresses: [service.at('ip')],
    ports: { [name?.text ?? 'http']: portOf(port, target, protocol) },
    type: service.at('type').text,
    ingress: part.at('ingress'),
  }
}

function ofTrueCharts(part: Part, notes: Notes): Read | undefined {
  for (const field of ['image', 'controller', 'workload', 'global', 'portal']) part.at(field).take()
  const services = part.at('service').fields.filter(([, one]) => one.at('externalIP').isThere)
  const [, service] = services[0] ?? []
  if (!service) return undefined
  for (const [name, other] of services.slice(1)) {
    notes.leftOut(other, `service.${name}: import it by itself`)
    other.take()
  }
  service.at('type')
  service.at('enabled')
  const [, hosts] = part.at('ingress').fields[0] ?? []
  return {
    addresses: [service.at('externalIP')],
    ports: Object.fromEntries(
      service.at('ports').fields.map(([name, one]) => {
        for (const field of ['Type', 'type', 'enabled']) one.at(field)
        return [name, portOf(one.at('port'), one.at('targetPort'), one.at('protocol'))]
      }),
    ),
    type: undefined,
    ...(hosts && { ingress: hosts }),
  }
}

/** Gives a proxy the hosts as most charts write them: `hosts: [{host, paths}]`, `className`, `annotations`, `tls`. */
function addChartHosts(part: Part, proxy: ImportedProxy, notes: Notes): void {
  if (part.at('enabled').text === 'false') {
    part.take()
    return
  }
  const className = part.at('className').text || part.at('ingressClassName').text
  const written = part.at('annotations')
  const annotations = Object.fromEntries(written.fields.map(([key, { text = '' }]) => [key, text]))
  const illegible = [
    ...written.fields.map(([, one]) => one),
    ...part.at('hosts').items.flatMap((one) => one.at('paths').items.map((path) => path.at('path'))),
  ].filter(({ isIllegible }) => isIllegible)
  const { held, ...read } = annotated({ title: 'its Ingress', part }, annotations, written, notes)
  const leads = part.at('hosts').items.flatMap((one) => {
    const paths = one.at('paths').items
    const host = one.at('host').text ?? ''
    return (paths.length > 0 ? paths : [undefined]).map((item) => {
      const path = item?.at('path').text ?? item?.text ?? '/'
      return {
        request: { servers: hostServers, host, path, part: one },
        host,
        path,
        pathType: item?.has('pathType') ? pathTypeOf(item.at('pathType'), notes) : ('Prefix' as const),
        service: proxy.name,
        port: Object.keys(proxy.values.ports ?? {})[0],
        held,
        part: one,
      }
    })
  })
  const [secretName] = part.at('tls').items.flatMap((one) => {
    one.at('hosts').take()
    return one.at('secretName').text ?? []
  })
  const tls = secretName ? { secretName } : {}
  const whole = { group: '', kind: 'Ingress', name: proxy.name, namespace: undefined, labels: {}, part }
  const reading = readingOf([], [proxy], notes)
  const lost = [...illegible, ...read.lost]
  addHosts(whole, { leads, className, tls, annotations, backend: read.backend, lost }, reading)
  closeBelow(reading.requests, reading.ways, notes)
}
