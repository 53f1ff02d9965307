import { readFile, rm } from 'node:fs/promises'
import { load } from 'js-yaml'
import pLimit from 'p-limit'
import { inject, vi } from 'vitest'
import { findHelm } from '../../tools/chart/helm.ts'
import type * as merging from '../../tools/chart/merged-values.ts'
import { type Problem, parseProblems } from '../../tools/chart/problems.ts'
import type * as helm from '../../tools/chart/template.ts'
import type { Given, RenderOptions } from '../../tools/chart/template.ts'
import { grouped } from '../../tools/doors/things.ts'
import { temporaryFile, temporaryFolder } from '../../tools/files.ts'

/*
 * All that is asked of Helm at the same time, as by tests that are concurrent, is asked in one run of it, which gives
 * each case a context of its own: most of what a run takes is to start Helm and to read the chart. Asked alone is that
 * in which Helm's own merge has a part: several files, a null, single values that are set; a file of YAML that is not
 * plain, and everything, where ALONE is set. test/chart/company.test.ts holds what is said in company against what is said alone.
 */

/** As the real one. */
export const template: typeof helm.template = async (chart, values, options) => {
  const alone = () =>
    few(async () => (await vi.importActual<typeof helm>(asking)).template(chart, values, options))
  const own = laidOver(await textOf(values), options)
  return own ? asked({ field: 'values', own }, options, alone, givenOf) : alone()
}

/** As the real one. */
export const mergedValues: typeof merging.mergedValues = async (files, options = {}) => {
  const alone = () =>
    few(async () => (await vi.importActual<typeof merging>(merge)).mergedValues(files, options))
  const own = ownOf(await textOf([...files]), options)
  if (!own) return alone()
  const { helm } = options
  return asked({ field: 'merged', own }, helm ? { helm } : {}, alone, ([document]) => textIn(document))
}

/** What NOTES say of values that are right. */
export async function notes(values: object, askedAlone: () => Promise<string>): Promise<string> {
  const alone = () => few(askedAlone)
  const own = laidOver(JSON.stringify(values), {})
  if (!own) return alone()
  const read = (documents: readonly string[]): string =>
    textIn(documents.find((one) => one.startsWith('kind: Notes\n'))).trim()
  return asked({ field: 'values', own, notes: true }, { helm: '4.1' }, alone, read)
}

// --- utils ---

const asking = '../../tools/chart/template.ts'
const merge = '../../tools/chart/merged-values.ts'

/** So many processes at once: tests that are concurrent would start hundreds. */
const few = pLimit(2)

/** A map of values, or the plain YAML of one, which only Helm reads, with what it is laid over. */
type Own = { map: object } | { yaml: string; defaults: object }

/** What the chart of the company is told of a case. */
interface Case {
  field: 'values' | 'merged'
  own: Own
  notes?: true
}

interface Asked {
  one: Case
  options: RenderOptions
  /** The documents of its own, or what the schema says of its values. */
  answered: (documents: string[]) => void
  refused: (problems: Problem[]) => void
  alone: () => Promise<void>
}

const waiting: Asked[] = []
let gathering: NodeJS.Timeout
/** What was asked before is not asked again. */
const before = new Map<string, Promise<unknown>>()

function asked<T>(
  one: Case,
  options: RenderOptions,
  alone: () => Promise<T>,
  read: (documents: string[]) => T,
): Promise<T> {
  const key = JSON.stringify([one, options])
  const known = before.get(key) as Promise<T> | undefined
  if (known) return known
  const answer = new Promise<T>((resolve, reject) => {
    waiting.push({
      one,
      options,
      answered: (documents) => resolve(read(documents)),
      refused: (problems) => resolve({ problems } as T),
      alone: () => alone().then(resolve, reject),
    })
    gather()
  })
  before.set(key, answer)
  answer.catch(() => before.delete(key))
  return answer
}

/** Waits as long as this worker is busy, or hears from Helm what may make it ask more. */
function gather(): void {
  const due = performance.now() + 10
  clearTimeout(gathering)
  gathering = setTimeout(() => {
    const isLate = performance.now() > due + 10
    if (isLate || few.activeCount > 0) gather()
    else void together()
  }, 10)
}

/** So many share a run: Helm holds all at once. */
const most = 500

async function together(): Promise<void> {
  const all = waiting.splice(0)
  const helms = new Map<string | undefined, string>()
  for (const { helm } of all.map(({ options }) => options))
    if (!helms.has(helm)) helms.set(helm, await findHelm(helm))
  const companies = grouped(all, ({ options: { helm, kubeVersion } }) =>
    JSON.stringify([helms.get(helm), kubeVersion]),
  )
  for (const members of companies.values())
    for (let at = 0; at < members.length; at += most) await answer(members.slice(at, at + most))
}

/** What is in the values, or in their one file; undefined where there are several. */
async function textOf(values: object | readonly string[]): Promise<string | undefined> {
  if (!Array.isArray(values)) return JSON.stringify(values)
  return values.length === 1 ? readFile(values[0], 'utf8').catch(() => undefined) : undefined
}

