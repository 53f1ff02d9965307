import { generate } from 'selfsigned'
import type { Kubectl } from '../cluster/control-plane.ts'
import type { Plan } from './plan.ts'

/**
 * Makes the Secrets of the proxies' certificates, each with one that signs itself: in the user's cluster it comes
 * from cert-manager or another's hand, and who gets through does not depend on whose it is.
 */
export async function createCertificates(kubectl: Kubectl, { proxies }: Plan): Promise<void> {
  const secrets = new Map(
    proxies.flatMap(({ certificate: one }) => (one ? [[one.secretName, one.hosts]] : [])),
  )
  await Promise.all(
    [...secrets].map(async ([name, hosts = []]) => {
      const altNames = hosts.map((value) => ({ type: 2 as const, value }))
      const { cert, private: key } = await generate([{ name: 'commonName', value: 'prove' }], {
        keyType: 'ec',
        extensions: [{ name: 'subjectAltName', altNames }],
      })
      const secret = {
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/tls',
        metadata: { name },
        stringData: { 'tls.crt': cert, 'tls.key': key },
      }
      await kubectl(['create', '--filename=-'], { input: JSON.stringify(secret) })
    }),
  )
}
