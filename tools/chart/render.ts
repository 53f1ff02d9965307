import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { loadAll } from 'js-yaml'
import { cache, root } from '../root.ts'
import { cached } from './cache.ts'
import { findHelm, type HelmVersion } from './helm.ts'
import { type SetOptions, setArguments } from './merged-values.ts'
import type { Kinds, KubernetesObject } from './objects.ts'
import { type Problem, parseProblems } from './problems.ts'

/** The chart's folder. */
export const chart = join(root, 'charts', 'external-service-proxy')

export interface RenderOptions extends SetOptions {
  /** The Helm of an npm package; left out, as {@link findHelm} finds it. */
  helm?: HelmVersion
  release?: string
  namespace?: string
  /** The version of Kubernetes that Helm takes the cluster to have. */
  kubeVersion?: string
}

export interface Rendered {
  /** Helm's output, byte for byte. */
  text: string
  objects: KubernetesObject[]
  /** The object of that kind and name. Throws, naming what there is, where it is missing. */
  get<K extends keyof Kinds>(kind: K, name: string): Kinds[K]
  /** Every object of that kind, in the order of the output. */
  list<K extends keyof Kinds>(kind: K): Kinds[K][]
}

/** Values that the schema or a check refuses: every problem, in Helm's order. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  readonly problems: Problem[]
  constructor(problems: Problem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'))
    this.problems = problems
  }
}

/**
 * Runs `helm template` on the chart, for one fixed version of Kubernetes. What it gave, or refused, once for the
 * same chart, values, options and Helm is kept under .cache and given again.
 * @param values values as an object, or the paths of values files, merged as `helm -f a -f b` merges them
 * @throws RefusedError where the schema or a check refuses the values
 * @throws Error with Helm's own words where it fails otherwise
 */
export async function render(values: object | string[], options: RenderOptions = {}): Promise<Rendered> {
  const given = await template(values, options)
  if ('problems' in given) throw new RefusedError(given.problems)
  return parsed(given.text)
}

/**
 * Why the schema or a check refuses values, in Helm's order; nothing where they are right.
 * @param files the paths of values files
 * @throws Error with Helm's own words where it fails otherwise
 */
export async function refusals(files: string[], options: RenderOptions = {}): Promise<Problem[]> {
  const given = await template(files, options)
  return 'problems' in given ? given.problems : []
}

/** The objects of a YAML text, those of a List one by one. */
export const objectsOf = (text: string): KubernetesObject[] =>
  (loadAll(text) as (KubernetesObject | { kind: 'List'; items: KubernetesObject[] } | null)[]).flatMap(
    (object) => (object === null ? [] : object.kind === 'List' ? object.items : [object]),
  )

// --- utils ---

type Given = { text: string } | { problems: Problem[] }

async function template(values: object | string[], options: RenderOptions): Promise<Given> {
  const helm = await findHelm(options.helm)
  const files = Array.isArray(values) ? values : ['-']
  // Without an end of line Helm 4.1 loses a line of n × 4096 bytes, and renders no values at all.
  const input = Array.isArray(values) ? '' : `${JSON.stringify(values)}\n`
  const args = [
    'template',
    options.release ?? 'release',
    chart,
    `--kube-version=${options.kubeVersion ?? '1.37.0'}`,
    '--namespace',
    options.namespace ?? 'default',
    ...setArguments(options),
  ]
  const contents = Array.isArray(values)
    ? await Promise.all(values.map((file) => readFile(file, 'utf8')))
    : []
  const key = hash(JSON.stringify([helm, args, input, contents]))
  return cached(join(cache, 'render'), await chartHash(), key, () =>
    rendered(helm, [...args, ...files.flatMap((file) => ['--values', file])], input),
  )
}

function parsed(text: string): Rendered {
  const objects = objectsOf(text)
  const list = <K extends keyof Kinds>(kind: K) =>
    objects.filter((object): object is Kinds[K] & KubernetesObject => object.kind === kind)
  return {
    text,
    objects,
    list,
    get(kind, name) {
      const found = list(kind).find((object) => object.metadata?.name === name)
      if (found) return found
      const there = objects.map((object) => `${object.kind} ${object.metadata?.name}`).join(', ')
      throw new Error(`no ${kind} ${name} was rendered, only: ${there || 'nothing'}`)
    },
  }
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)

let chartContents: Promise<string> | undefined
/** Of every file of the chart; read once a process. */
function chartHash(): Promise<string> {
  chartContents ??= readdir(chart, { recursive: true, withFileTypes: true }).then(async (entries) => {
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    return hash(JSON.stringify(await Promise.all(paths.sort().map((path) => readFile(path, 'utf8')))))
  })
  return chartContents
}

/**
 * What Helm printed, or the problems for which it refused the values. It collects garbage less often than Go does by
 * itself: a quarter less of the processor, for half as much memory again. Throws where it failed otherwise.
 */
async function rendered(helm: string, args: readonly string[], input: string): Promise<Given> {
  const { exitCode, stdout, stderr, failed, message } = await execa(helm, args, {
    input,
    reject: false,
    stripFinalNewline: false,
    env: { GOGC: process.env.GOGC ?? '400' },
  })
  if (!failed) return { text: stdout }
  // Killed half-way it has no exit code, and may not have printed all.
  const problems = exitCode === undefined ? [] : parseProblems(stderr)
  if (problems.length > 0) return { problems }
  throw new Error(`helm ${args.join(' ')}\n${exitCode === undefined ? message : stderr}`)
}
