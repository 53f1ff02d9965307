import type { Service } from 'kubernetes-types/core/v1.d.ts'
import type { Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import type { Echo } from '../../../tools/cluster/echo.ts'
import { urlHost } from '../../../tools/cluster/host.ts'
import type { Outcome, Request } from '../../../tools/cluster/request.ts'
import { loadBalancerAddresses } from '../../../tools/prove/doors.ts'
import { chart } from '../../../tools/render.ts'
import { app } from '../../values.ts'
import { cluster, installed } from '../cluster.ts'
import { unchecked } from './unchecked.ts'

/** What is seen of values that the chart refuses: tests by their names, by the rule's code. */
export type Sights = Record<string, Record<string, () => Promise<unknown>>>

/** A host name that leads to every layer 7 door here. */
export const host = 'a.example.com'
const [envoy = ''] = cluster.ingressAddresses

/** Installs what the chart refuses, and waits for so many addresses of load balancers. */
export const install = (fields: ProxyValues, addresses = 1): Promise<Service> =>
  installed(app(fields), { addresses, from: unchecked })
export const loadBalancerOf = async (fields: ProxyValues) =>
  loadBalancerAddresses(await install(fields))[0] ?? ''

type Who = 'app1' | 'intruder'
const from = (who: Who) => (address: string, port?: number) =>
  cluster.in(who).http(`http://${urlHost(address)}:${port ?? 80}/`, { seconds: 0.5 })
export const [app1, intruder] = [from('app1'), from('intruder')]

/** Asks Contour for a host. */
export const byContour = (who: Who, { name = host, path = '/' } = {}) =>
  cluster.in(who).http(`http://${name}${path}`, { resolve: envoy, seconds: 0.5 })
/** Asks Envoy Gateway, by the listener of port 80 where no other is named. */
export const byGateway = async (who: Who, more: Partial<Request> = {}) =>
  cluster.in(who).send({ protocol: 'http', address: await edge(), port: 80, host, seconds: 0.5, ...more })

export const gets = (outcome: Outcome): Echo | undefined => ('echo' in outcome ? outcome.echo : undefined)
/** A hole, or a way that should be there: App2 answers, at the latest when the cluster has settled. */
export const answered = (what: string, send: () => Promise<Outcome>): Promise<Echo> =>
  cluster.until(what, async () => gets(await send()))
/** An outage: App2 does not answer five times in a row, once the cluster has settled. */
export const unanswered = (send: () => Promise<Outcome>) =>
  cluster.until('nobody is answered', async () => {
    for (let request = 0; request < 5; request++) if (gets(await send())) return undefined
    return true
  })
/** Of so many requests, how many each address of App2 gets. */
export async function shares(send: () => Promise<Outcome>, count = 60): Promise<Record<string, number>> {
  const got: Record<string, number> = {}
  for (let request = 0; request < count; request++) {
    const local = gets(await send())?.local.address ?? 'nobody'
    got[local] = (got[local] ?? 0) + 1
  }
  return got
}

let gateway: Promise<string> | undefined
/** Makes the Gateway `edge` of Envoy Gateway, once: its IPv4 address. {@link removeEdge} takes it away. */
function edge(): Promise<string> {
  gateway ??= makeEdge()
  return gateway
}
export async function removeEdge(): Promise<void> {
  if (gateway) await cluster.helm(['uninstall', 'edge', '--wait'])
  gateway = undefined
}

async function makeEdge(): Promise<string> {
  const listeners = {
    http: { port: 80, protocol: 'HTTP' },
    tcp: { port: 9000, protocol: 'TCP' },
    udp: { port: 5353, protocol: 'UDP' },
  }
  const input = JSON.stringify({ gateways: { edge: { className: 'envoy-gateway', listeners } } })
  await cluster.helm(['install', 'edge', chart, '--values', '-'], { input })
  return cluster.until('the Gateway has its address', async () => {
    const query = ['gateway', 'edge', '--output=jsonpath={.status.addresses[*].value}']
    const addresses = (await cluster.kubectl(['get', ...query])).split(' ')
    return addresses.find((address) => address.includes('.'))
  })
}
