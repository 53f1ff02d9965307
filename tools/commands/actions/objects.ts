import { type Rendered, render } from '../../chart/render.ts'
import type { RenderOptions } from '../../chart/template.ts'
import type { File } from '../../check/check.ts'
import { at, isMap } from '../../doors/things.ts'
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

/**
 * Refuses what is neither an object of Kubernetes nor values of the chart, which its schema would say of each key.
 * @throws Error that says what is there
 */
export async function refuseOthers(document: unknown, name: string): Promise<void> {
  if (!isMap(document))
    throw new Error(
      `${name}: neither Kubernetes objects nor values are there: of a page, or of what is for a shell, give the YAML alone`,
    )
  const keys = Object.keys(document)
  if (keys.length === 0 || Object.hasOwn(document, 'proxies')) return
  const [{ values }, { nearest }] = await Promise.all([
    import('../../../schema/index.ts'),
    import('../../check/nearest.ts'),
  ])
  const own = Object.keys(values.properties)
  // Of a name that is nearly right, and of an umbrella's, the check has more to say.
  const isMeant = (key: string) =>
    own.includes(key) || nearest(key, own) !== undefined || isMap(at(document[key], 'proxies'))
  if (!keys.some(isMeant))
    throw new Error(
      `${name}: neither Kubernetes objects nor values of this chart, which begin with proxies: it has ${keys.join(', ')}, as another chart's may`,
    )
}
