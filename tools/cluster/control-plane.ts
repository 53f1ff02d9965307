import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { findKubectl } from '../chart/helm.ts'
import type { Addressing } from './network/addressing.ts'
import { nodes } from './network/network.ts'
import type { Processes } from './sandbox/processes.ts'
import { stateFolder } from './sandbox/sandbox.ts'

/** Runs kubectl as the harness's administrator and gives its output. Throws with kubectl's own words. */
export type Kubectl = (args: readonly string[], options?: { input?: string }) => Promise<string>

/** kubectl by that kubeconfig. */
export async function kubectlWith(kubeconfig: string): Promise<Kubectl> {
  const program = await findKubectl()
  return async (args, { input } = {}) => {
    const { stdout } = await execa(
      program,
      [`--kubeconfig=${kubeconfig}`, ...args],
      input === undefined ? { stdin: 'ignore' } : { input },
    )
    return stdout
  }
}

export interface ControlPlane {
  /** Path of the administrator's kubeconfig, in the sandbox. */
  kubeconfig: string
  kubectl: Kubectl
  /** Writes a kubeconfig for a component that runs by its own ServiceAccount, and gives its path. */
  kubeconfigFor(serviceAccount: string, namespace: string): Promise<string>
}

/**
 * Starts etcd, kube-apiserver and kube-controller-manager in the sandbox's own network namespace.
 *
 * Each component has an identity of its own, by the users that Kubernetes's bootstrap roles are bound to.
 * The API server makes its certificate itself, and every client verifies it.
 * @param programs the folders of etcd's and Kubernetes's programs
 */
export async function startControlPlane(
  processes: Processes,
  programs: { etcd: string; kubernetes: string },
  { control, services }: Addressing,
): Promise<ControlPlane> {
  const state = (...path: string[]) => join(stateFolder, ...path)
  const tokens = Object.fromEntries(users.map(({ name }) => [name, randomBytes(16).toString('hex')]))
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const certificate = state('certs', 'apiserver.crt')
  const writeKubeconfig = async (name: string, token: string | undefined) => {
    const path = state(`${name}.kubeconfig`)
    await writeFile(
      path,
      JSON.stringify(kubeconfigOf(`https://${control.gateway}:6443`, certificate, token)),
      { mode: 0o600 },
    )
    return path
  }
  await writeFile(state('sa.key'), privateKey, { mode: 0o600 })
  await writeFile(state('sa.pub'), publicKey)
  await writeFile(
    state('tokens.csv'),
    users.map(({ name, groups = '' }) => `${tokens[name]},${name},${name},"${groups}"`).join('\n'),
    { mode: 0o600 },
  )
  const [kubeconfig = '', managerKubeconfig = ''] = await Promise.all(
    users.map(({ name }) => writeKubeconfig(name.replace(/.*:/, ''), tokens[name])),
  )

  processes.start('etcd', [
    join(programs.etcd, 'etcd'),
    ...['--data-dir', state('etcd'), '--log-level=warn', '--unsafe-no-fsync'],
    ...['--listen-client-urls=http://127.0.0.1:2379', '--advertise-client-urls=http://127.0.0.1:2379'],
    '--listen-peer-urls=http://127.0.0.1:2380',
  ])
  processes.start('kube-apiserver', [
    join(programs.kubernetes, 'kube-apiserver'),
    ...['--etcd-servers=http://127.0.0.1:2379', `--cert-dir=${state('certs')}`],
    ...[`--advertise-address=${control.gateway}`, `--bind-address=${control.gateway}`, '--secure-port=6443'],
    `--service-cluster-ip-range=${services.ipv4},${services.ipv6}`,
    ...[
      `--service-account-key-file=${state('sa.pub')}`,
      `--service-account-signing-key-file=${state('sa.key')}`,
    ],
    '--service-account-issuer=https://kubernetes.default.svc',
    ...['--authorization-mode=RBAC', `--token-auth-file=${state('tokens.csv')}`],
    '--endpoint-reconciler-type=none', // No pod asks for the API server by its Service.
  ])
  await processes.until('the API server writes its certificate', () => access(certificate).then(() => true))
  processes.start('kube-controller-manager', [
    join(programs.kubernetes, 'kube-controller-manager'),
    ...[`--kubeconfig=${managerKubeconfig}`, '--use-service-account-credentials', '--leader-elect=false'],
    ...[`--service-account-private-key-file=${state('sa.key')}`],
    // Without a kubelet's heartbeats it would mark the nodes Unknown, and MetalLB would announce nothing.
    '--controllers=*,-node-lifecycle-controller',
    ...['--bind-address=127.0.0.1', '--authentication-skip-lookup'],
  ])
  const kubectl = await kubectlWith(kubeconfig)
  await processes.until(
    'the API server is ready',
    async () => (await kubectl(['get', '--raw=/readyz'])) === 'ok' || undefined,
  )
  return {
    kubeconfig,
    kubectl,
    kubeconfigFor: async (serviceAccount, namespace) => {
      // Longer than a sandbox that is kept will live: nothing renews it.
      const token = await kubectl([
        'create',
        'token',
        serviceAccount,
        '--namespace',
        namespace,
        '--duration=720h',
      ])
      return writeKubeconfig(`${namespace}-${serviceAccount}`, token)
    },
  }
}

/** Makes the Node objects, as their kubelets would, and starts a kube-proxy on each node. */
export async function startNodes(
  processes: Processes,
  folder: string,
  { kubectl }: Pick<ControlPlane, 'kubectl'>,
  addressing: Addressing,
): Promise<void> {
  const objects = nodes.map((name, index) => {
    const { ipv4, ipv6 } = addressing.node(index + 1, 'front')
    return {
      ...{ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { 'kubernetes.io/hostname': name } } },
      status: {
        addresses: [ipv4, ipv6].map((address) => ({ type: 'InternalIP', address })),
        conditions: [
          { type: 'Ready', status: 'True', reason: 'EmbeddedCluster', message: 'no kubelet runs here' },
        ],
      },
    }
  })
  // Before kube-proxy: without its Node object it waits 30 s, and it exits when the addresses change.
  await kubectl(['create', '-f', '-'], {
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
  })
  for (const name of nodes) {
    processes.start(
      `kube-proxy-${name}`,
      [
        join(folder, 'kube-proxy'),
        ...[`--kubeconfig=${join(stateFolder, 'kube-proxy.kubeconfig')}`, `--hostname-override=${name}`],
        ...['--proxy-mode=nftables', '--nodeport-addresses=primary'],
        `--cluster-cidr=${addressing.pods.ipv4},${addressing.pods.ipv6}`,
        '--conntrack-max-per-core=0', // Not allowed in a user namespace.
        ...['--healthz-bind-address=127.0.0.1:10256', '--metrics-bind-address=127.0.0.1:10249'],
      ],
      { in: name },
    )
  }
}

// --- utils ---

/** Who has a static token. The names and groups are those of Kubernetes's own bootstrap RBAC policy. */
const users: { name: string; groups?: string }[] = [
  { name: 'admin', groups: 'system:masters' },
  { name: 'system:kube-controller-manager' },
  { name: 'system:kube-proxy' },
]

function kubeconfigOf(server: string, certificate: string, token: string | undefined) {
  return {
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'embedded' },
    clusters: [{ name: 'embedded', cluster: { server, 'certificate-authority': certificate } }],
    users: [{ name: 'embedded', user: { token } }],
    contexts: [{ name: 'embedded', context: { cluster: 'embedded', user: 'embedded' } }],
  }
}
