import type { Service } from 'kubernetes-types/core/v1.d.ts'
import { expect } from 'vitest'
import type { Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import type { Echo } from '../../../tools/cluster/machines/echo.ts'
import { type Outcome, urlHost } from '../../../tools/cluster/machines/request.ts'
import { loadBalancerAddresses } from '../../../tools/prove/places.ts'
import { app } from '../../values.ts'
import { cluster, installed } from '../cluster.ts'
import { unchecked } from './unchecked.ts'

/** What is seen of values that the chart refuses: tests by their names, by the code of what refuses them. */
export type Sights = Record<string, Record<string, () => Promise<unknown>>>

/** Who asks. */
export type Who = 'app1' | 'intruder'

/** A host name that leads to every layer 7 door here. */
export const host = 'a.example.com'
const [envoy = ''] = cluster.ingressAddresses

/** Installs what the chart refuses, and waits for so many addresses of load balancers. */
export const install = (fields: ProxyValues, addresses = 1): Promise<Service> =>
  installed(app(fields), { addresses, from: unchecked })
/** The same, and its first address. */
export const loadBalancerOf = async (fields: ProxyValues) =>
  loadBalancerAddresses(await install(fields))[0] ?? ''

const from = (who: Who) => (address: string, port?: number) =>
  cluster.machine(who).http(`http://${urlHost(address)}:${port ?? 80}/`, { seconds: 0.5 })
export const [app1, intruder] = [from('app1'), from('intruder')]

/** Asks Contour for a host. */
export const byContour = (who: Who, { name = host, path = '/', seconds = 0.5 } = {}) =>
  cluster.machine(who).http(`http://${name}${path}`, { resolve: envoy, seconds })

/** What App2 said, where it was App2 that answered. */
const gets = (outcome: Outcome): Echo | undefined => ('echo' in outcome ? outcome.echo : undefined)

/** A hole, or a way that should be there: App2 answers, at the latest when the cluster has settled. */
export const answered = (what: string, send: () => Promise<Outcome>): Promise<Echo> =>
  cluster.until(what, async () => gets(await send()))

/** An outage: App2 does not answer five times in a row, once the cluster has settled. */
export const unanswered = (send: () => Promise<Outcome>) =>
  cluster.until('nobody is answered', async () => {
    for (let request = 0; request < 5; request++) if (gets(await send())) return undefined
    return true
  })

/** Of two of App2, that address gets all requests, once the cluster has settled. */
export const onlyAnswers = (address: string, send: () => Promise<Outcome>, count = 60) =>
  cluster.until(`${address} alone answers`, async () => {
    expect(await shares(send, count)).toEqual({ [address]: count })
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
