import { execa } from 'execa'
import { findKubectl } from '../../chart/helm.ts'
import type { Processes } from '../sandbox/processes.ts'

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

/** Objects as one text, as kubectl takes them by `--filename=-`. */
export const listOf = (items: readonly object[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items })

/**
 * Applies objects, server-side. They are not validated before they are sent: for that, kubectl has the API server describe
 * every kind each time, which takes longer than all the rest, and too long on a busy machine.
 */
export async function apply(kubectl: Kubectl, items: readonly object[]): Promise<void> {
  await kubectl(['apply', '--server-side', '--validate=false', '--filename=-'], { input: listOf(items) })
}

/**
 * Waits until objects of these CRDs can be asked for. Not by `kubectl wait`, which fails on a CRD so new that it has no
 * conditions yet (kubernetes/kubernetes#66439); nor by its condition, which may come before kubectl can find the kind.
 */
export async function served(
  { kubectl, until }: { kubectl: Kubectl; until: Processes['until'] },
  crds: readonly string[],
): Promise<void> {
  const ask = ['get', crds.join(','), '--all-namespaces', '--output=name']
  await until(`${crds.join(', ')} are served`, async () => kubectl(ask).then(() => true))
}
