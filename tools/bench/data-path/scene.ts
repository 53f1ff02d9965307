import { execa } from 'execa'
import type { Values } from '../../../schema/generated/values.ts'
import { chart } from '../../chart/render.ts'
import { usualAddOns } from '../../cluster/addons/addons.ts'
import { type Cluster, startCluster } from '../../cluster/cluster.ts'
import { networkOf } from '../../cluster/network/network.ts'
import { firstNode } from '../../cluster/network/nodes.ts'
import { app1, behindControllers, gatewayOf, hosts, http, loadBalancerOf } from '../scene.ts'
import { others, startApp2, startOthers } from './others.ts'

/** A way from App1 to App2. */
export interface Way {
  name: string
  /** Without a path. */
  url: string
  host?: string
}

/** A cluster with all ways on it. */
export interface Scene {
  cluster: Cluster
  /** Past the cluster's nodes, without anything that rewrites packets: what all is measured against. */
  direct: Way
  /** The load balancer's, to one address. */
  loadBalancer: Way
  /** All that are compared. */
  ways: readonly Way[]
  /** The load balancer's, by how many addresses App2 has. */
  byAddresses: ReadonlyMap<number, Way>
}

const [app2, directly] = ['2.3.4.5', '2.3.4.9']
/** More addresses than one EndpointSlice holds. */
const many = Array.from({ length: 1000 }, (_, index) => `2.4.${index >> 8}.${index & 255}`)
const nodePort = 30080

/** Starts it all; returns when App2 answers on each way. */
export async function startScene(counts: readonly number[]): Promise<Scene> {
  const cluster = await startCluster(
    networkOf([
      { name: 'app1', segment: 'front', addresses: [app1] },
      { name: 'app2', segment: 'back', addresses: [app2, directly, ...many] },
    ]),
    usualAddOns,
  )
  try {
    await startApp2(cluster)
    await startOthers(cluster, app2)
    await routeDirectly(cluster)
    const input = JSON.stringify(valuesOf(counts))
    await cluster.helm(['install', 'bench', chart, '--values=-'], { input })
    const scene = await sceneOf(cluster, counts)
    for (const way of [...scene.ways, ...scene.byAddresses.values()]) await whenAnswered(cluster, way)
    return scene
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

// --- utils ---

/** A proxy for each kind of door. */
function valuesOf(counts: readonly number[]): Values {
  const { gateways, proxies } = behindControllers([app2])
  const common = { addresses: [app2], sourceRanges: [`${app1}/32`], ports: http }
  const manies = counts.map((count) => [nameOf(count), { ...common, addresses: many.slice(0, count) }])
  return {
    gateways,
    proxies: {
      ...proxies,
      app: common,
      local: {
        ...common,
        addresses: [{ ip: app2, nodeName: firstNode }],
        service: { externalTrafficPolicy: 'Local', inCluster: true },
      },
      node: {
        ...common,
        sourceRanges: ['0.0.0.0/0'],
        ports: { http: { ...http.http, nodePort } },
        service: { type: 'NodePort' },
      },
      ...Object.fromEntries(manies),
    },
  }
}

const nameOf = (count: number) => `addresses-${count}`

/** Leads App1 to one address of App2 by a node that forwards it as it is, and App2's answers to App1 back by the same. */
async function routeDirectly({ addressing, machine }: Cluster): Promise<void> {
  const { front, back } = addressing.node(firstNode)
  await machine('app1').ip([`route add ${directly} via ${front.ipv4} dev eth0 onlink`])
  await machine('app2').ip([`route add ${app1} via ${back.ipv4} dev eth0 onlink`])
  for (const side of ['saddr', 'daddr']) {
    const rule = ['add', 'rule', 'inet', 'firewall', 'forward', 'ip', side, directly, 'accept']
    await execa('ip', ['netns', 'exec', firstNode, 'nft', ...rule])
  }
}

async function sceneOf(cluster: Cluster, counts: readonly number[]): Promise<Scene> {
  const addressOf = (service: string) => loadBalancerOf(cluster, service)
  const node = cluster.addressing.node(firstNode).front.ipv4
  const direct = { name: 'routed, without a proxy', url: `http://${directly}:8080` }
  const loadBalancer = { name: 'load balancer', url: `http://${await addressOf('app')}` }
  return {
    cluster,
    direct,
    loadBalancer,
    ways: [
      direct,
      loadBalancer,
      { name: 'load balancer, policy Local', url: `http://${await addressOf('local')}` },
      { name: 'node port', url: `http://${node}:${nodePort}` },
      { name: 'Contour', url: `http://${cluster.ingressAddresses[0]}`, host: hosts.contour },
      { name: 'Envoy Gateway', url: `http://${await gatewayOf(cluster)}`, host: hosts.gateway },
      ...others.map(({ name, port }) => ({ name, url: `http://${node}:${port}` })),
    ],
    byAddresses: new Map(
      await Promise.all(
        counts.map(async (count): Promise<[number, Way]> => {
          const name = `${count} addresses`
          return [count, { name, url: `http://${await addressOf(nameOf(count))}` }]
        }),
      ),
    ),
  }
}

/** Waits until App2 itself answers. */
async function whenAnswered(cluster: Cluster, { name, url, host }: Way): Promise<void> {
  await cluster.until(`App2 answers: ${name}`, async () => {
    const outcome = await cluster.machine('app1').http(`${url}/`, host ? { host } : {})
    return ('body' in outcome && outcome.body === 'app2\n') || undefined
  })
}
