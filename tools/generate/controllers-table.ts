import { doorKind, type Kind, kindNames as kinds } from '../../schema/kinds.ts'
import { needs } from '../../schema/needs.ts'
import { answer, asked, type Preset } from '../chart/presets.ts'

/** What each preset can hold, behind which kinds, and why not elsewhere: Markdown. */
export function controllersTable(presets: Record<string, Preset>): string {
  const names = Object.keys(presets)
  const rows = needs.map((need) => [
    `\`${need}\``,
    ...Object.values(presets).map((preset) =>
      short(kinds.filter((kind) => answer(preset, kind, need) === true)),
    ),
  ])
  return [
    row(['', ...names.map((name) => `\`${name}\``)]),
    row(['---', ...names.map(() => '---')]),
    ...rows.map(row),
    '',
    `Kinds by a letter: ${kinds.map(marked).join(', ')}. \`backend\` is for those that speak HTTP.`,
    '',
    ...Object.entries(presets).map(([name, preset]) => section(name, preset)),
  ].join('\n')
}

// --- utils ---

const short = (found: readonly Kind[]) => found.map((kind) => doorKind(kind).letter).join(' ') || '–'
/** A kind's name with the letter that stands for it. */
const marked = (kind: Kind) => kind.replace(doorKind(kind).letter, '**$&**')
const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

function section(name: string, preset: Preset): string {
  const { title, version, proved, ended, clientAddress } = preset
  const how = proved
    ? 'proved with packets on the embedded cluster'
    : 'checked against its schemas and documented annotations, not run'
  const rows = reasons(preset)
  return [
    `## \`${name}\``,
    '',
    `${title}${version ? ` ${version}` : ''}: ${how}.`,
    ...(ended ? ['', `**Leave it**: ${ended}.`] : []),
    ...(clientAddress ? ['', `To see App1's own address, ${clientAddress}.`] : []),
    ...(rows.length > 0 ? ['', row(['behind', 'refused', 'why']), row(['---', '---', '---']), ...rows] : []),
    '',
  ].join('\n')
}

const ofBackend = needs.filter((need) => need.startsWith('backend.'))

/** What is refused, as code; all that `backend` can ask, in a word. */
function shortened(found: readonly string[]): string[] {
  const all = ofBackend.every((need) => found.includes(need))
  const rest = all ? found.filter((what) => !ofBackend.some((need) => need === what)) : found
  return [...rest.map((what) => `\`${what}\``), ...(all ? ['all of `backend`'] : [])]
}

/** What a preset refuses: a row a reason, with the kinds that it is for. */
function reasons(preset: Preset): string[] {
  const served = kinds.filter((kind) => preset[kind])
  const refused = served.flatMap((kind) => [
    ...needs
      .filter((need) => asked(kind, need))
      .map((need) => ({ kind, what: need as string, why: answer(preset, kind, need) })),
    ...Object.entries(preset[kind]?.not ?? {}).map(([what, why]) => ({ kind, what, why })),
  ])
  const behind = new Map<string, Kind[]>()
  for (const { kind, what, why } of refused) {
    if (why === true) continue
    const key = JSON.stringify([what, why])
    behind.set(key, [...(behind.get(key) ?? []), kind])
  }
  const whats = new Map<string, string[]>()
  for (const [key, found] of behind) {
    const [what, why] = JSON.parse(key) as [string, string]
    const place = JSON.stringify([short(found), why])
    whats.set(place, [...(whats.get(place) ?? []), what])
  }
  const rows = [...whats].map(([place, found]) => {
    const [letters, why] = JSON.parse(place) as [string, string]
    return row([letters, shortened(found).join(', '), why])
  })
  return preset.else ? [...rows, row([`all but ${short(served)}`, 'every door', preset.else])] : rows
}
