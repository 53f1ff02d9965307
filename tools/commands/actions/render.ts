import { print } from '../../caller.ts'
import type { HelmVersion } from '../../chart/helm.ts'
import { filesOf } from '../../sources/files.ts'
import type { ValuesOptions } from '../values-options.ts'
import { rendered } from './objects.ts'

interface Options extends ValuesOptions {
  namespace?: string
  release?: string
  helmVersion?: HelmVersion
}

export async function act(names: string[], { helmVersion: helm, ...options }: Options): Promise<number> {
  const { text } = await rendered(await filesOf(names), { ...options, ...(helm && { helm }) })
  await print(text.trimEnd())
  return 0
}
