import { colors } from '../colors.ts'
import { columns, textTable, wrapped } from '../doors/text-table.ts'
import type { Account } from './account.ts'
import type { NotTried, Plan } from './plan.ts'
import type { Row } from './rows.ts'
import type { Judged } from './verdict.ts'

/** So many rows are shown one by one; of more, those of one door that went alike are one row. */
const most = 20

/** How many doors the judge finds, and how many of them were tried. */
interface Shown {
  account: Pick<Account, 'found' | 'tried'>
}

/** What was tried and what was not, as tables, and last lines that say how it went; none is wider than 100 columns. */
export function tables(
  rows: readonly Row[],
  { notTried, gateways, account }: Shown & Pick<Plan, 'notTried' | 'gateways'>,
  judged: Judged,
): string {
  return [
    ...(rows.length > 0 ? [tableOf(rows)] : []),
    ...(notTried.length > 0 ? [notTriedTable(notTried)] : []),
    ...gateways.map(inventedLine),
    ...openLines(rows),
    ...flowLine(rows),
    ...doorsLine(account),
    lastLine(rows, notTried, judged),
  ].join('\n')
}

// --- utils ---

const words = { 'as expected': colors.green, 'open, not held': colors.red, DIFFERS: colors.red } as const
const wordOf = ({ ok, notHeld }: Pick<Row, 'ok' | 'notHeld'>): keyof typeof words => {
  if (!ok) return 'DIFFERS'
  return notHeld ? 'open, not held' : 'as expected'
}

type ShownRow = Omit<Row, 'who'> & { who: string }

function tableOf(unsorted: readonly Row[]): string {
  const proxies = [...new Set(unsorted.map(({ proxy }) => proxy))]
  const several = proxies.length > 1
  const rows = [...unsorted].sort((a, b) => proxies.indexOf(a.proxy) - proxies.indexOf(b.proxy))
  const shown =
    rows.length > most ? grouped(rows) : rows.map((row) => ({ ...row, who: `${row.who} ${row.from}` }))
  const head = [...(several ? ['Proxy'] : []), 'Door', 'Who', 'Knocks at', 'Expected', 'Seen', '']
  const cells = shown.map((row) => {
    const { proxy, door, who, at, expected, seen } = row
    return [...(several ? [proxy] : []), door, who, at, expected, seen, wordOf(row)]
  })
  const last = head.length - 1
  return textTable(head, cells, (line, row, column) => {
    const word = Object.entries(words).find(([text]) => text === cells[row]?.[last])
    return column === last && word ? word[1](line) : line
  })
}

/** Tries of one door that went alike in one row, which says how many they are; each that differs in its own. */
function grouped(rows: readonly Row[]): ShownRow[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const { proxy, door, who, expected, ok, from, at } = row
    const key = JSON.stringify([
      proxy,
      door,
      who,
      expected,
      wordOf(row),
      ...(ok || door === 'open flow' ? [] : [from, at]),
    ])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    if (group.length === 1) return [{ ...first, who: `${first.who} ${first.from}` }]
    return [
      {
        ...first,
        who: `${first.who} ${few(group.map(({ from }) => from))}`,
        at: few(group.map(({ at }) => at)),
        seen: counted(group.map(({ seen }) => seen)),
      },
    ]
  })
}

function few(values: readonly string[]): string {
  const [one = '', ...others] = new Set(values)
  return others.length > 0 ? `${one} and ${others.length} more` : one
}

/** What all of a group saw, and how many each. */
function counted(values: readonly string[]): string {
  const times = new Map<string, number>()
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1)
  return [...times].map(([value, count]) => `${count} × ${value}`).join(', ')
}

function notTriedTable(notTried: readonly NotTried[]): string {
  return textTable(
    ['Not tried', 'What', 'Why'],
    notTried.map(({ proxy, what, why }) => [proxy, what, why]),
  )
}

/** A Gateway that routes hang on and that the values don't make, with what was guessed of it. */
function inventedLine({ namespace, name, listeners }: Plan['gateways'][number]): string {
  const guessed = Object.entries(listeners).map(
    ([section, { port, protocol, hostname }]) =>
      `${section} (${protocol} ${port}${hostname ? `, ${hostname}` : ''})`,
  )
  const text = `Made up here: the Gateway ${namespace}/${name}, which these values name and do not make. Its listeners are a guess from the routes: ${guessed.join(', ')}.`
  return colors.yellow(wrapped(text, columns).join('\n'))
}

/** What is open though no word of the values opens it, each said once for a proxy's door. */
function openLines(rows: readonly Row[]): string[] {
  const lines = rows.flatMap(({ proxy, door, notHeld }) =>
    notHeld
      ? [`Open, not held: the ${door} of ${proxy}. No word of the values asks for it; ${notHeld}.`]
      : [],
  )
  return [...new Set(lines)].map((line) => colors.red(wrapped(line, columns).join('\n')))
}

/** What ends the flows that should have ended, and did not. */
function flowLine(rows: readonly Row[]): string[] {
  const open = rows.filter(({ door, ok }) => door === 'open flow' && !ok).length
  if (open === 0) return []
  const text = `${open} flows that were open before the upgrade go on, though nothing lets their clients in any more: kube-proxy judges new ones alone. docs/doors.md says what ends them.`
  return [colors.red(wrapped(text, columns).join('\n'))]
}

function doorsLine({ found, tried }: Shown['account']): string[] {
  if (found === 0) return []
  const rest = found > tried ? `, and ${found - tried} not` : ''
  return [`Of the ${found} doors that the judge finds in the objects, ${tried} were tried${rest}.`]
}

function lastLine(rows: readonly Row[], notTried: readonly NotTried[], { verdict, why }: Judged): string {
  if (verdict === 'not proved') return colors.red(`Nothing is proved: ${why.join('; ')}.`)
  if (verdict === 'not as the values say') return colors.red(`${why.join('; ')}.`)
  const rest = notTried.length > 0 ? colors.yellow(` ${notTried.length} not tried.`) : ''
  return colors.green(`All ${rows.length} tries went as the values say.`) + rest
}
