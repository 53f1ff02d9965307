import { generate } from 'selfsigned'
import type { Cluster } from '../../tools/cluster/cluster.ts'

/** An authority of a test's own. All of it is PEM. */
export interface Authority {
  cert: string
  /** A server's certificate for these DNS names, and its key. */
  issue(names: readonly string[]): Promise<{ cert: string; key: string }>
}

/** Makes an authority of that name. */
export async function authorityOf(name: string): Promise<Authority> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  return {
    cert,
    async issue([first = '', ...others]) {
      const altNames = [first, ...others].map((value) => ({ type: 2 as const, value }))
      const issued = await generate([{ name: 'commonName', value: first }], {
        keyType: 'ec',
        algorithm: 'sha256',
        ca: { cert, key },
        extensions: [
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames },
        ],
      })
      return { cert: issued.cert, key: issued.private }
    },
  }
}

/** Takes a release away with its certificates, so that the next begins without any. */
export async function uninstallWithCertificates(
  { helm, kubectl, until }: Pick<Cluster, 'helm' | 'kubectl' | 'until'>,
  release: string,
): Promise<void> {
  await helm(['uninstall', release, '--wait', '--ignore-not-found'])
  // Those of an Ingress or a Gateway go after their owner, and cert-manager would make their Secrets again.
  await until('the Certificates are gone', async () => {
    const names = await kubectl(['get', 'certificates', '--output=name'])
    return names === '' || undefined
  })
  // cert-manager leaves the Secrets, and would use them again.
  await kubectl(['delete', 'secret', '--selector=controller.cert-manager.io/fao'])
}
