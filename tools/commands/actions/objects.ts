import { type Rendered, type RenderOptions, render } from '../../chart/render.ts'
import { check, type File } from '../../check/check.ts'
import { formats } from '../../check/formats.ts'
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
    const wrong = await check(files, options)
    throw wrong.length > 0 ? new Error(formats.text(wrong)) : error
  }
}
