import { complain } from '../../caller.ts'
import type { Problem } from '../../chart/problems.ts'
import { RefusedError } from '../../chart/render.ts'
import { errorColors } from '../../colors.ts'
import { writeOutput } from '../../files.ts'
import { accepted } from '../../import/accepted.ts'
import { inputsOf } from '../../import/from-cluster.ts'
import type { Input } from '../../import/import.ts'
import { clusterObjects } from '../../sources/cluster.ts'
import { contentOf } from '../../sources/files.ts'
import { objectsOfValues } from '../../sources/values.ts'

interface Options {
  fromCluster?: true
  namespace: string
  output?: string
}

export async function act(files: string[], options: Options): Promise<number> {
  const read = await inputs(files, options)
  const { values, proxies, findings } = await accepted(read, options.namespace, problemsOf)
  const { length } = proxies
  if (length === 0)
    throw new Error(
      [
        'no Service without a selector is there',
        ...findings.map(({ file, line, message }) => `${file}:${line}: ${message}`),
      ].join('\n'),
    )
  await writeOutput(options.output, values)
  const count = (what: string) => findings.filter((one) => one.what === what).length
  await complain(
    `${length} ${length === 1 ? 'proxy' : 'proxies'}; ${count('corrected')} corrected, ${count('left out')} left out, ${count('decide')} to decide: see the comments above the values`,
  )
  return 0
}

// --- utils ---

async function inputs(files: readonly string[], { fromCluster, namespace }: Options): Promise<Input[]> {
  if (fromCluster && files.length > 0)
    throw new Error('--from-cluster reads no file: leave it out, or the files')
  if (fromCluster) return inputsOf(await objectsOfCluster(), namespace)
  if (files.length === 0) throw new Error('name a file, or --from-cluster')
  return Promise.all(files.map(async (file) => ({ file, text: await contentOf(file) })))
}

/** All of them: one that was not read could keep somebody out, and the values would let him in. */
async function objectsOfCluster(): Promise<unknown[]> {
  const { objects, notRead } = await clusterObjects()
  const lacking = notRead.filter(({ resource }) => resource !== 'nodes') // They are the judge's alone.
  if (lacking.length === 0) return objects
  const lines = lacking.map(({ resource, why }) => `${resource} could not be read: ${why}`)
  const cure =
    'so nothing is written: what was not read may keep somebody out. Ask for the right to list it, or import files (kubectl get … --output=yaml)'
  throw new Error([...lines, cure].join('\n'))
}

/** What the chart says of the values; nothing, with a word of it, where there is no Helm to ask. */
async function problemsOf(values: string): Promise<Problem[]> {
  try {
    await objectsOfValues([{ name: 'the values', content: values }], {})
    return []
  } catch (error) {
    if (error instanceof RefusedError) return error.problems
    await complain(
      errorColors.red(`the chart was not asked: ${error instanceof Error ? error.message : error}`),
    )
    return []
  }
}
