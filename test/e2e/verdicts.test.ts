import { isIPv4, isIPv6 } from 'node:net'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { execa } from 'execa'
import { beforeAll, expect, it } from 'vitest'
import { values as schema } from '../../schema/index.ts'
import { withNulls } from '../../schema/nulls.ts'
import { findHelm, helmVersions } from '../../tools/chart/helm.ts'
import { parseProblems, pathOfPointer } from '../../tools/chart/problems.ts'
import { chart } from '../../tools/chart/render.ts'
import { helmSchema } from '../../tools/generate/helm-schema.ts'
import { builtFolders } from '../../tools/programs/build.ts'
import { fc, seed } from '../fast-check.ts'
import { noted } from '../figures.ts'
import { type Sample, sampleOf } from '../generated/arbitraries.ts'
import { own } from '../generated/pools.ts'
import { stepAway } from '../generated/step-away.ts'

/** How many samples all are asked of; before a release, 20000. */
const goal = Number(process.env.VERDICT_SAMPLES ?? 150)

const ajv = new Ajv({ strict: false, allErrors: true })
ajv.addFormat('ipv4', isIPv4)
ajv.addFormat('ipv6', isIPv6)
ajv.addFormat('hostname', /^[^_\s]+$/)
/** What Helm reads of the schema, and all of it: the chart itself judges the rest, in words. */
const byHelm = ajv.compile(withNulls(helmSchema(schema)))
const byAll = ajv.compile(withNulls(schema))

/** The path of each Helm by its version. */
const helms = new Map<string, string>()

beforeAll(async () => {
  for (const version of helmVersions) helms.set(version, await findHelm(version))
  const folders = await builtFolders()
  helms.set('3.22', join(folders['helm-3'], 'helm')).set('4.3', join(folders['helm-4'], 'helm'))
})

it(`ajv and every Helm say the same of ${goal} samples, and render the same bytes`, {
  timeout: 3_600_000,
}, async () => {
  console.log(`seed ${seed}: GENERATED_SEED=${seed} tries the same again`)
  const disagreements: string[] = []
  let [asked, accepted] = [0, 0]
  for (let round = 0; asked < goal; round++) {
    const count = Math.min(300, goal - asked)
    const some = fc.array(stepAway(sampleOf(schema)), { minLength: count, maxLength: count })
    const [samples = []] = fc.sample(fc.noBias(some), { numRuns: 1, seed: seed + round })
    const result = await compared(new Map(samples.map((sample, index) => [`s${index}-`, sample])))
    disagreements.push(...result.disagreements.map((words) => `seed ${seed + round}: ${words}`))
    asked += count
    accepted += result.accepted
  }
  await noted(
    'verdicts',
    `${disagreements.length} disagreements on ${asked} samples, of which ${accepted} are accepted`,
  )
  expect(disagreements).toEqual([])
  expect(accepted).toBeGreaterThan(0)
  expect(accepted).toBeLessThan(asked)
})

// --- utils ---

/** What one Helm says: the documents, or of each sample why it is refused. */
type Verdict =
  | { documents: string[] }
  | { refused: Map<string, string[]>; bySchema: boolean; isShortened: boolean }

/**
 * Asks all of all samples at once, takes away those that all refuse, and asks again, until what is left is rendered: the
 * schema's problems are said before any check's.
 */
