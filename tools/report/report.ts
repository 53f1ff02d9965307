import { type Rendered, render } from '../chart/render.ts'
import { check, type File } from '../check/check.ts'
import type { Wrong } from '../check/wrong.ts'
import { graphOf } from '../diagram/graph.ts'
import { svgOf } from '../diagram/svg.ts'
import type { Judgement } from '../doors/door.ts'
import { doorsOf } from '../doors/doors.ts'
import type { Html } from '../html.ts'
import type { Result } from '../prove/result.ts'
import { temporaryFiles } from '../sources/values.ts'
import { type Manifest, manifestsOf } from './manifests.ts'

/** What a page shows. */
export interface Report {
  /** The files, and expressions of `--set`, that the values are of. */
  sources: string[]
  wrong: Wrong[]
  /** What the chart makes of the values; none where they are refused. */
  made?: { manifests: Manifest[]; pictures: Pictures } & Judgement
  /** What packets said, where they were asked. */
  proof?: Result
}

/** The same for who has room, and for who has not. */
export interface Pictures {
  wide: Html
  narrow: Html
}

interface Options {
  set: readonly string[]
  setString: readonly string[]
  setJson: readonly string[]
}

/**
 * Asks Helm, the chart and the judge of values.
 * @param files values files, merged in this order as Helm merges them
 * @throws Error where Helm fails for another reason than the values
 */
export async function reportOf(files: readonly File[], options: Options): Promise<Report> {
  const wrong = await check(files, options)
  const sources = [...files.map(({ name }) => name), ...Object.values(options).flat()]
  if (wrong.length > 0) return { sources, wrong }
  const named = files.map(({ name, bytes }) => ({ name, content: bytes }))
  const rendered = await temporaryFiles(named, (paths) => render(paths, options))
  return { sources, wrong, made: await madeOf(rendered) }
}

// --- utils ---

async function madeOf({ text, objects }: Rendered): Promise<NonNullable<Report['made']>> {
  const judgement = doorsOf(objects, { hasEndpoints: true })
  const graph = graphOf(judgement)
  const pictures = { wide: await svgOf(graph), narrow: await svgOf(graph, 'down') }
  return { ...judgement, manifests: manifestsOf(text), pictures }
}
