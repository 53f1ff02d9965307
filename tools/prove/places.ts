import { isIP } from 'node:net'
import type { Service } from 'kubernetes-types/core/v1.d.ts'
import type { Kinds } from '../chart/objects.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { gatewayAddresses } from '../cluster/control-plane/addresses.ts'
import { urlHost } from '../cluster/machines/request.ts'
import { firstNode, type NodeName, nodeNames } from '../cluster/network/nodes.ts'
import { patience } from '../cluster/sandbox/processes.ts'
import type { Client } from './clients.ts'
import { complaintsOn, gatewayObject } from './conditions.ts'
import { type Controllers, controllersOf } from './controllers.ts'
import type { Knock } from './knocks.ts'
import type { Plan } from './plan.ts'
import type { ProxyPlan } from './proxy.ts'

/** What only the cluster knows of a release, once it is installed. */
export interface Installed {
  /** The proxies' Services, by their names. */
  services: Map<string, Service>
  /** The addresses of the Gateways that routes hang on, by `NAMESPACE/NAME`. */
  gateways: Map<string, string[]>
  /** The addresses of what serves Ingresses. */
  ingressAddresses: readonly string[]
  /** The Envoys' own doors. */
  controllers: Controllers
  /** Who stands in the cluster itself: its nodes, and the Envoys' pods. */
  inside: readonly Client[]
  /** The nodes' addresses, as clients see them. */
  nodes: readonly string[]
}

/**
 * Waits until the load balancers and Gateways of a release have an address for each of their families.
 * @throws Error with what the Gateway's status and the logs say where one gets none
 */
export async function whenInstalled(
  cluster: Cluster,
  { proxies, objects }: Pick<Plan, 'proxies' | 'objects'>,
): Promise<Installed> {
  const names = new Set(proxies.flatMap(({ routes }) => routes.map(({ gateway }) => gateway)))
  const gateways = [...names].map(async (name) => [name, await addressesOf(cluster, name, objects)] as const)
  const frontOf = (node: NodeName) => Object.values(cluster.addressing.node(node).front)
  const services = await servicesOf(cluster, proxies)
  const addresses = new Map(await Promise.all(gateways))
  const controllers = await controllersOf(cluster) // Those of Gateways are there with the addresses.
  const ofNodes = nodeNames.flatMap((machine) =>
    frontOf(machine).map((address): Client => ({ who: 'a node', address, machine })),
  )
  return {
    services,
    gateways: addresses,
    ingressAddresses: cluster.ingressAddresses,
    controllers,
    inside: [...ofNodes, ...podsOf(controllers, ofNodes)],
    nodes: nodeNames.flatMap(frontOf),
  }
}

/** An address at which a knock can be sent. */
export interface Target {
  address: string
  port: number
  /** The node by which it goes to a ClusterIP. */
  by?: NodeName
  /** Where that is, in words. */
  at: string
}

/** A knock at an address. */
export interface Try {
  knock: Knock
  target: Target
  /** App2's addresses that may answer. */
  addresses: readonly string[]
}

/** The addresses of a knock's place that are of its client's family; none where the place has none. */
export function targetsOf(knock: Knock, installed: Installed): Target[] {
  const { address: from, machine } = knock.client
  return targets(knock, installed).filter(
    // Who stands in the cluster goes to a ClusterIP by no other node.
    ({ address, by }) => isIP(address) === isIP(from) && !(machine && by && by !== firstNode),
  )
}

/** The addresses that a Service's load balancer has. */
export const loadBalancerAddresses = ({ status }: Service) =>
  (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? [])

// --- utils ---

/** The proxies' Services, as soon as each load balancer has all of its addresses. */
function servicesOf(cluster: Cluster, proxies: readonly ProxyPlan[]): Promise<Map<string, Service>> {
  const probe = async () => {
    const list: { items: Service[] } = JSON.parse(await cluster.kubectl(['get', 'services', '--output=json']))
    const services = new Map(list.items.map((service) => [service.metadata?.name ?? '', service]))
    const waiting = proxies.filter(({ name, loadBalancer }) => {
      const service = services.get(name)
      const needed = loadBalancer ? (service?.spec?.ipFamilies?.length ?? 1) : 0
      return !service || loadBalancerAddresses(service).length < needed
    })
    if (waiting.length === 0) return services
    const [first, second = ''] = waiting.map(({ name }) => name)
    const more =
      waiting.length > 1 ? `, ${second}${waiting.length > 2 ? `, and ${waiting.length - 2} more` : ''}` : ''
    throw new Error(`None yet: ${first}${more}.`)
  }
  const seconds = patience + proxies.length / 2
  return cluster.until('load balancers get their addresses', probe, { seconds, of: ['metallb-controller'] })
}

