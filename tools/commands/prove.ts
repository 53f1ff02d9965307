import { randomInt } from 'node:crypto'
import { constants, existsSync, statSync } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { type HelmVersion, helmVersions } from '../chart/helm.ts'
import { addOnsFor } from '../cluster/addons/addons.ts'
import { programsOf } from '../cluster/cluster.ts'
import { keep } from '../cluster/keep.ts'
import { networkOf } from '../cluster/network/network.ts'
import { nodeNames } from '../cluster/network/nodes.ts'
import { insideSandbox, runInSandbox } from '../cluster/sandbox/sandbox.ts'
import { colors, errorColors } from '../colors.ts'
import type { Judgement } from '../doors/door.ts'
import { doorsOf } from '../doors/doors.ts'
import { textOf } from '../doors/table.ts'
import { accountOf, forgottenLines } from '../prove/account.ts'
import { estimateOf } from '../prove/estimate.ts'
import { allObjects, type Plan, planOf } from '../prove/plan.ts'
import { prove, type Sources } from '../prove/prove.ts'
import { type Result, version } from '../prove/result.ts'
import type { Sample } from '../prove/sample.ts'
import { tables } from '../prove/table.ts'
import type { Source } from '../prove/values.ts'
import { exitCodes, verdictOf } from '../prove/verdict.ts'
import { called, callersFolder, examplesOf } from '../root.ts'
import { print } from './print.ts'
import { prepared, thisCommand } from './sandboxed.ts'
import { Copies, handedIn, type ValuesFiles, valuesFiles } from './values-files.ts'
import { collect, type ValuesOptions, withValuesOptions } from './values-options.ts'

interface Options extends ValuesOptions {
  values: string[]
  only: string[]
  from?: string[]
  helmVersion?: HelmVersion
  strict?: true
  keep?: true
  json?: true
  pcap?: string
  sample?: number
  seed?: number
}

/** Shows with packets, before values touch a cluster, who gets through each door that they open. */
export const command = proveCommand(called('prove'))

/**
 * A command that proves values files.
 * @param name what the user types
 * @param always files that come before those that the user names
 */
export function proveCommand(name: string, always: readonly string[] = []): Command {
  return withValuesOptions(
    new Command(name)
      .description(
        'Starts a Kubernetes cluster in a sandbox that owns the very addresses of the values, installs them with the ' +
          'chart, and tries every door of every proxy: from both ends of each source range, from just outside of it, and as an intruder. Exit code 0: all is as the values say; 1: it is not; 2: it could not be proved, as where values are refused. Needs Linux, and neither root nor Docker.',
      )
      .argument('[file...]', 'values files, merged as Helm merges them; - is standard input')
      .option('-f, --values <file>', 'one more values file, as for Helm; may be repeated', collectFiles, []),
  )
    .option('--only <name>', 'try this proxy alone, by its key in the values; may be repeated', collect, [])
    .option('--sample <knocks>', 'try so many at random, and who should get in beside them', wholeNumber)
    .option('--seed <number>', 'the same picks the same at random', wholeNumber)
    .option(
      '--from <old>',
      'install this first, and upgrade: a file, or a git revision, HEAD~1 of the files or HEAD~1:FILE; may be repeated',
      collect,
    )
    .addOption(new Option('--helm-version <version>', 'install with this Helm').choices(helmVersions))
    .option('--strict', 'exit with 1 also where something could not be tried, or is open and not held')
    .option('--keep', 'leave the cluster up until Ctrl-C and say how to use kubectl and helm in it')
    .option('--json', 'print the result as JSON, as tools/prove/prove.schema.json describes it')
    .option('--pcap <dir>', 'write a capture of each try that was refused or failed (needs Python)')
    .addHelpText(
      'after',
      examplesOf(
        'prove',
        'examples/app1-to-app2.yaml --set proxies.myapp-proxy.service.inCluster=true',
        'examples/app1-to-app2.yaml --json',
      ),
    )
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
    .action(async (files: string[], options: Options) => {
      process.exitCode = await main([...always, ...files, ...options.values], options)
      // In the sandbox components still run: they end with this process.
      if (insideSandbox()) process.exit()
    })
}

// --- utils ---

/** Helm takes several in one word, too. */
function collectFiles(value: string, before: string[] = []): string[] {
  return [...before, ...value.split(',')]
}

