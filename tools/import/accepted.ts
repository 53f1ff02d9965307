import type { Problem } from '../chart/problems.ts'
import { type Imported, type Input, imported, madeOf } from './import.ts'
import { Notes } from './notes.ts'
import { closeProxy, type ImportedProxy } from './services.ts'
import { close, closeBelow } from './ways.ts'

/**
 * Values that the chart takes, of what stands in for it today: what it refuses is closed, a way before its proxy, and
 * where that is of no help left out, each with the chart's own words.
 * @param namespace that of objects that name none
 * @param problemsOf what the chart says of a values file
 * @throws Error with file and line where a file can't be read
 */
export async function accepted(
  inputs: readonly Input[],
  namespace: string,
  problemsOf: (values: string) => Promise<readonly Problem[]>,
): Promise<Imported> {
  let made = imported(inputs, namespace)
  for (;;) {
    const problems = await problemsOf(made.values)
    if (problems.length === 0) return made
    const notes = new Notes()
    const gone = new Set<ImportedProxy>()
    const seen = new Set<unknown>()
    for (const problem of problems) {
      const named = made.proxies.filter(({ name }) => fieldsOf(problem.path, name) !== undefined)
      for (const proxy of named.length > 0 ? named : made.proxies)
        if (!mended(proxy, problem, seen, notes)) gone.add(proxy)
    }
    // What was led to a way that is closed now would go to a wider path.
    for (const { requests, ways } of made.readings) closeBelow(requests, ways, notes)
    const left = made.proxies.filter((one) => !gone.has(one))
    made = madeOf(left, made.readings, [...made.findings, ...notes.findings], inputs)
  }
}

// --- utils ---

/** The fields of a problem's path below a proxy; undefined where it is another's. */
function fieldsOf(path: string, name: string): string[] | undefined {
  const own = [`proxies.${name}`, `proxies[${name}]`].find((one) => path.startsWith(one))
  if (own === undefined) return undefined
  const rest = path.slice(own.length)
  return /^($|[.[])/.test(rest) ? rest.split(/[.[\]]+/).filter(Boolean) : undefined
}

/**
 * Closes what a problem is about, or leaves it out where it is closed already.
 * @param seen what was closed for another problem of the same answer: it is not gone on with
 * @returns whether the proxy may stay
 */
function mended(
  proxy: ImportedProxy,
  { path, message, code }: Problem,
  seen: Set<unknown>,
  notes: Notes,
): boolean {
  const { values, comments, part } = proxy
  const [field, name = ''] = fieldsOf(path, proxy.name) ?? []
  const why = `the chart refuses ${path}: ${message}`
  const once = (key: string, mend: () => void): true => {
    const id = `${proxy.name} ${key}`
    if (seen.has(id)) notes.decide(part, why)
    else mend()
    seen.add(id)
    return true
  }
  if (code === 'source-ranges-unused')
    return once('ranges', () => {
      const written = (values.sourceRanges ?? []).join(', ')
      delete values.sourceRanges
      comments.ports = `No list holds this Service; once something leads to it, write sourceRanges: [${written}].`
      notes.decide(
        part,
        `nothing leads to ${proxy.name} from outside: sourceRanges, ${written}, are left out until something does`,
      )
    })
  const way = field === 'ingress' ? field : field === 'routes' ? name : undefined
  const led = field === 'routes' ? values.routes?.[name] : field === 'ingress' ? values.ingress : undefined
  if (way !== undefined && led && led.enabled !== false)
    return once(`${field}.${name}`, () => close({ proxy, name: way }, part, why, notes))
  if (values.enabled !== false) return once('enabled', () => closeProxy(proxy, part, why, notes))
  if (seen.has(`${proxy.name} enabled`)) return true
  const owner = (led && field === 'routes' ? values.routes : values) as Record<string, unknown>
  const key = led && field === 'routes' ? name : field
  if (key === undefined || key === 'enabled' || !Object.hasOwn(owner, key)) {
    notes.leftOut(part, `${proxy.name}: ${why}`)
    return false
  }
  return once(key, () => {
    delete owner[key]
    notes.leftOut(part, `${owner === values ? key : `routes.${key}`}: ${why}`)
  })
}
