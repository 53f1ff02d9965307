import { access, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Addressing } from '../network/addressing.ts'
import type { Processes } from '../sandbox/processes.ts'
import { stateFolder } from '../sandbox/sandbox.ts'
import { files, type Kubeconfigs, securePort, writeIdentities, writeKubeconfig } from './identities.ts'
import { type Kubectl, kubectlWith } from './kubectl.ts'

export interface ControlPlane {
  /** The administrator's kubeconfig, and those of Kubernetes's own components, as paths in the sandbox. */
  kubeconfigs: Kubeconfigs
  kubectl: Kubectl
  /** Writes a kubeconfig for a component that runs by its own ServiceAccount, and gives its path. */
  kubeconfigFor(serviceAccount: string, namespace: string): Promise<string>
}

const etcd = { clients: 'http://127.0.0.1:2379', peers: 'http://127.0.0.1:2380' }

/**
 * Starts etcd, kube-apiserver and kube-controller-manager in the sandbox's own network namespace.
 *
 * Each component has an identity of its own, by the users that Kubernetes's bootstrap roles are bound to.
 * The API server makes its certificate itself, and every client verifies it.
 * @param folders of etcd's and Kubernetes's programs
 */
export async function startControlPlane(
  processes: Processes,
  folders: { etcd: string; kubernetes: string },
  addressing: Addressing,
): Promise<ControlPlane> {
  const kubeconfigs = await writeIdentities(addressing)
  // What an earlier cluster of the same sandbox left would be this one's.
  await rm(join(stateFolder, 'etcd'), { recursive: true, force: true })
  startEtcd(processes, folders.etcd)
  startApiServer(processes, folders.kubernetes, addressing)
  await processes.until(
    'the API server writes its certificate',
    () => access(files.certificate).then(() => true),
    { of: ['kube-apiserver', 'etcd'] },
  )
  startControllerManager(processes, folders.kubernetes, kubeconfigs.controllerManager)
  const kubectl = await kubectlWith(kubeconfigs.admin)
  await processes.until(
    'the API server is ready',
    async () => (await kubectl(['get', '--raw=/readyz'])) === 'ok' || undefined,
    { of: ['kube-apiserver', 'etcd'] },
  )
  return {
    kubeconfigs,
    kubectl,
    async kubeconfigFor(serviceAccount, namespace) {
      // Longer than a sandbox that is kept will live: nothing renews it.
      const options = ['--namespace', namespace, '--duration=720h']
      const token = await kubectl(['create', 'token', serviceAccount, ...options])
      return writeKubeconfig(`${namespace}-${serviceAccount}`, token, addressing)
    },
  }
}

/**
 * Program and arguments of an etcd that forgets.
 * @param folder of the program
 * @param name of the folder that it writes to
 * @param urls where clients, and its peers, find it
 */
export const etcdCommand = (
  folder: string,
  name: string,
  { clients, peers }: { clients: string; peers: string },
): string[] => [
  join(folder, 'etcd'),
  `--data-dir=${join(stateFolder, name)}`,
  `--listen-client-urls=${clients}`,
  `--advertise-client-urls=${clients}`,
  `--listen-peer-urls=${peers}`,
  '--log-level=warn',
  '--unsafe-no-fsync',
]

// --- utils ---

function startEtcd(processes: Processes, folder: string): void {
  processes.start('etcd', etcdCommand(folder, 'etcd', etcd))
}

function startApiServer(processes: Processes, folder: string, { control, services }: Addressing): void {
  processes.start('kube-apiserver', [
    join(folder, 'kube-apiserver'),
    `--etcd-servers=${etcd.clients}`,
    `--cert-dir=${files.certificates}`,
    `--advertise-address=${control.gateway}`,
    `--bind-address=${control.gateway}`,
    `--secure-port=${securePort}`,
    `--service-cluster-ip-range=${services.ipv4},${services.ipv6}`,
    `--service-account-key-file=${files.verifyingKey}`,
    `--service-account-signing-key-file=${files.signingKey}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--authorization-mode=RBAC',
    `--token-auth-file=${files.tokens}`,
    '--endpoint-reconciler-type=none', // No pod asks for the API server by its Service.
  ])
}

function startControllerManager(processes: Processes, folder: string, kubeconfig: string): void {
  processes.start('kube-controller-manager', [
    join(folder, 'kube-controller-manager'),
    `--kubeconfig=${kubeconfig}`,
  ])
}