/** The Envoys' pods, but those on a node's own network. */
const podsOf = (controllers: Controllers, ofNodes: readonly Client[]): Client[] =>
  [...controllers.values()]
    .flatMap(({ pods }) => pods)
    .filter(({ address }) => !ofNodes.some((node) => node.address === address))
    .map(({ name, address }): Client => ({ who: 'a pod', address, machine: name }))

/** A Gateway's addresses, as soon as it has those that it asks for, else one of each family, as Gateways have here. */
function addressesOf(cluster: Cluster, gateway: string, objects: Plan['objects']): Promise<string[]> {
  const [namespace = '', name = ''] = gateway.split('/')
  const object = gatewayObject({ namespace, name })
  const own = objects.find(
    (one): one is Kinds['Gateway'] =>
      one.kind === 'Gateway' && one.metadata.name === name && one.metadata.namespace === namespace,
  )
  const needed = own?.spec.addresses?.length ?? 2
  const probe = async () => {
    const found = await gatewayAddresses(cluster.kubectl, name, namespace)
    if (found.length >= needed) return found
    const complaints = await complaintsOn(cluster.kubectl, object)
    throw new Error(complaints.map(({ message }) => `It is ${message}`).join('. '))
  }
  return cluster.until(`the Gateway ${gateway} gets its addresses`, probe, {
    of: ['envoy-gateway', 'proxy-pods', 'metallb-controller'],
  })
}

/** The addresses of a knock's place, of either family. */
function targets(knock: Knock, installed: Installed): Target[] {
  const { place, protocol } = knock
  const service = 'service' in place ? installed.services.get(place.service) : undefined
  const plain = (address: string): Target => ({ address, port: place.port, at: url(knock, address) })
  switch (place.of) {
    case 'App2':
      return [plain(place.address)]
    case 'load balancer':
      return (service ? loadBalancerAddresses(service) : []).map(plain)
    case 'ClusterIP':
      return (service?.spec?.clusterIPs ?? []).flatMap((address) =>
        nodeNames.map((by) => ({ ...plain(address), by, at: `${url(knock, address)} by ${by}` })),
      )
    case 'nodes': {
      const number = service?.spec?.ports?.find(
        ({ port, protocol }) => port === place.port && protocol === place.transport,
      )?.nodePort
      // With none allocated there is no port to knock at but the Service's own.
      const more = number ? '' : ' (none allocated)'
      return installed.nodes.map((address) => ({
        address,
        port: number ?? place.port,
        at: `${url(knock, address, number)}${more}`,
      }))
    }
    case 'Ingress controller':
      return installed.ingressAddresses.map((address) => ({
        address,
        port: place.port,
        at: `${protocol}://${knock.hostName}${knock.path} (${address})`,
      }))
    case 'controller':
      return controllerTargets(place, protocol, installed).map((target) => ({
        ...target,
        at: `${url(knock, target.address, target.port)} (${target.at})`,
      }))
    case 'Gateway': {
      const { gateway, port } = place
      return (installed.gateways.get(gateway) ?? []).map((address) => ({
        address,
        port,
        at: atGateway(knock, gateway, address),
      }))
    }
  }
}

/** Where a knock goes, as a URL. */
const url = ({ protocol, hostName, place }: Knock, address: string, port = place.port) =>
  `${protocol}://${hostName ?? urlHost(address)}:${port}`

/** A knock at a Gateway, with all that its routes might look at. */
const atGateway = (knock: Knock, gateway: string, address: string) =>
  [
    ...(knock.method ? [knock.method] : []),
    `${url(knock, address)}${knock.protocol === 'udp' || knock.protocol === 'tcp' ? '' : knock.path}`,
    ...Object.entries(knock.headers ?? {}).map(([name, value]) => `with ${name}: ${value}`),
    `(${gateway}${knock.hostName ? ` ${address}` : ''})`,
  ].join(' ')

/** A controller's ClusterIPs, by each node, its node ports, and its pods, for one of its Service's ports. */
function controllerTargets(
  { gateway = '', port }: Extract<Knock['place'], { of: 'controller' }>,
  protocol: Knock['protocol'],
  { controllers, nodes }: Installed,
): Target[] {
  const controller = controllers.get(gateway)
  const transport = protocol === 'udp' ? 'UDP' : 'TCP'
  const own = controller?.service.spec?.ports?.find(
    (one) => one.port === port && (one.protocol ?? 'TCP') === transport,
  )
  if (!controller || !own) return []
  const of = gateway || 'the Ingress controller'
  const { nodePort, name = '' } = own
  return [
    ...(controller.service.spec?.clusterIPs ?? []).flatMap((address) =>
      nodeNames.map((by) => ({ address, port, by, at: `ClusterIP of ${of}, by ${by}` })),
    ),
    ...nodes.flatMap((address) => (nodePort ? [{ address, port: nodePort, at: `node port of ${of}` }] : [])),
    ...controller.pods.flatMap(({ address, ports }) =>
      ports[name] ? [{ address, port: ports[name], at: `pod of ${of}` }] : [],
    ),
  ]
}
