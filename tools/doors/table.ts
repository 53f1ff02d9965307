import { colors } from '../colors.ts'
import { families, isAnyone, isNobody, type Who } from './cidr.ts'
import type { Change } from './compare.ts'
import { type Door, type Judgement, passing, unique } from './door.ts'
import { isWider } from './requests.ts'
import type { Loosened } from './restraints.ts'
import { columns, textTable, wrapped } from './text-table.ts'

/** What is printed: doors, what is wrong, and what changed, where it is asked. */
export interface Report extends Judgement {
  changes?: Change[]
}

/** A report as text of at most 100 columns, in colours where the terminal has them. */
export function textOf({ doors, problems, changes }: Report): string {
  const notes = notesOf(doors)
  const tables = [...byService(doors)].map(([service, own]) => {
    const colour = (line: string, row: number, column: number) =>
      column === 3 ? coloured(own[row], line) : line
    const rows = own.map((door) => rowOf(door, notes))
    return `${colors.bold(service)}: ${summary(own)}\n${textTable(head, rows, colour)}`
  })
  return [
    ...tables,
    ...(notes.length > 0
      ? [notes.map((note, index) => marked(`${index + 1}`.padStart(2), note)).join('\n')]
      : []),
    ...(problems.length > 0
      ? [
          problems
            .map(({ object, message, code }) =>
              marked(colors.yellow(' !'), `${object}: ${message} [${code}]`),
            )
            .join('\n'),
        ]
      : []),
    ...(changes ? [changesText(changes)] : []),
    ...(doors.length === 0 ? ['No door leads to anything outside of the cluster.'] : []),
  ].join('\n\n')
}

/** A report as Markdown, as for a comment on a pull request. */
export function markdownOf({ doors, problems, changes }: Report): string {
  const notes = notesOf(doors)
  const table = (titles: readonly string[], rows: readonly string[][]) =>
    [titles, titles.map(() => '---'), ...rows]
      .map((cells) => `| ${cells.map(escaped).join(' | ')} |`)
      .join('\n')
  const { titles, rows } = changesTable(changes ?? [])
  const sections = [...byService(doors)].map(
    ([service, own]) =>
      `### ${service}\n\n${table(
        head,
        own.map((door) => rowOf(door, notes)),
      )}`,
  )
  return [
    ...(changes ? [changes.length > 0 ? table(titles, rows) : unchanged] : []),
    ...sections,
    ...(notes.length > 0 ? [notes.map((note, index) => `${index + 1}. ${note}`).join('\n')] : []),
    ...(problems.length > 0
      ? [problems.map(({ object, message, code }) => `- **${object}**: ${message} (\`${code}\`)`).join('\n')]
      : []),
  ].join('\n\n')
}

/** Who gets in, in words. */
export function whoText(who: Who): string {
  if (isNobody(who)) return 'nobody'
  if (families.every((family) => isAnyone(who, family))) return 'anyone'
  return families
    .flatMap((family) => (isAnyone(who, family) ? [`anyone by ${family}`] : who[family]))
    .join(', ')
}

/** Where a door is, in words. */
function whereText({
  way,
  where: { protocol, port, nodePort, addresses, host, path, gateway },
}: Door): string {
  if (host !== undefined && path !== undefined) return `${protocol}://${host}${path}${on(gateway)}`
  if (gateway !== undefined) return `${protocol} ${host ?? `any host${path ?? ''}`}${on(gateway)}`
  if (way === 'Ingress' || way === 'HTTPProxy') return `${protocol}://any host${path ?? ''}`
  const node = nodePort === undefined ? undefined : `every node's port ${nodePort}`
  const at = [host, node, ...(addresses ?? [])].filter((one) => one !== undefined).join(', ')
  return `${protocol}${port === undefined ? '' : ` ${port}`}${at ? ` at ${at}` : ''}`
}

/** What is said of a door. */
export const head = ['Door', 'Where', 'Leads to', 'Who gets in', 'Held by', 'Sure'] as const

/** Doors by the Service that they lead through. */
export function byService(doors: readonly Door[]): Map<string, Door[]> {
  const groups = new Map<string, Door[]>()
  for (const door of doors) groups.set(door.service, [...(groups.get(door.service) ?? []), door])
  return groups
}

