import type { Kubectl } from './kubectl.ts'

/** The addresses that a Service's load balancer has, by the API server; none where it has none yet. */
export const serviceAddresses = (kubectl: Kubectl, name: string, namespace: string): Promise<string[]> =>
  words(kubectl, ['service', name, '--namespace', namespace], '.status.loadBalancer.ingress[*].ip')

/** The addresses that a Gateway has, by the API server, IPv4 before IPv6; none where it has none yet. */
export const gatewayAddresses = (kubectl: Kubectl, name: string, namespace: string): Promise<string[]> =>
  words(kubectl, ['gateway', name, '--namespace', namespace], '.status.addresses[*].value')

// --- utils ---

async function words(kubectl: Kubectl, object: readonly string[], path: string): Promise<string[]> {
  const text = await kubectl(['get', ...object, `--output=jsonpath={${path}}`])
  return text.split(' ').filter(Boolean)
}
