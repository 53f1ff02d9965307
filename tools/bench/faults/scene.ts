import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { generate } from 'selfsigned'
import type { Address, Values } from '../../../schema/generated/values.ts'
import { chart } from '../../chart/render.ts'
import { type AddOnName, usualAddOns } from '../../cluster/addons/addons.ts'
import { createAuthority } from '../../cluster/addons/cert-manager-controllers.ts'
import { type Cluster, startCluster } from '../../cluster/cluster.ts'
import type { Request } from '../../cluster/machines/request.ts'
import { networkOf } from '../../cluster/network/network.ts'
import { stateFolder } from '../../cluster/sandbox/sandbox.ts'
import { app1, app1IPv6, behindControllers, gatewayOf, hosts, http, loadBalancerOf } from '../scene.ts'
import type { Stream } from './streams.ts'

/** A cluster with a release on it, and the ways by which App1 asks App2. */
export interface Scene {
  cluster: Cluster
  streams: readonly Stream[]
  /** The load balancer's address. */
  address: string
}

export const releaseName = 'faults'
/** App2's own addresses, a machine each. */
export const app2 = ['2.3.4.5', '2.3.4.6']
/** What answers on those machines, by the names of their logs. */
export const echoes = ['echo-app2-1-1', 'echo-app2-2-2']
const issuer = { name: 'authority' }
/** The name by which App1 asks at Contour over TLS, which it looks up. */
const secureHost = 'secure.somehost.net'
const ports = {
  ...http,
  https: { port: 443, targetPort: 8443 },
  udp: { port: 53, targetPort: 8080, protocol: 'UDP' },
} as const

/** One proxy for each kind of door, without TLS, all to an App2 that has these addresses. */
export function plainTo(addresses: readonly (string | Address)[]): Values {
  const { gateways, proxies } = behindControllers(addresses)
  return { gateways, proxies: { ...proxies, app: appTo(addresses) } }
}

/** Starts all but what doors with TLS need; returns when each stream is answered. */
export const startPlainScene = (addresses: readonly string[]): Promise<Scene> =>
  sceneOn(usualAddOns, async (cluster) => {
    await cluster.helm(['install', releaseName, chart, '--values=-'], {
      input: JSON.stringify(plainTo(addresses)),
    })
    return plainStreams(cluster, await placesOf(cluster))
  })

/** What the whole scene runs. */
const sceneAddOns: readonly AddOnName[] = [...usualAddOns, 'External DNS', 'cert-manager controllers']

/** Starts it all, with doors of TLS, and an App2 on both machines; returns when each stream is answered. */
export async function startScene(): Promise<Scene> {
  await giveOwnDisk('coredns-etcd')
  return sceneOn(sceneAddOns, async (cluster) => {
    const ca = await createAuthority(cluster, issuer.name)
    await cluster.helm(['install', releaseName, chart, '--values=-'], { input: JSON.stringify(secure()) })
    const places = await placesOf(cluster)
    return [...plainStreams(cluster, places), ...otherStreams(cluster, places, ca)]
  })
}

// --- utils ---

/** Has a component keep its state on a disk of its own, which stays when that of the control plane is full. */
async function giveOwnDisk(component: string): Promise<void> {
  const folder = join(stateFolder, component)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await execa('mount', ['-t', 'tmpfs', component, folder])
}

const appTo = (addresses: readonly (string | Address)[]) => ({
  addresses: [...addresses],
  sourceRanges: [`${app1}/32`],
  ports,
})

/** The proxies with TLS beside those without. */
function secure(): Values {
  const { gateways, proxies } = behindControllers(app2)
  const { edge } = gateways
  const tls = {
    port: 443,
    protocol: 'HTTPS',
    hostname: hosts.gateway,
    tls: { secretName: 'edge-tls' },
  } as const
  return {
    gateways: { edge: { ...edge, issuer, listeners: { ...edge.listeners, https: tls } } },
    proxies: {
      ...proxies,
      app: appTo(app2),
      secure: {
        ...proxies.web,
        sourceRanges: [`${app1}/32`, `${app1IPv6}/128`],
        ingress: { controller: 'contour', hosts: [secureHost], tls: { issuer } },
      },
    },
  }
}

