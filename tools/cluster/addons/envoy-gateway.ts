import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import type { Secret } from 'kubernetes-types/core/v1.d.ts'
import type { ControlPlane, Kubectl } from '../control-plane.ts'
import { apply, applyManifests } from '../manifests.ts'
import type { Addressing } from '../network/addressing.ts'
import { nodes } from '../network/network.ts'
import type { Processes } from '../sandbox/processes.ts'
import { stateFolder } from '../sandbox/sandbox.ts'
import type { ProxyPods } from './proxy-pods.ts'

const namespace = 'envoy-gateway-system'
/** The GatewayClass of the Gateways that it serves. */
const className = 'envoy-gateway'

/**
 * Starts Envoy Gateway in the sandbox's own network namespace, and what runs an Envoy for each Gateway of class
 * `envoy-gateway`, whenever one is made. Its objects, rights and certificates are those that its own chart makes.
 * @param folders Envoy Gateway's program and manifests, and Envoy's program
 */
export async function startEnvoyGateway(
  processes: Processes,
  folders: { 'envoy-gateway': string; envoy: string },
  { kubectl, kubeconfig, kubeconfigFor }: ControlPlane,
  addressing: Addressing,
): Promise<void> {
  const program = join(folders['envoy-gateway'], 'envoy-gateway')
  const state = (...path: string[]) => join(stateFolder, 'envoy-gateway', ...path)
  await applyManifests(kubectl, folders['envoy-gateway'])
  const [own, certgen] = await Promise.all([
    kubeconfigFor('envoy-gateway', namespace),
    kubeconfigFor('cluster-gateway-helm-certgen', namespace),
    ...['certs', 'proxy-certs'].map((folder) => mkdir(state(folder), { recursive: true })),
    ...['gatewayclasses.gateway.networking.k8s.io', 'envoyproxies.gateway.envoyproxy.io'].map((name) =>
      kubectl(['wait', '--for=condition=Established', `crd/${name}`]),
    ),
  ])
  await execa(program, ['certgen', '--disable-topology-injector'], {
    env: { KUBECONFIG: certgen, ENVOY_GATEWAY_NAMESPACE: namespace },
  })
  await Promise.all([
    writeSecret(kubectl, 'envoy-gateway', state('certs')),
    writeSecret(kubectl, 'envoy', state('proxy-certs')),
    writeFile(state('config.yaml'), JSON.stringify(configuration)),
  ])
  processes.start(
    'envoy-gateway',
    // It reads its certificates from /certs and nowhere else, and none but root could make that folder.
    ['unshare', '--mount', 'sh', '-ec', confine, state('root'), program, stateFolder],
    { env: { KUBECONFIG: own, ENVOY_GATEWAY_NAMESPACE: namespace } },
  )
  await processes.until(
    'Envoy Gateway is ready',
    async () => (await fetch('http://127.0.0.1:8081/readyz')).ok || undefined,
    { of: ['envoy-gateway'] },
  )
  const nodeName = nodes[1]
  await apply(kubectl, gatewayClass(nodeName))
  const settings: ProxyPods = {
    ...{ kubeconfig, namespace, envoy: join(folders.envoy, 'envoy'), certificates: state('proxy-certs') },
    ...{ gateway: addressing.control.gateway, network: addressing.pods },
  }
  const script = fileURLToPath(new URL('proxy-pods.ts', import.meta.url))
  processes.start('proxy-pods', [
    // Not by ip-netns: in a mount namespace of its own, the namespaces that it makes would be nobody else's.
    ...['nsenter', `--net=/run/netns/${nodeName}`],
    ...[process.execPath, '--import', 'tsx', script, JSON.stringify(settings)],
  ])
}

// --- utils ---

/** A wrong key in it is ignored, without a word. */
const configuration = {
  ...{ apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'EnvoyGateway' },
  gateway: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
  provider: {
    type: 'Kubernetes',
    kubernetes: { leaderElection: { disable: true }, proxyTopologyInjector: { disabled: true } },
  },
}

/** Runs the program ($1) in a root folder of its own ($0), with the state folder ($2) at its own place. */
const confine = `
  mkdir -p "$0/certs" "$0/tmp" "$0$2"
  touch "$0/envoy-gateway"
  mount --bind "$1" "$0/envoy-gateway"
  mount --bind "$2/envoy-gateway/certs" "$0/certs"
  mount --bind "$2" "$0$2"
  exec chroot "$0" /envoy-gateway server --config-path "$2/envoy-gateway/config.yaml"
`

/** The class, whose Envoys are of both families, have one worker, and need no scheduler to be on that node. */
const gatewayClass = (nodeName: string) => [
  {
    ...{ apiVersion: 'gateway.envoyproxy.io/v1alpha1', kind: 'EnvoyProxy' },
    metadata: { name: className, namespace },
    spec: {
      ...{ ipFamily: 'DualStack', concurrency: 1 },
      provider: {
        type: 'Kubernetes',
        kubernetes: {
          envoyDeployment: {
            // No grace: nothing confirms a pod's end as a kubelet would.
            patch: {
              value: { spec: { template: { spec: { nodeName, terminationGracePeriodSeconds: 0 } } } },
            },
          },
        },
      },
    },
  },
  {
    ...{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: className } },
    spec: {
      controllerName: configuration.gateway.controllerName,
      parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: className, namespace },
    },
  },
]

/** Writes a Secret's keys as files. */
async function writeSecret(kubectl: Kubectl, name: string, folder: string): Promise<void> {
  const { data = {} }: Secret = JSON.parse(
    await kubectl(['get', 'secret', name, '--namespace', namespace, '--output=json']),
  )
  for (const [file, value] of Object.entries(data)) {
    await writeFile(join(folder, file), Buffer.from(value, 'base64'), { mode: 0o600 })
  }
}
