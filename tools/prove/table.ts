import Table from 'cli-table3'
import pc from 'picocolors'
import type { NotTried } from './plan.ts'
import type { Row } from './tries.ts'

/** So many rows are shown one by one; of more, those of one door that went alike are one row. */
const most = 20

/** What was tried and what was not, as tables, and a last line that says how it went. */
export function tables(rows: readonly Row[], notTried: readonly NotTried[]): string {
  return [
    tableOf(rows),
    ...(notTried.length > 0 ? [notTriedTable(notTried)] : []),
    lastLine(rows, notTried),
  ].join('\n')
}

// --- utils ---

const compact = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' }
const plain = { chars: compact, style: { head: [], border: [] } }
const verdict = (ok: boolean) => (ok ? pc.green('as expected') : pc.red('DIFFERS'))

function tableOf(unsorted: readonly Row[]): string {
  const proxies = [...new Set(unsorted.map(({ proxy }) => proxy))]
  const several = proxies.length > 1
  const rows = [...unsorted].sort((a, b) => proxies.indexOf(a.proxy) - proxies.indexOf(b.proxy))
  const head = [...(several ? ['Proxy'] : []), 'Door', 'Who', 'Knocks at', 'Expected', 'Seen', '']
  const table = new Table({ head, ...plain })
  const shown =
    rows.length > most ? grouped(rows) : rows.map((row) => ({ ...row, who: `${row.who} ${row.from}` }))
  for (const { proxy, door, who, at, expected, seen, ok } of shown) {
    table.push([...(several ? [proxy] : []), door, who, at, expected, seen, verdict(ok)])
  }
  return table.toString()
}

/** Tries of one door that went alike in one row; each that differs in its own. */
function grouped(rows: readonly Row[]): (Omit<Row, 'who'> & { who: string })[] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const { proxy, door, who, expected, ok, from, at } = row
    const key = JSON.stringify([proxy, door, who, expected, ok, ...(ok ? [] : [from, at])])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    if (group.length === 1) return [{ ...first, who: `${first.who} ${first.from}` }]
    const few = (values: string[]) => {
      const [one = '', ...others] = new Set(values)
      return others.length > 0 ? `${one} and ${others.length} more` : one
    }
    return [
      {
        ...first,
        who: `${first.who} ${few(group.map(({ from }) => from))}`,
        at: few(group.map(({ at }) => at)),
        seen: few(group.map(({ seen }) => seen)),
      },
    ]
  })
}

function notTriedTable(notTried: readonly NotTried[]): string {
  const table = new Table({ head: ['Not tried', 'What', 'Why'], ...plain })
  for (const { proxy, what, why } of notTried) table.push([proxy, what, why])
  return table.toString()
}

function lastLine(rows: readonly Row[], notTried: readonly NotTried[]): string {
  const differing = rows.filter(({ ok }) => !ok).length
  const rest = notTried.length > 0 ? pc.yellow(` ${notTried.length} not tried.`) : ''
  return differing === 0
    ? pc.green(`All ${rows.length} tries went as the values say.`) + rest
    : pc.red(`${differing} of ${rows.length} tries did not go as the values say.`) + rest
}
