import { mergedValues } from '../chart/merged-values.ts'
import type { Problem } from '../chart/problems.ts'
import { refusals } from '../chart/render.ts'
import type { RenderOptions } from '../chart/template.ts'
import { temporaryFiles } from '../sources/values.ts'
import { spanOf } from './go-yaml.ts'
import { read } from './read.ts'
import { setSource } from './set-source.ts'
import { placeOf, type SourceText } from './source.ts'
import type { Wrong } from './wrong.ts'

/** A values file by the name that the user gave it. */
export interface File {
  name: string
  bytes: Uint8Array
}

type Options = Pick<RenderOptions, 'set' | 'setString' | 'setJson'>

/**
 * Every problem of values, where it was written. Helm and the chart say what is wrong: here it is only found in the
 * files, and what the schema says put into words.
 * @param files values files, merged in this order as Helm merges them
 * @throws Error where Helm fails for another reason than the values
 */
export async function check(files: readonly File[], options: Options = {}): Promise<Wrong[]> {
  return temporaryFiles(
    files.map(({ name, bytes }) => ({ name, content: bytes })),
    async (paths) => {
      // Helm works in its own process meanwhile.
      const helm = refusals(paths, options).then(
        (problems) => ({ problems }),
        (error: Error) => ({ error }),
      )
      const reads = files.map(({ name, bytes }) => read(name, bytes))
      const said = await helm
      const unread = reads.flatMap(({ wrong }) => wrong)
      if (unread.length > 0) return unread
      const sources = [...reads.map(({ source }) => source), ...setSources(options)]
      if ('error' in said) return [unparsed(said.error, paths, sources)]
      return placed(said.problems, sources, () => mergedValues(paths, options))
    },
  )
}

// --- utils ---

/** In the order in which Helm takes them. */
const setSources = ({ setJson = [], set = [], setString = [] }: Options): SourceText[] => [
  ...setJson.map((expression) => setSource('--set-json', expression)),
  ...set.map((expression) => setSource('--set', expression)),
  ...setString.map((expression) => setSource('--set-string', expression)),
]

/** What the schema says too, and more of it: which names and values are allowed. */
const isOfSchema = ({ code }: Problem) => ['schema', 'value-form', 'value-unknown'].includes(code)

async function placed(
  problems: readonly Problem[],
  sources: readonly SourceText[],
  merged: () => Promise<unknown>,
): Promise<Wrong[]> {
  // Its validator takes long to load, and mostly has nothing to say.
  const schema = problems.some(isOfSchema) ? await import('./schema-problems.ts') : undefined
  const bySchema = schema ? schema.schemaProblems(await merged()) : []
  const others = bySchema.length > 0 ? problems.filter((problem) => !isOfSchema(problem)) : problems
  const found = [...bySchema, ...others.map((problem) => ({ ...problem, part: 'value' as const }))]
  const wrong = found.map(({ part, ...problem }) => ({
    ...problem,
    place: placeOf(sources, problem.path === '(root)' ? '' : problem.path, part),
  }))
  const order = ({ place }: Wrong) => (place ? sources.indexOf(place.source) : -1)
  const start = ({ place }: Wrong) => place?.span[0] ?? -1
  return together(wrong).sort((one, other) => order(one) - order(other) || start(one) - start(other))
}

/** One of those that stand at the same place for the same reason. */
function together(wrong: readonly Wrong[]): Wrong[] {
  const byPlace = new Map<string, Wrong>()
  for (const one of wrong) {
    const { place, code, message, path } = one
    const key = JSON.stringify([place?.source.name, place?.span, code, message])
    const before = byPlace.get(key)
    if (before) before.also = [...(before.also ?? []), path]
    else byPlace.set(key, one)
  }
  return [...byPlace.values()]
}

/**
 * Where Helm itself can't read a file, although it looks right: it names the file, and mostly the line.
 * @throws the error where it is of another sort
 */
function unparsed(error: Error, paths: readonly string[], sources: readonly SourceText[]): Wrong {
  const { file, line, message } =
    /failed to parse (?<file>\S+): .*?(?:yaml|json): (?:line (?<line>\d+): )?(?<message>.+)/.exec(
      error.message,
    )?.groups ?? {}
  const source = sources[paths.indexOf(file ?? '')]
  if (!source) throw error
  return {
    path: '(root)',
    message: `Helm can't read it: ${message}`,
    code: 'yaml',
    place: {
      source,
      span: spanOf(source.text, line === undefined ? undefined : Number(line), message ?? ''),
    },
  }
}
