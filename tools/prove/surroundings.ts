import { isIPv6 } from 'node:net'
import { generate } from 'selfsigned'
import { type Crd, crds } from '../chart/crds.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { apply, type Kubectl, served } from '../cluster/control-plane/kubectl.ts'
import { allObjects, type Plan } from './plan.ts'

const className = 'envoy-gateway'

/**
 * Makes what the values expect to be in the cluster already: namespaces, kinds of controllers that don't run here,
 * Secrets of certificates, and the Gateways that routes hang on.
 */
export async function createSurroundings(cluster: Surrounded, plan: Plan): Promise<void> {
  const { kubectl } = cluster
  const wanted = new Set(
    allObjects(plan).map(({ apiVersion = '', kind }) => `${apiVersion.split('/')[0]} ${kind}`),
  )
  await makeKinds(cluster, ({ kind, definition }) => wanted.has(`${definition.spec.group} ${kind}`))
  const items = [
    ...plan.namespaces.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    ...(await Promise.all(plan.certificates.map(secret))),
    ...(await gateways(kubectl, plan)),
  ]
  if (items.length > 0) await apply(kubectl, items)
  await makeServiceNetworks(cluster, plan)
}

/**
 * Makes kinds known to the API server that no add-on has: those of controllers that don't run here.
 * @param isWanted which of the kinds that the chart writes; all where left out
 */
export async function makeKinds(
  cluster: Pick<Cluster, 'kubectl' | 'until'>,
  isWanted: (kind: Crd) => boolean = () => true,
): Promise<void> {
  const { kubectl } = cluster
  const there = (await kubectl(['get', 'crd', '--output=name'])).split('\n')
  const missing = (await crds())
    .filter(isWanted)
    .map(({ definition }) => definition)
    .filter(
      ({ metadata }) => !there.includes(`customresourcedefinition.apiextensions.k8s.io/${metadata.name}`),
    )
  if (missing.length === 0) return
  await apply(kubectl, missing)
  await served(
    cluster,
    missing.map(({ metadata }) => metadata.name),
  )
}

// --- utils ---

type Surrounded = Pick<Cluster, 'kubectl' | 'until' | 'addressing'>

/** Makes the networks of fixed ClusterIPs that are not in the cluster's own, and waits until it gives those. */
async function makeServiceNetworks(
  { kubectl, until, addressing }: Surrounded,
  { asked }: Pick<Plan, 'asked'>,
): Promise<void> {
  if (addressing.moreServices.length === 0) return
  const apiVersion = 'networking.k8s.io/v1'
  await apply(
    kubectl,
    addressing.moreServices.map((cidr, index) => ({
      apiVersion,
      kind: 'ServiceCIDR',
      metadata: { name: `prove-${index + 1}` },
      spec: { cidrs: [cidr] },
    })),
  )
  await Promise.all(
    asked.clusterIPs.map((address) => {
      const service = { apiVersion: 'v1', kind: 'Service', metadata: { generateName: 'prove-' } }
      const families = [isIPv6(address) ? 'IPv6' : 'IPv4']
      const spec = { clusterIP: address, ipFamilies: families, ports: [{ port: 1 }] }
      const input = JSON.stringify({ ...service, spec })
      return until(`the cluster gives the ClusterIP ${address}`, () =>
        kubectl(['create', '--dry-run=server', '--validate=false', '--filename=-'], { input }).then(
          () => true,
        ),
      )
    }),
  )
}

/**
 * A Secret with a certificate that signs itself: in the user's cluster it comes from cert-manager or another's hand,
 * and who gets through does not depend on whose it is.
 */
async function secret({ namespace, secretName, hosts }: Plan['certificates'][number]) {
  const altNames = hosts.map((value) => ({ type: 2 as const, value }))
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'prove' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames }],
  })
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { name: secretName, namespace },
    stringData: { 'tls.crt': cert, 'tls.key': key },
  }
}

/** The Gateways that the values name, and the classes of those that they make: all are Envoy Gateway's here. */
async function gateways(kubectl: Kubectl, plan: Plan) {
  if (plan.classNames.length + plan.gateways.length === 0) return []
  const { spec } = JSON.parse(await kubectl(['get', 'gatewayclass', className, '--output=json']))
  const apiVersion = 'gateway.networking.k8s.io/v1'
  const secretName = 'prove-tls'
  return [
    ...plan.classNames.map((name) => ({ apiVersion, kind: 'GatewayClass', metadata: { name }, spec })),
    ...(await Promise.all(
      plan.gateways.map(({ namespace }) => secret({ namespace, secretName, hosts: ['any'] })),
    )),
    ...plan.gateways.map(({ name, namespace, listeners }) => ({
      apiVersion,
      kind: 'Gateway',
      metadata: { name, namespace },
      spec: {
        gatewayClassName: className,
        listeners: Object.entries(listeners).map(([section, { protocol, ...listener }]) => ({
          name: section,
          protocol,
          ...listener,
          allowedRoutes: { namespaces: { from: 'All' } },
          ...(protocol === 'HTTPS' && { tls: { certificateRefs: [{ name: secretName }] } }),
        })),
      },
    })),
  ]
}
