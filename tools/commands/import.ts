import { resolve } from 'node:path'
import { Command } from 'commander'
import { RefusedError } from '../chart/render.ts'
import { errorColors } from '../colors.ts'
import { writeWhole } from '../files.ts'
import { inputsOf } from '../import/from-cluster.ts'
import { type Input, imported } from '../import/import.ts'
import { called, callersFolder, examplesOf } from '../root.ts'
import { clusterObjects } from '../sources/cluster.ts'
import { contentOf } from '../sources/files.ts'
import { objectsOfValues } from '../sources/values.ts'
import { run } from './run.ts'

interface Options {
  fromCluster?: true
  namespace: string
  output?: string
}

/** Makes values of what stands in for the chart today. */
export const command = new Command(called('import'))
  .description(
    'Makes a values file of manifests written by hand (Services with Endpoints or EndpointSlices, Ingresses of any ' +
      'version, HTTPProxies, routes of the Gateway API), also with wrong indents and typing errors, or of the values ' +
      'of another chart for the same purpose. All that was corrected, was left out or is for a person to decide is ' +
      'named with its line, as comments above the values; then the chart says what it refuses of them. Exit code 2 ' +
      'when there is nothing to make values of.',
  )
  .argument('[file...]', 'manifests or values; - is standard input')
  .option('--from-cluster', 'read the current context, which is only read')
  .option('-n, --namespace <name>', 'the namespace to read there', 'default')
  .option('-o, --output <file>', 'where the values go; left out, standard output')
  .addHelpText(
    'after',
    examplesOf('import', 'service.yaml ingress.yaml -o values.yaml', '--from-cluster -n edge -o values.yaml'),
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action((files: string[], options: Options) =>
    run(async () => {
      const { values, proxies, findings } = imported(await inputs(files, options))
      if (proxies === 0)
        throw new Error(
          [
            'no Service without a selector is there',
            ...findings.map(({ file, line, message }) => `${file}:${line}: ${message}`),
          ].join('\n'),
        )
      if (options.output) await writeWhole(resolve(callersFolder, options.output), values)
      else process.stdout.write(values)
      const count = (what: string) => findings.filter((one) => one.what === what).length
      console.error(
        `${proxies} ${proxies === 1 ? 'proxy' : 'proxies'}; ${count('corrected')} corrected, ${count('left out')} left out, ${count('decide')} to decide: see the comments above the values`,
      )
      for (const problem of await refusals(values)) console.error(errorColors.red(problem))
      return 0
    }, 2),
  )

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