/** Gives the exit code: 2, with the error's words, where it could not be proved. */
async function main(files: readonly string[], options: Options): Promise<number> {
  const copies = new Copies()
  try {
    const captures = options.pcap && (await captureFolder(options.pcap))
    if (files.length === 0) throw new Error('name a values file')
    const { set, setString, setJson, helmVersion: helm } = options
    const paths = await valuesFiles(files, options.from, copies)
    const source: Source = { files: paths.now, set, setString, setJson, ...(helm && { helm }) }
    const from = paths.old && { ...source, files: paths.old }
    const sample = sampleOf(options)
    const plan = await planOf(source, { only: options.only, nodes: nodeNames, sample, from })
    if (insideSandbox()) return await proved({ source, from }, plan, options, captures)
    return await sandboxed(plan, paths, options, sample)
  } catch (error) {
    const message = copies.named(error instanceof Error ? error.message : String(error))
    console.error(errorColors.red(message))
    const failed: Result = { version, verdict: 'not proved', why: [message], rows: [], notTried: [] }
    if (options.json) await print(JSON.stringify(failed, null, 2))
    return exitCodes['not proved']
  } finally {
    await copies.remove()
  }
}

/** The text of an option as a number. @throws InvalidArgumentError where it is none */
function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text)
  throw new InvalidArgumentError('Write a number from 1 on.')
}

/** What to pick at random; by a seed of its own where none is given. */
const sampleOf = ({ sample: size, seed = randomInt(1, 1_000_000) }: Options): Sample | undefined =>
  size === undefined ? undefined : { size, seed }

/** How much there is to try, and of a random part how to have it again. */
function announcement(plan: Plan, sample: Sample | undefined): string {
  const { tries, seconds } = estimateOf(plan)
  const part = sample ? ` A random part: --sample ${sample.size} --seed ${sample.seed}.` : ''
  return `About ${tries} tries, about ${seconds} s once all is built.${part}`
}

/** Where captures go: said before anything starts where they can't. */
async function captureFolder(folder: string): Promise<string> {
  const path = resolve(callersFolder, folder)
  if (existsSync(path) && !statSync(path).isDirectory()) throw new Error(`--pcap ${folder}: it is no folder`)
  try {
    await makeFolder(path)
    await access(path, constants.W_OK)
  } catch (error) {
    const why = error instanceof Error ? error.message : error
    throw new Error(`--pcap ${folder}: nothing can be written there: ${why}`)
  }
  return path
}

/** Not by mkdir's own recursion, which never ends in /proc (Node 20). */
async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return
  await makeFolder(dirname(path))
  await mkdir(path)
}

/** Outside: says what the objects let in, sees to what is needed, then runs this same command in a sandbox. */
async function sandboxed(plan: Plan, files: ValuesFiles, options: Options, sample?: Sample): Promise<number> {
  console.error(announcement(plan, sample))
  if (!options.json) await print(`${textOf(judgementOf(plan))}\n\n${colors.bold(announced)}\n`)
  const names = programsOf(addOnsFor(allObjects(plan)))
  const user = await prepared(names, { capture: options.pcap !== undefined })
  const seed = sample ? ['--seed', String(sample.seed)] : []
  return runInSandbox([...thisCommand(), ...seed], user, handedIn(files))
}

const announced = 'This is what the objects let in. Now packets say whether it is so.'

/** What the judge, who did not write the objects, says of the proxies that are tried. */
function judgementOf({ objects, proxies }: Plan): Judgement {
  const { doors, problems } = doorsOf(objects)
  const names = proxies.map(({ name }) => name)
  return { doors: doors.filter(({ service }) => names.includes(service.split('/')[1] ?? '')), problems }
}

/** Inside: proves, prints, and gives the exit code. */
async function proved(sources: Sources, plan: Plan, options: Options, folder?: string): Promise<number> {
  const begin = Date.now()
  const network = networkOf(plan.machines, plan.asked)
  const { rows, complaints, captures, cluster, ...proof } = await prove(sources, plan, network, folder)
  if (folder) console.error(`${captures} captures in ${options.pcap}`)
  const judged = judgementOf(plan)
  const account = accountOf(judged.doors, plan, proof.knocked)
  const all = [...plan.notTried, ...(options.sample ? [] : forgottenLines(account)), ...proof.notTried]
  const notTried = all.map(({ proxy, what, why }) => ({ proxy, what, why }))
  const verdict = verdictOf(rows, { ...plan, notTried }, { complaints, strict: options.strict === true })
  const result: Result = {
    version,
    ...verdict,
    rows,
    notTried,
    invented: plan.gateways,
    ...(options.seed && { seed: options.seed }),
    doors: { found: account.found, tried: account.tried, notTried: account.found - account.tried },
    judged,
    started: cluster.timings,
    seconds: (Date.now() - begin) / 1000,
  }
  await print(
    options.json ? JSON.stringify(result, null, 2) : tables(rows, { ...plan, notTried, account }, verdict),
  )
  const exitCode = exitCodes[verdict.verdict]
  if (options.keep) {
    console.error(await keep(cluster, exitCode))
    await cluster.failure()
  }
  return exitCode
}
