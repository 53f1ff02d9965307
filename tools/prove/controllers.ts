import type { Service } from 'kubernetes-types/core/v1.d.ts'
import type { EndpointSlice } from 'kubernetes-types/discovery/v1.d.ts'
import type { Cluster } from '../cluster/cluster.ts'

/** An Envoy's own doors, beside its load balancer's: nobody is to get in by them who is not let in by that. */
interface Controller {
  service: Service
  /** What the Service leads to: the Envoy's own addresses, each with the port behind one of the Service's, by its name. */
  pods: { name: string; address: string; ports: Record<string, number> }[]
}

/** By `NAMESPACE/NAME` of the Gateway that an Envoy serves; what serves Ingresses has an empty name. */
export type Controllers = Map<string, Controller>

/** The Envoys of a cluster, as its API server knows them, once each has a pod. */
export const controllersOf = ({ kubectl, until }: Pick<Cluster, 'kubectl' | 'until'>): Promise<Controllers> =>
  until('each Envoy has a pod', async () => {
    const found = await controllersIn(kubectl)
    return [...found.values()].every(({ pods }) => pods.length > 0) ? found : undefined
  })

// --- utils ---

async function controllersIn(kubectl: Cluster['kubectl']): Promise<Controllers> {
  const get = async <T>(resource: string): Promise<T[]> =>
    JSON.parse(await kubectl(['get', resource, '--all-namespaces', '--output=json'])).items
  const [services, slices] = await Promise.all([
    get<Service>('services'),
    get<EndpointSlice>('endpointslices'),
  ])
  return new Map(
    services.flatMap((service) => {
      const serves = whatServes(service)
      return serves === undefined ? [] : [[serves, { service, pods: podsOf(service, slices) }]]
    }),
  )
}

/** Envoy Gateway says by labels whose Envoy it is; Contour's is the one of its manifests. */
function whatServes({ metadata: { name, namespace, labels = {} } = {} }: Service): string | undefined {
  const label = (end: string) => labels[`gateway.envoyproxy.io/owning-gateway-${end}`]
  if (label('name')) return `${label('namespace')}/${label('name')}`
  return namespace === 'projectcontour' && name === 'envoy' ? '' : undefined
}

const podsOf = ({ metadata = {} }: Service, slices: readonly EndpointSlice[]): Controller['pods'] =>
  slices
    .filter(
      (slice) =>
        slice.metadata?.namespace === metadata.namespace &&
        slice.metadata?.labels?.['kubernetes.io/service-name'] === metadata.name,
    )
    .flatMap(({ endpoints, ports }) => {
      // The API says null of a slice that has none yet.
      const byName = Object.fromEntries((ports ?? []).map(({ name = '', port = 0 }) => [name, port]))
      return (endpoints ?? []).flatMap(({ addresses, targetRef }) =>
        addresses.map((address) => ({ name: targetRef?.name ?? '', address, ports: byName })),
      )
    })
