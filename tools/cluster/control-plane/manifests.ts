import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadAll } from 'js-yaml'
import { manifestsFile } from '../../programs/programs.ts'
import { apply, type Kubectl } from './kubectl.ts'

/** What a kubelet would run, which the harness starts itself, and the webhooks those pods would serve. */
const notApplied = new Set([
  ...['Deployment', 'DaemonSet', 'StatefulSet', 'Job'],
  ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
])

export interface Manifest {
  kind: string
  metadata: { name: string }
  spec?: object
}

/**
 * Applies a program's own released manifests: its namespace, CRDs, ServiceAccounts, RBAC and Services.
 * @param folder the programs and manifests
 * @param change makes of an object the one to apply
 */
export async function applyManifests(
  kubectl: Kubectl,
  folder: string,
  change = (object: Manifest): object => object,
): Promise<void> {
  const objects = loadAll(await readFile(join(folder, manifestsFile), 'utf8')) as (Manifest | null)[]
  const applied = objects.filter((object) => object !== null).filter(({ kind }) => !notApplied.has(kind))
  await apply(kubectl, applied.map(change))
}
