import { execa } from 'execa'
import { findKubectl } from '../../chart/helm.ts'

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

/** Applies objects, server-side. */
export async function apply(kubectl: Kubectl, items: readonly object[]): Promise<void> {
  await kubectl(['apply', '--server-side', '--filename=-'], { input: listOf(items) })
}

/** Waits until the API server serves the kinds of these CRDs. */
export async function established(kubectl: Kubectl, crds: readonly string[]): Promise<void> {
  await kubectl(['wait', '--for=condition=Established', ...crds.map((name) => `crd/${name}`)])
}
