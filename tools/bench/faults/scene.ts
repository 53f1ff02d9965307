import type { Service } from 'kubernetes-types/core/v1.d.ts'
import type { Values } from '../../../schema/generated/values.ts'
import { chart } from '../../chart/render.ts'
import { usualAddOns } from '../../cluster/addons/addons.ts'
import { type Cluster, startCluster } from '../../cluster/cluster.ts'
import { gatewayAddresses } from '../../cluster/control-plane/addresses.ts'
import { networkOf } from '../../cluster/network/network.ts'
import { loadBalancerAddresses } from '../../prove/places.ts'
import type { Stream } from './streams.ts'

/** A cluster with a release on it, and the ways by which App1 asks App2. */
export interface Scene {
  cluster: Cluster
  streams: readonly Stream[]
  /** The load balancer's address. */
  address: string
}

export const releaseName = 'faults'
const app1 = '1.2.3.4'
/** App2's own addresses, a machine each. */
export const app2 = ['2.3.4.5', '2.3.4.6']
const ports = { http: { port: 80, targetPort: 8080 } }
const hosts = { contour: 'web.somehost.net', gateway: 'route.somehost.net' }

/** One proxy for each kind of door, all to an App2 that has these addresses. */
export const valuesTo = (addresses: string[]): Values => {
  const common = { addresses, sourceRanges: [`${app1}/32`] }
  return {
    gateways: { edge: { className: 'envoy-gateway', listeners: { http: { port: 80, protocol: 'HTTP' } } } },
    proxies: {
      app: { ...common, ports: { ...ports, udp: { port: 53, targetPort: 8080, protocol: 'UDP' } } },
      web: {
        ...common,
        ports,
        service: { type: 'ClusterIP' },
        ingress: { controller: 'contour', hosts: [hosts.contour] },
      },
      route: {
        ...common,
        ports,
        service: { type: 'ClusterIP' },
        routes: {
          web: { controller: 'envoy-gateway', parentRefs: [{ name: 'edge' }], hostnames: [hosts.gateway] },
        },
      },
    },
  }
}

/**
 * Starts it all; returns when each stream is answered.
 * @param addresses those of App2's that are used at first
 */
export async function startScene(addresses = app2): Promise<Scene> {
  const cluster = await startCluster(
    networkOf([
      { name: 'app1', segment: 'front', addresses: [app1] },
      ...app2.map((address, index) => ({
        name: `app2-${index + 1}`,
        segment: 'back' as const,
        addresses: [address],
      })),
    ]),
    usualAddOns,
  )
  try {
    return { cluster, ...(await released(cluster, addresses)) }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

// --- utils ---

async function released(cluster: Cluster, addresses: string[]): Promise<Omit<Scene, 'cluster'>> {
  await Promise.all(
    app2.map((address, index) =>
      cluster.startEcho({ machine: `app2-${index + 1}`, tcp: [8080], udp: [{ address, port: 8080 }] }),
    ),
  )
  await cluster.helm(['install', releaseName, chart, '--values=-'], {
    input: JSON.stringify(valuesTo(addresses)),
  })
  const address = await cluster.until('the load balancer gets its address', async () => {
    const service: Service = JSON.parse(await cluster.kubectl(['get', 'service', 'app', '--output=json']))
    return loadBalancerAddresses(service)[0]
  })
  const gateway = await cluster.until(
    'the Gateway gets its address',
    async () => (await gatewayAddresses(cluster.kubectl, 'edge', 'default'))[0],
  )
  const streams = streamsOf(cluster, { address, gateway })
  for (const { name, ask, open } of streams) {
    await cluster.until(`App2 answers: ${name}`, async () => {
      const outcome = await (ask ?? open?.().ask)?.()
      return (outcome && 'echo' in outcome && outcome.echo) || undefined
    })
  }
  return { streams, address }
}

function streamsOf(cluster: Cluster, { address, gateway }: { address: string; gateway: string }): Stream[] {
  const { http, send, flow } = cluster.machine('app1')
  const [contour = ''] = cluster.ingressAddresses
  return [
    { name: 'load balancer, new connections', ask: () => http(`http://${address}/`) },
    {
      name: 'load balancer, kept connection',
      open: () => flow({ protocol: 'http', address, port: 80 }),
    },
    { name: 'load balancer, UDP', ask: () => send({ protocol: 'udp', address, port: 53 }) },
    { name: 'Contour', ask: () => http(`http://${hosts.contour}/`, { resolve: contour }) },
    { name: 'Envoy Gateway', ask: () => http(`http://${hosts.gateway}/`, { resolve: gateway }) },
  ]
}
