import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Addressing } from '../network/addressing.ts'
import { stateFolder } from '../sandbox/sandbox.ts'

/** Where the API server listens, on the control plane's own address. */
export const securePort = 6443

/** What shows who is who, as files in the sandbox. */
export const files = {
  /** Of the API server's own certificate, which it writes there itself. */
  certificates: join(stateFolder, 'certs'),
  certificate: join(stateFolder, 'certs', 'apiserver.crt'),
  /** The keys that ServiceAccounts' tokens are signed and verified by. */
  signingKey: join(stateFolder, 'sa.key'),
  verifyingKey: join(stateFolder, 'sa.pub'),
  /** The tokens of the users below. */
  tokens: join(stateFolder, 'tokens.csv'),
}

/** Who has a static token. The names and groups are those of Kubernetes's own bootstrap RBAC policy. */
const users = {
  admin: { name: 'admin', groups: 'system:masters' },
  controllerManager: { name: 'system:kube-controller-manager', groups: '' },
  kubeProxy: { name: 'system:kube-proxy', groups: '' },
}

/** The path of each user's kubeconfig. */
export type Kubeconfigs = Record<keyof typeof users, string>

/** Writes {@link files} but the API server's own, and a kubeconfig for each user, before anything runs. */
export async function writeIdentities(addressing: Addressing): Promise<Kubeconfigs> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const lines: string[] = []
  const identityOf = ({ name, groups }: { name: string; groups: string }) => {
    const token = randomBytes(16).toString('hex')
    lines.push(`${token},${name},${name},"${groups}"`)
    return writeKubeconfig(name.replace('system:', ''), token, addressing)
  }
  const [admin, controllerManager, kubeProxy] = await Promise.all([
    identityOf(users.admin),
    identityOf(users.controllerManager),
    identityOf(users.kubeProxy),
    writeFile(files.signingKey, privateKey, { mode: 0o600 }),
    writeFile(files.verifyingKey, publicKey),
  ])
  await writeFile(files.tokens, lines.join('\n'), { mode: 0o600 })
  return { admin, controllerManager, kubeProxy }
}

/** Writes a kubeconfig of that name for whoever has the token, and gives its path. */
export async function writeKubeconfig(name: string, token: string, { control }: Addressing): Promise<string> {
  const path = join(stateFolder, `${name}.kubeconfig`)
  const server = `https://${control.gateway}:${securePort}`
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'embedded',
    clusters: [{ name: 'embedded', cluster: { server, 'certificate-authority': files.certificate } }],
    users: [{ name: 'embedded', user: { token } }],
    contexts: [{ name: 'embedded', context: { cluster: 'embedded', user: 'embedded' } }],
  }
  await writeFile(path, JSON.stringify(kubeconfig), { mode: 0o600 })
  return path
}
