import { type Rendered, render } from '../../chart/render.ts'
import type { RenderOptions } from '../../chart/template.ts'
import type { File } from '../../check/check.ts'
import { temporaryFiles } from '../../sources/values.ts'

/**
 * What the chart makes of values files, merged in this order.
 * @throws Error with what `check` says of them, where it finds anything
 */
export async function rendered(files: readonly File[], options: RenderOptions): Promise<Rendered> {
  const named = files.map(({ name, bytes }) => ({ name, content: bytes }))
  try {
    return await temporaryFiles(named, (paths) => render(paths, options))
  } catch (error) {
    // They take as long to load as all else, and mostly nothing is wrong.
    const [{ check }, { formats }] = await Promise.all([
      import('../../check/check.ts'),
      import('../../check/formats.ts'),
    ])
    const wrong = await check(files, options)
    throw wrong.length > 0 ? new Error(formats.text(wrong)) : error
  }
}