/** Conditions and reasons, each said once for all the doors, in the order in which they are shown. */
export const notesOf = (doors: readonly Door[]): string[] =>
  unique([...byService(doors).values()].flat().flatMap(notesOfDoor))

/** A door in words, as {@link head} names them; its notes by their numbers. */
export function rowOf(door: Door, notes: readonly string[]): string[] {
  const numbers = notesOfDoor(door).map((note) => notes.indexOf(note) + 1)
  const holder = door.heldBy.join(', ') || 'nothing'
  const from = door.from && !isNobody(door.who) ? ` (${door.from})` : ''
  return [
    door.way,
    whereText(door),
    shortened(door.to) || 'nothing',
    whoText(passing(door)) + from,
    numbers.length > 0 ? `${holder} [${numbers.join(' ')}]` : holder,
    door.sure,
  ]
}

// --- utils ---

const changesHead = ['Door', 'Where', 'Gets in now', 'No longer', 'Leads to', 'May have kept out'] as const
const unchanged = 'No door got wider or narrower.'
const few = 3

const on = (gateway: string | undefined) => (gateway === undefined ? '' : ` on ${gateway}`)

const notesOfDoor = ({ conditions, reasons }: Door): string[] => [
  ...reasons.map((reason) => `since ${reason}`),
  ...conditions.map((condition) => `if ${condition}`),
]

const shortened = (values: readonly string[]) =>
  values.length > few
    ? `${values.slice(0, few - 1).join(', ')} and ${values.length - few + 1} more`
    : values.join(', ')

const isOpen = (door: Door) => families.some((family) => isAnyone(passing(door), family))

const coloured = (door: Door | undefined, line: string) =>
  door && isOpen(door) ? colors.red(line) : colors.green(line)

function summary(doors: readonly Door[]): string {
  const open = doors.filter(isOpen).length
  const shut = doors.filter((door) => isNobody(passing(door))).length
  return `${open} open to anyone, ${doors.length - open - shut} held, ${shut} closed`
}

/** A note, wrapped behind its mark. */
const marked = (mark: string, note: string) => `${mark} ${wrapped(note, columns - 3).join('\n   ')}`

const changeRow = ({ door, wider, narrower, to, restraints, renamed, by }: Change): string[] => [
  `${door.way} of ${door.service}${renamed ? `, before ${renamed}` : ''}`,
  `${whereText(door)}${by === undefined ? '' : `, by ${by}`}`,
  isNobody(wider) ? '' : whoText(wider),
  isNobody(narrower) ? '' : whoText(narrower),
  [...to.new.map((one) => `+ ${one}`), ...to.gone.map((one) => `- ${one}`)].join(', '),
  restraintsText(restraints),
]

/** What became of what may have kept somebody out. */
const restraintsText = ({ gone, changed, new: added }: Loosened = { gone: [], changed: [], new: [] }) =>
  [
    ...gone.map((one) => `gone: ${one}`),
    ...changed.map((one) => `changed, look: ${one}`),
    ...added.map((one) => `new, and may undo others: ${one}`),
  ].join('; ')

/** The changes as rows; a column that says nothing of any is left out. */
function changesTable(changes: readonly Change[]): { titles: string[]; rows: string[][] } {
  const rows = changes.map(changeRow)
  const isSaid = changesHead.map((_, index) => index < 5 || rows.some((row) => row[index] !== ''))
  const said = (cells: readonly string[]) => cells.filter((_, index) => isSaid[index])
  return { titles: said(changesHead), rows: rows.map(said) }
}

function changesText(changes: readonly Change[]): string {
  if (changes.length === 0) return colors.green(unchanged)
  const { titles, rows } = changesTable(changes)
  const count = (number: number) => (number === 1 ? '1 door' : `${number} doors`)
  const wider = changes.filter((one) => !isNobody(one.wider)).length
  const unsure = changes.filter(isWider).length - wider
  const last = [
    ...(wider > 0 ? [`${count(wider)} got wider.`] : []),
    ...(unsure > 0 ? [`${count(unsure)} may have got wider: look at what changed.`] : []),
  ].join(' ')
  return `${textTable(titles, rows)}\n${last ? colors.red(last) : colors.green('No door got wider.')}`
}

const escaped = (cell: string) => cell.replaceAll('|', '\\|')