async function compared(
  samples: Map<string, Sample>,
): Promise<{ disagreements: string[]; accepted: number }> {
  const disagreements: string[] = []
  let left = samples
  while (left.size > 0) {
    const values = together(left)
    const verdicts = await Promise.all(
      [...helms].map(async ([version, helm]) => [version, await verdictOf(helm, values)] as const),
    )
    // Of more than twenty alike the chart says how many more there are, and not of which samples.
    if (left.size > 1 && verdicts.some(([, verdict]) => 'refused' in verdict && verdict.isShortened)) {
      const [some, others] = halves(left)
      const [first, second] = [await compared(some), await compared(others)]
      return {
        disagreements: [...disagreements, ...first.disagreements, ...second.disagreements],
        accepted: first.accepted + second.accepted,
      }
    }
    const all = verdicts.map(([version, verdict]) => [version, wordsOf(verdict)] as const)
    const [[first, expected] = ['', '']] = all
    for (const [version, words] of all)
      if (words !== expected)
        disagreements.push(`Helm ${version} is not as ${first}: ${difference(expected, words)}`)
    const out = new Set(
      verdicts.flatMap(([, verdict]) => ('refused' in verdict ? [...verdict.refused.keys()] : [])),
    )
    const bySchema = verdicts.some(([, verdict]) => 'refused' in verdict && verdict.bySchema)
    const refused = refusedBy(bySchema ? byHelm : byAll, values)
    const said = bySchema ? [...out].sort().join() : malformed(verdicts.map(([, verdict]) => verdict))
    if (said !== refused) disagreements.push(`ajv is not as Helm: ${difference(said, refused)}`)
    if (out.size === 0) return { disagreements, accepted: left.size }
    left = new Map([...left].filter(([name]) => !out.has(name)))
  }
  return { disagreements, accepted: 0 }
}

const halves = (samples: Map<string, Sample>) => {
  const all = [...samples]
  const half = Math.ceil(all.length / 2)
  return [new Map(all.slice(0, half)), new Map(all.slice(half))] as const
}

const together = (samples: Map<string, Sample>): Sample => {
  const all = [...samples].map(
    ([name, sample]): Sample => JSON.parse(JSON.stringify(sample).replaceAll(own, name)),
  )
  return {
    proxies: Object.assign({}, ...all.map(({ proxies }) => proxies)),
    gateways: Object.assign({}, ...all.map(({ gateways }) => gateways)),
  }
}

const sampleAt = (path: string) => /^(?:proxies|gateways)\.(s\d+-)/.exec(path)?.[1] ?? path

async function verdictOf(helm: string, values: Sample): Promise<Verdict> {
  const args = ['template', 'release', chart, '--kube-version=1.37.0', '--namespace=default', '--values=-']
  const { stdout, stderr, failed } = await execa(helm, args, {
    input: `${JSON.stringify(values)}\n`,
    reject: false,
  })
  // From 4.3 on, Helm itself sets a blank line between the documents of one template.
  if (!failed) return { documents: stdout.split(/^---$/m).map((document) => document.trim()) }
  const problems = parseProblems(stderr)
  if (problems.length === 0) throw new Error(stderr.slice(0, 2000))
  const refused = new Map<string, string[]>()
  for (const { path, message, code } of problems) {
    const sample = sampleAt(path)
    refused.set(sample, [...(refused.get(sample) ?? []), `${path}: ${message} [${code}]`])
  }
  return {
    refused,
    bySchema: problems.some(({ code }) => code === 'schema'),
    isShortened: problems.some(({ message }) => /^\d+ more like these/.test(message)),
  }
}

/** The samples that ajv refuses, in one text. */
function refusedBy(validate: ValidateFunction, values: Sample): string {
  validate(values)
  const paths = (validate.errors ?? []).map(({ instancePath }) => sampleAt(pathOfPointer(instancePath)))
  return [...new Set(paths)].sort().join()
}

/** The samples of which the chart says that a form or a field is not as it must be, in one text. */
function malformed(verdicts: readonly Verdict[]): string {
  const names = verdicts.flatMap((verdict) =>
    'documents' in verdict
      ? []
      : [...verdict.refused].flatMap(([name, words]) =>
          words.some((line) => /\[value-(form|unknown)\]$/.test(line)) ? name : [],
        ),
  )
  return [...new Set(names)].sort().join()
}

/** What must be the same in all: the documents, the checks' own words, and of the schema's only whose they are. */
function wordsOf(verdict: Verdict): string {
  if ('documents' in verdict) return verdict.documents.join('\n---\n')
  const names = [...verdict.refused.keys()].sort()
  if (verdict.bySchema) return names.join('\n')
  return names.flatMap((name) => verdict.refused.get(name) ?? []).join('\n')
}

/** The first line in which two texts are not the same. */
function difference(one: string, other: string): string {
  const [lines, others] = [one, other].map((text) => text.split(/\n|,(?=s\d)/))
  const index = (lines ?? []).findIndex((line, at) => line !== others?.[at])
  return `"${lines?.[index] ?? ''}", "${others?.[index] ?? ''}"`.slice(0, 600)
}
