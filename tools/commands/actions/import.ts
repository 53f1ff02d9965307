import { complain } from '../../caller.ts'
import { RefusedError } from '../../chart/render.ts'
import { errorColors } from '../../colors.ts'
import { writeOutput } from '../../files.ts'
import { inputsOf } from '../../import/from-cluster.ts'
import { type Input, imported } from '../../import/import.ts'
import { clusterObjects } from '../../sources/cluster.ts'
import { contentOf } from '../../sources/files.ts'
import { objectsOfValues } from '../../sources/values.ts'

interface Options {
  fromCluster?: true
  namespace: string
  output?: string
}

export async function act(files: string[], options: Options): Promise<number> {
  const { values, proxies, findings } = imported(await inputs(files, options))
  if (proxies === 0)
    throw new Error(
      [
        'no Service without a selector is there',
        ...findings.map(({ file, line, message }) => `${file}:${line}: ${message}`),
      ].join('\n'),
    )
  await writeOutput(options.output, values)
  const count = (what: string) => findings.filter((one) => one.what === what).length
  await complain(
    `${proxies} ${proxies === 1 ? 'proxy' : 'proxies'}; ${count('corrected')} corrected, ${count('left out')} left out, ${count('decide')} to decide: see the comments above the values`,
  )
  for (const problem of await refusals(values)) await complain(errorColors.red(problem))
  return 0
}

// --- utils ---

async function inputs(files: readonly string[], { fromCluster, namespace }: Options): Promise<Input[]> {
  if (fromCluster) return inputsOf((await clusterObjects()).objects, namespace)
  if (files.length === 0) throw new Error('name a file, or --from-cluster')
  return Promise.all(files.map(async (file) => ({ file, text: await contentOf(file) })))
}

/** What the chart says of the values; nothing where there is no Helm to ask. */
async function refusals(values: string): Promise<string[]> {
  try {
    await objectsOfValues([{ name: 'the values', content: values }], {})
    return []
  } catch (error) {
    if (error instanceof RefusedError)
      return error.problems.map(({ path, message }) => `the chart refuses ${path}: ${message}`)
    throw error
  }
}
