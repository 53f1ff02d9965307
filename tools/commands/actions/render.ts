import { print } from '../../caller.ts'
import type { HelmVersion } from '../../chart/helm.ts'
import { render } from '../../chart/render.ts'
import { bytesOf } from '../../sources/files.ts'
import { temporaryFiles } from '../../sources/values.ts'
import type { ValuesOptions } from '../values-options.ts'

interface Options extends ValuesOptions {
  namespace?: string
  release?: string
  helmVersion?: HelmVersion
}

export async function act(files: string[], { helmVersion: helm, ...options }: Options): Promise<number> {
  const named = files.map(async (name) => ({ name, content: await bytesOf(name) }))
  const { text } = await temporaryFiles(await Promise.all(named), (paths) =>
    render(paths, { ...options, ...(helm && { helm }) }),
  )
  await print(text.trimEnd())
  return 0
}