/** Values as Helm hands them on, where it has nothing to merge, laid over these. */
function ownOf(
  text: string | undefined,
  options: RenderOptions,
  defaults: Record<string, unknown> = {},
): Own | undefined {
  const isSet = [options.set, options.setString, options.setJson].some((set) => set && set.length > 0)
  if (process.env.ALONE || isSet || text === undefined) return undefined
  const own = mapIn(text)
  if (!own || hasNull(own)) return undefined
  // The same over the chart's own: where a map is in the place of each map, and nowhere else, that is no merge.
  const isLaid = Object.entries(defaults).every(
    ([key, value]) => own[key] === undefined || isMap(own[key]) === isMap(value),
  )
  if (!isLaid) return undefined
  if (text.startsWith('{')) return { map: { ...defaults, ...own } }
  const others = Object.entries(defaults).filter(([key]) => own[key] === undefined)
  return isPlain(text, Object.keys(own)) ? { yaml: text, defaults: Object.fromEntries(others) } : undefined
}

const laidOver = (text: string | undefined, options: RenderOptions) =>
  ownOf(text, options, inject('company').defaults)

const isMap = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

function mapIn(text: string): Record<string, unknown> | undefined {
  try {
    const read = text.startsWith('{') ? JSON.parse(text) : load(text)
    return isMap(read) ? read : undefined
  } catch {
    return undefined
  }
}

const hasNull = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.values(value).some(hasNull))

/** Whether it can stand indented in a file of others: a block of these keys, without a text that ends where the file does. */
const isPlain = (yaml: string, keys: readonly string[]): boolean =>
  !/[\t\r\uFEFF]|^(%|---|\.\.\.)|[|>][-+\d]*\s*(#.*)?$/m.test(yaml) &&
  keys.every((key) => `\n${yaml}`.includes(`\n${key}:`))

/** Answers every member; alone where a template fails for one, and so for all. */
async function answer(members: readonly Asked[]): Promise<void> {
  const [first] = members
  if (!first || members.length === 1) return first?.alone()
  const { templateAnew } = await vi.importActual<typeof helm>(asking)
  const { helm: version, kubeVersion } = first.options
  const options = { ...(version && { helm: version }), ...(kubeVersion && { kubeVersion }) }
  const folder = await temporaryFolder()
  const file = await temporaryFile(folder, 'cases.yaml', `cases:\n${members.map(entryOf).join('')}`)
  const given = await few(() => templateAnew(inject('company').folder, [file], options)).catch(
    () => undefined,
  )
  await rm(folder, { recursive: true })
  if (given && 'text' in given) {
    const documents = documentsIn(given.text)
    for (const [index, { answered }] of members.entries()) answered(documents.get(index) ?? [])
    return
  }
  // The schema, which judges before anything is rendered, says whose problems it has found.
  const said = given && problemsOfEach(given.problems)
  if (!said) {
    const half = Math.ceil(members.length / 2)
    await answer(members.slice(0, half))
    return answer(members.slice(half))
  }
  // The order of several is another, in company.
  for (const [index, problems] of said)
    if (problems.length > 1) await members[index]?.alone()
    else members[index]?.refused(problems)
  return answer(members.filter((_, index) => !said.has(index)))
}

/** A case as an entry of the company's values. */
function entryOf({ one, options: { release = 'release', namespace = 'default' } }: Asked): string {
  const { field, own, ...said } = { release, namespace, ...one }
  if ('map' in own) return `- ${JSON.stringify({ ...said, [field]: own.map })}\n`
  const fields = (of: object) => Object.entries(of).map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
  const block = [...fields(own.defaults), ...own.yaml.split('\n')].map((line) => line && `    ${line}`)
  return `- ${[...fields(said), `${field}:`].join('\n  ')}\n${block.join('\n')}\n`
}

/** The documents of each case, in Helm's order. */
function documentsIn(text: string): Map<number, string[]> {
  const [, ...parts] = text.split(/^---\n# Source: .*\n# case: (\d+)\n/m)
  const found = new Map<number, string[]>()
  for (let at = 0; at < parts.length; at += 2) {
    const index = Number(parts[at])
    found.set(index, [...(found.get(index) ?? []), parts[at + 1] ?? ''])
  }
  return found
}

/** As Helm gives it of one case alone. */
function givenOf(documents: readonly string[]): Given {
  const refused = documents.find((one) => one.startsWith('kind: Refused\n'))
  if (refused) return { problems: parseProblems(` in the values:\n${textIn(refused)}`) }
  const text = documents.map((one) => `---\n# Source: external-service-proxy/templates/proxies.yaml\n${one}`)
  return { text: `${text.join('').trim()}\n` }
}

/** What a document of the company's own holds. */
const textIn = (document = '') => JSON.parse(/^text: (.*)$/m.exec(document)?.[1] ?? '')

/** The schema's problems of each case; undefined where one is of none. */
function problemsOfEach(problems: readonly Problem[]): Map<number, Problem[]> | undefined {
  const found = new Map<number, Problem[]>()
  for (const { path, message, code } of problems) {
    const { index, own } = /^cases\[(?<index>\d+)\]\.values(?:\.|$)(?<own>.*)/.exec(path)?.groups ?? {}
    if (index === undefined) return undefined
    const problem = {
      path: own || '(root)',
      message: message.replaceAll(`cases.${index}.values.`, ''),
      code,
    }
    found.set(Number(index), [...(found.get(Number(index)) ?? []), problem])
  }
  return found
}
