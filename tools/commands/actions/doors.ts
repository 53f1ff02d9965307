import { print } from '../../caller.ts'
import { asFiles, compare } from '../../doors/compare.ts'
import type { Options as JudgeOptions } from '../../doors/door.ts'
import { doorsOf } from '../../doors/doors.ts'
import { appliedOver, fixedProblems } from '../../doors/fixed.ts'
import { listenersBeside } from '../../doors/gateways.ts'
import { isWider } from '../../doors/requests.ts'
import { loadBalancers, presets } from '../../doors/servers.ts'
import { markdownOf, type Report, textOf } from '../../doors/table.ts'
import { clusterObjects } from '../../sources/cluster.ts'
import { areManifests, contentOf, documentsOf, oldContents } from '../../sources/files.ts'
import type { ValuesOptions } from '../values-options.ts'
import { refuseOthers, rendered } from './objects.ts'

interface Options extends ValuesOptions {
  manifests?: true
  live?: true
  against?: string[]
  controller: string[]
  node?: string[]
  namespace?: string
  format: keyof typeof formats
}

type Served = NonNullable<JudgeOptions['controllers']>[string]

/** The code of what is said of a kind that could not be read. */
const notRead = 'not-read'

/** The version of the JSON form, which doors.schema.json describes. */
const version = 1

/** A report in each form that it can be asked for in. */
export const formats = {
  table: textOf,
  markdown: markdownOf,
  json: (report: Report) => JSON.stringify({ version, ...report }, null, 2),
}

/** 1 where a door is wider than it was, or than it is said to be; 2 where that could not be seen of all. */
export async function act(files: string[], options: Options): Promise<number> {
  const report = await reportOf(files, options)
  await print(formats[options.format](report))
  if (report.changes?.some(isWider)) return 1
  return report.problems.some(({ code }) => code === notRead) ? 2 : 0
}

// --- utils ---

/** @throws Error where the text is not CLASS=PRESET, or names no preset. */
function served(value: string): [string, Served] {
  const [, name = '', preset = ''] = /^(.+)=([^=]+)$/.exec(value) ?? []
  const known = [...presets, ...loadBalancers].find((one) => one === preset)
  if (!name || !known)
    throw new Error(
      `--controller ${value}: write CLASS=PRESET, with one of ${[...presets, ...loadBalancers].join(', ')}`,
    )
  return [name, known]
}

async function reportOf(files: readonly string[], options: Options): Promise<Report> {
  const judge: JudgeOptions = {
    controllers: Object.fromEntries(options.controller.map(served)),
    ...(options.namespace && { namespace: options.namespace }),
    ...(options.node && { nodes: options.node }),
  }
  if (options.live) return live(files, options, judge)
  if (files.length === 0) throw new Error('name a values file, or --manifests FILE, or --live')
  const contents = await Promise.all(files.map(contentOf))
  const isRight = areManifests(contents.flatMap((content) => documentsOf(content, files.join(', '))))
  if (options.manifests && !isRight) throw new Error(`${files.join(', ')}: no Kubernetes object is there`)
  const { objects, hasEndpoints } = await objectsIn(contents, files, options)
  if (!options.against) {
    const { doors, problems } = doorsOf(objects, { ...judge, hasEndpoints })
    return { doors, problems }
  }
  const old = await objectsIn(await oldContents(files, options.against), options.against, options)
  const now = doorsOf(appliedOver(old.objects, objects, judge), { ...judge, hasEndpoints })
  return {
    doors: now.doors,
    problems: [...now.problems, ...fixedProblems(old.objects, objects, judge)],
    changes: compare(doorsOf(old.objects, { ...judge, hasEndpoints: old.hasEndpoints }), now),
  }
}

/** What is in the cluster; beside files, how it differs from them, for the Services that they have. */
async function live(files: readonly string[], options: Options, judge: JudgeOptions): Promise<Report> {
  if (options.against) throw new Error('--live is compared with the files: leave --against out')
  const { objects, nodes, notRead: lacking } = await clusterObjects()
  const found = doorsOf(objects, { nodes, ...judge, live: true })
  const unread = lacking.map(({ resource, why }) => ({
    code: notRead,
    object: resource,
    message: `it was not read, so it may open doors that are not here: ${why}`,
  }))
  const problems = [...found.problems, ...unread]
  if (files.length === 0) return { doors: found.doors, problems }
  const wanted = await objectsIn(await Promise.all(files.map(contentOf)), files, options)
  const beside = listenersBeside(objects, wanted.objects, judge)
  const said = doorsOf([...wanted.objects, ...beside], { ...judge, hasEndpoints: wanted.hasEndpoints })
  const now = asFiles({ ...found, problems }, said)
  return { doors: now.doors, problems, changes: compare(said, now) }
}

/** The objects in files: as they stand where they are Kubernetes objects, else what the chart makes of values. */
async function objectsIn(
  contents: readonly string[],
  names: readonly string[],
  options: Options,
): Promise<{ objects: unknown[]; hasEndpoints: boolean }> {
  const nameOf = (index: number) => names[index] ?? names.join(', ')
  const files = contents.map((content, index) => documentsOf(content, nameOf(index)))
  if (areManifests(files.flat())) {
    const values = files.findIndex((documents) => documents.length > 0 && !areManifests(documents))
    if (values >= 0)
      throw new Error(`${nameOf(values)}: no Kubernetes object is there, as in the other files`)
    return { objects: files.flat(), hasEndpoints: false }
  }
  for (const [index, documents] of files.entries())
    for (const document of documents) await refuseOthers(document, nameOf(index))
  const { set, setString, setJson, namespace } = options
  const values = contents.map((content, index) => ({ name: nameOf(index), bytes: Buffer.from(content) }))
  const made = await rendered(values, { set, setString, setJson, ...(namespace && { namespace }) })
  return { objects: made.objects, hasEndpoints: true }
}