/** A cluster with App1 and App2, and streams of which each is answered. */
async function sceneOn(
  addOns: readonly AddOnName[],
  release: (cluster: Cluster) => Promise<Stream[]>,
): Promise<Scene> {
  const machines = app2.map((address, index) => ({ name: `app2-${index + 1}`, address }))
  const cluster = await startCluster(
    networkOf([
      { name: 'app1', segment: 'front', addresses: [app1, app1IPv6] },
      ...machines.map(({ name, address }) => ({ name, segment: 'back' as const, addresses: [address] })),
    ]),
    [...addOns],
  )
  try {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'app2' }], { keyType: 'ec' })
    for (const { name, address } of machines)
      await cluster.startEcho({
        machine: name,
        tcp: [http.http.targetPort],
        tls: [{ port: ports.https.targetPort, cert, key }],
        udp: [{ address, port: ports.udp.targetPort }],
      })
    const streams = await release(cluster)
    for (const { door, what, ask, open } of streams) {
      await cluster.until(`App2 answers: ${door}, ${what}`, async () => {
        const flow = open?.()
        const outcome = await (ask ?? flow?.ask)?.()
        flow?.close()
        if (outcome && 'echo' in outcome && outcome.echo) return true
        throw new Error(JSON.stringify(outcome))
      })
    }
    return { cluster, streams, address: await loadBalancerOf(cluster, 'app') }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

/** Where the doors are. */
interface Places {
  app: string
  contour: string
  gateway: string
}

const placesOf = async (cluster: Cluster): Promise<Places> => ({
  app: await loadBalancerOf(cluster, 'app'),
  contour: cluster.ingressAddresses[0] ?? '',
  gateway: await gatewayOf(cluster),
})

/** A new connection for each request, by plain HTTP. */
function plainStreams(cluster: Cluster, { app, contour, gateway }: Places): Stream[] {
  const asker = cluster.machine('app1')
  const what = 'HTTP, new'
  return [
    { door: 'load balancer', what, ask: () => asker.http(`http://${app}/`) },
    { door: 'Contour', what, ask: () => asker.http(`http://${hosts.contour}/`, { resolve: contour }) },
    { door: 'Envoy Gateway', what, ask: () => asker.http(`http://${hosts.gateway}/`, { resolve: gateway }) },
  ]
}

/** Kept connections, TLS and UDP. App1 verifies the controllers' certificates. */
function otherStreams(cluster: Cluster, { app, contour, gateway }: Places, ca: string): Stream[] {
  const asker = cluster.machine('app1')
  const keep = (request: Request) => () => asker.flow(request)
  const plain = { protocol: 'http', port: 80 } as const
  const tls = { protocol: 'https', port: 443 } as const
  const datagrams = { protocol: 'udp', address: app, port: 53 } as const
  return [
    { door: 'load balancer', what: 'HTTP, kept', open: keep({ ...plain, address: app }) },
    { door: 'load balancer', what: 'HTTPS, new', ask: () => asker.http(`https://${app}/`) },
    { door: 'load balancer', what: 'HTTPS, kept', open: keep({ ...tls, address: app }) },
    { door: 'load balancer', what: 'UDP, new', ask: () => asker.send(datagrams) },
    { door: 'load balancer', what: 'UDP, kept', open: keep(datagrams) },
    { door: 'Contour', what: 'HTTP, kept', open: keep({ ...plain, address: contour, host: hosts.contour }) },
    { door: 'Contour', what: 'HTTPS, new', ask: () => asker.http(`https://${secureHost}/`, { ca }) },
    { door: 'Contour', what: 'HTTPS, kept', open: keep({ ...tls, address: contour, host: secureHost, ca }) },
    {
      door: 'Envoy Gateway',
      what: 'HTTP, kept',
      open: keep({ ...plain, address: gateway, host: hosts.gateway }),
    },
    {
      door: 'Envoy Gateway',
      what: 'HTTPS, new',
      ask: () => asker.http(`https://${hosts.gateway}/`, { resolve: gateway, ca }),
    },
    {
      door: 'Envoy Gateway',
      what: 'HTTPS, kept',
      open: keep({ ...tls, address: gateway, host: hosts.gateway, ca }),
    },
  ]
}
