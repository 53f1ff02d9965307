import type { Ingress as IngressValues, Port } from '../../schema/generated/values.ts'
import { addressOf } from './addresses.ts'
import type { Notes } from './notes.ts'
import type { Part } from './part.ts'
import { anyoneOf, type ImportedProxy } from './services.ts'

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
  }
  const comments: ImportedProxy['comments'] = {}
  if (type !== 'LoadBalancer') values.service = { type: 'ClusterIP', inCluster: true }
  if (ingress?.hosts?.length || type === 'LoadBalancer') {
    values.sourceRanges = anyoneOf(values.addresses ?? [])
    comments.sourceRanges = "Anyone, as it was: write App1's networks."
    notes.decide(part, 'it is open to anyone: write the networks of App1 in sourceRanges')
  }
  if (ingress?.hosts?.length) {
    values.ingress = ingress
    notes.decide(part, 'which controller serves the hosts is not known: write it in ingress.controller')
  }
  const called = part.at('fullnameOverride').text || part.at('nameOverride').text || name
  return { name: called, namespace: undefined, values, part, comments }
}

// --- utils ---

interface Read {
  addresses: Part[]
  ports: Record<string, Port>
  type: string | undefined
  ingress?: IngressValues
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
    ingress: hostsOf(part.at('ingress')),
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
    ...(hosts && { ingress: hostsOf(hosts) }),
  }
}

/** The hosts as most charts write them: `hosts: [{host, paths}]`, `className`, `tls`. */
function hostsOf(part: Part): IngressValues {
  if (part.at('enabled').text === 'false') {
    part.take()
    return {}
  }
  const className = part.at('className').text || part.at('ingressClassName').text
  const hosts = part.at('hosts').items.flatMap((one) => {
    one.at('paths').take()
    return one.at('host').text ?? []
  })
  const [secretName] = part.at('tls').items.flatMap((one) => {
    one.at('hosts').take()
    return one.at('secretName').text ?? []
  })
  return { hosts, ...(className && { className }), ...(secretName && { tls: { secretName } }) }
}
