import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'

/** The part of a CustomResourceDefinition that is read here. */
interface CustomResourceDefinition {
  metadata: { name: string }
  spec: {
    group: string
    names: { kind: string }
    versions: { name: string; served: boolean; schema: { openAPIV3Schema: { properties?: object } } }[]
  }
}

/** A kind that the chart may write and Kubernetes itself does not have. */
export interface Crd {
  kind: string
  definition: CustomResourceDefinition
}

let all: Promise<readonly Crd[]> | undefined

/** Every CRD of the kinds that the chart writes, as their projects release them. */
export function crds(): Promise<readonly Crd[]> {
  all ??= readAll()
  return all
}

// --- utils ---

async function readAll(): Promise<Crd[]> {
  const folder = fileURLToPath(new URL('crds', import.meta.url))
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml'))
  return Promise.all(
    names.map(async (name) => {
      const definition = load(await readFile(join(folder, name), 'utf8')) as CustomResourceDefinition
      return { kind: definition.spec.names.kind, definition }
    }),
  )
}
