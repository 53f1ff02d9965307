import { randomInt } from 'node:crypto'
import { constants, existsSync, statSync } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { caller, complain, print } from '../../caller.ts'
import type { HelmVersion } from '../../chart/helm.ts'
import { addOnsFor } from '../../cluster/addons/addons.ts'
import { programsOf } from '../../cluster/cluster.ts'
import { keep } from '../../cluster/keep.ts'
import { networkOf } from '../../cluster/network/network.ts'
import { nodeNames } from '../../cluster/network/nodes.ts'
import { insideSandbox, runInSandbox } from '../../cluster/sandbox/sandbox.ts'
import { colors, errorColors } from '../../colors.ts'
import type { Judgement } from '../../doors/door.ts'
import { doorsOf } from '../../doors/doors.ts'
import { textOf } from '../../doors/table.ts'
import { accountOf, forgottenLines } from '../../prove/account.ts'
import { estimateOf } from '../../prove/estimate.ts'
import { allObjects, type Plan, planOf } from '../../prove/plan.ts'
import { prove, type Sources } from '../../prove/prove.ts'
import { type Result, version } from '../../prove/result.ts'
import type { Sample } from '../../prove/sample.ts'
import { tables } from '../../prove/table.ts'
import type { Source } from '../../prove/values.ts'
import { exitCodes, verdictOf } from '../../prove/verdict.ts'
import type { ValuesOptions } from '../values-options.ts'
import { prepared, thisCommand } from './sandboxed.ts'
import { Copies, handedIn, type ValuesFiles, valuesFiles } from './values-files.ts'

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

export async function act(files: string[], options: Options): Promise<number> {
  const exitCode = await main([...files, ...options.values], options)
  // In the sandbox components still run: they end with this process.
  if (insideSandbox()) process.exit(exitCode)
  return exitCode
}

// --- utils ---

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
    await complain(errorColors.red(message))
    const failed: Result = { version, verdict: 'not proved', why: [message], rows: [], notTried: [] }
    if (options.json) await print(JSON.stringify(failed, null, 2))
    return exitCodes['not proved']
  } finally {
    await copies.remove()
  }
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
  const path = resolve(caller().folder, folder)
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
  await complain(announcement(plan, sample))
  if (!options.json) await print(`${textOf(judgementOf(plan))}\n\n${colors.bold(announced)}\n`)
  const names = programsOf(addOnsFor(allObjects(plan)))
  const user = await prepared(names, { capture: options.pcap !== undefined })
  const seed = sample ? ['--seed', String(sample.seed)] : []
  return runInSandbox([...thisCommand(), ...seed], user, handedIn(files))
}

const announced = 'This is what the objects let in. Now packets say whether it is so.'

/** What the judge, who did not write the objects, says of the proxies that are tried. */
function judgementOf({ objects, proxies }: Plan): Judgement {
  const { doors, problems } = doorsOf(objects, { hasEndpoints: true })
  const names = proxies.map(({ name }) => name)
  return { doors: doors.filter(({ service }) => names.includes(service.split('/')[1] ?? '')), problems }
}

/** Inside: proves, prints, and gives the exit code. */
async function proved(sources: Sources, plan: Plan, options: Options, folder?: string): Promise<number> {
  const begin = Date.now()
  const network = networkOf(plan.machines, plan.asked)
  const { rows, complaints, captures, cluster, ...proof } = await prove(sources, plan, network, folder)
  if (folder) await complain(`${captures} captures in ${options.pcap}`)
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
    await complain(await keep(cluster, exitCode))
    await cluster.failure()
  }
  return exitCode
}
