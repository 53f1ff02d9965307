import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Secret } from 'kubernetes-types/core/v1.d.ts'
import { scriptArguments } from '../../root.ts'
import { apply, type Kubectl, served } from '../control-plane/kubectl.ts'
import { applyManifests } from '../control-plane/manifests.ts'
import { gatewayNode } from '../network/nodes.ts'
import { stateFolder } from '../sandbox/sandbox.ts'
import { addOn, type Site } from './addon.ts'
import type { ProxyPods } from './proxy-pods.ts'

const namespace = 'envoy-gateway-system'
/** The GatewayClass of the Gateways that it serves. */
const className = 'envoy-gateway'
const crds = ['gatewayclasses.gateway.networking.k8s.io', 'envoyproxies.gateway.envoyproxy.io']
/** Where it says how it is: the port is its own choice. */
const healthPort = 8081
const ready = `http://127.0.0.1:${healthPort}/readyz`
const folder = join(stateFolder, 'envoy-gateway')
/** Its own certificates and its Envoys', by which they know one another. */
const certificates = { own: join(folder, 'certs'), envoys: join(folder, 'proxy-certs') }

/**
 * Envoy Gateway in the sandbox's own network namespace, and what runs an Envoy for each Gateway of class
 * `envoy-gateway`, whenever one is made. Its objects, rights and certificates are those that its own chart makes.
 */
export const envoyGateway = addOn({
  name: 'Envoy Gateway',
  programs: ['envoy-gateway', 'envoy'],
  isNeededBy: (objects) => objects.some(({ apiVersion = '' }) => apiVersion.startsWith('gateway.')),
  async start(site) {
    const { kubectl, kubeconfigFor } = site.controlPlane
    await applyManifests(kubectl, site.folders['envoy-gateway'])
    const [own, certgen] = await Promise.all([
      kubeconfigFor('envoy-gateway', namespace),
      kubeconfigFor('cluster-gateway-helm-certgen', namespace),
      served({ kubectl, until: site.processes.until }, crds),
    ])
    await makeCertificates(site, certgen)
    await startGateway(site, own)
    await apply(kubectl, gatewayClass)
    startProxyPods(site)
  },
})

// --- utils ---

/** Has it make its certificates, as its chart's job does, and writes them where programs read them. */
async function makeCertificates(site: Site<'envoy-gateway'>, kubeconfig: string): Promise<void> {
  await execa(programOf(site), ['certgen', '--disable-topology-injector'], {
    env: { KUBECONFIG: kubeconfig, ENVOY_GATEWAY_NAMESPACE: namespace },
  })
  const { kubectl } = site.controlPlane
  await Promise.all([
    writeSecret(kubectl, 'envoy-gateway', certificates.own),
    writeSecret(kubectl, 'envoy', certificates.envoys),
  ])
}

/** Starts it, and waits until it is ready. */
async function startGateway(site: Site<'envoy-gateway'>, kubeconfig: string): Promise<void> {
  const configPath = join(folder, 'config.yaml')
  await writeFile(configPath, JSON.stringify(configuration))
  const root = join(folder, 'root')
  site.processes.start(
    'envoy-gateway',
    // It reads its certificates from /certs and nowhere else, and none but root could make that folder.
    [
      'unshare',
      '--mount',
      'sh',
      '-ec',
      confine,
      root,
      programOf(site),
      stateFolder,
      certificates.own,
      configPath,
    ],
    { env: { KUBECONFIG: kubeconfig, ENVOY_GATEWAY_NAMESPACE: namespace } },
  )
  await site.processes.until('Envoy Gateway is ready', async () => (await fetch(ready)).ok || undefined, {
    of: ['envoy-gateway'],
  })
}

/** Starts what runs its Envoys, on their node. */
function startProxyPods({ processes, folders, controlPlane, addressing }: Site<'envoy'>): void {
  const settings: ProxyPods = {
    kubeconfig: controlPlane.kubeconfigs.admin,
    namespace,
    envoy: join(folders.envoy, 'envoy'),
    folder,
    certificates: certificates.envoys,
    gateway: addressing.control.gateway,
    network: addressing.pods,
  }
  processes.start('proxy-pods', [
    // Not by ip-netns: in a mount namespace of its own, the namespaces that it makes would be nobody else's.
    'nsenter',
    `--net=/run/netns/${gatewayNode}`,
    process.execPath,
    ...scriptArguments('proxy-pods', import.meta.url),
    JSON.stringify(settings),
  ])
}

const programOf = ({ folders }: Site<'envoy-gateway'>) => join(folders['envoy-gateway'], 'envoy-gateway')

/** A wrong key in it is ignored, without a word. */
const configuration = {
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'EnvoyGateway',
  gateway: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
  provider: {
    type: 'Kubernetes',
    kubernetes: { leaderElection: { disable: true }, proxyTopologyInjector: { disabled: true } },
  },
}

/**
 * Runs the program ($1) in a root folder of its own ($0), with the state folder ($2) at its own place, the
 * certificates ($3) at /certs, and the configuration ($4).
 */
const confine = `
  mkdir -p "$0/certs" "$0/tmp" "$0$2"
  touch "$0/envoy-gateway"
  mount --bind "$1" "$0/envoy-gateway"
  mount --bind "$3" "$0/certs"
  mount --bind "$2" "$0$2"
  exec chroot "$0" /envoy-gateway server --config-path "$4"
`

/** The class, whose Envoys are of both families, have one worker, and need no scheduler to be on their node. */
const gatewayClass = [
  {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyProxy',
    metadata: { name: className, namespace },
    spec: {
      ipFamily: 'DualStack',
      concurrency: 1,
      provider: {
        type: 'Kubernetes',
        kubernetes: {
          envoyDeployment: {
            // No grace: nothing confirms a pod's end as a kubelet would.
            patch: {
              value: {
                spec: { template: { spec: { nodeName: gatewayNode, terminationGracePeriodSeconds: 0 } } },
              },
            },
          },
        },
      },
    },
  },
  {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: className },
    spec: {
      controllerName: configuration.gateway.controllerName,
      parametersRef: { group: 'gateway.envoyproxy.io', kind: 'EnvoyProxy', name: className, namespace },
    },
  },
]

/** Writes a Secret's keys as files. */
async function writeSecret(kubectl: Kubectl, name: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true })
  const { data = {} }: Secret = JSON.parse(
    await kubectl(['get', 'secret', name, '--namespace', namespace, '--output=json']),
  )
  for (const [file, value] of Object.entries(data)) {
    await writeFile(join(into, file), Buffer.from(value, 'base64'), { mode: 0o600 })
  }
}
