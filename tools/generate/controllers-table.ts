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
    'Kinds by their first letters: **I**ngress, **H**TTPRoute, **G**RPCRoute, TL**S**Route, **T**CPRoute, **U**DPRoute. `backend` is for those that speak HTTP.',
    '',
    ...Object.entries(presets).map(([name, preset]) => section(name, preset)),
  ].join('\n')
}

// --- utils ---

const short = (found: readonly Kind[]) => found.map((kind) => doorKind(kind).letter).join(' ') || '–'
const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

function section(name: string, preset: Preset): string {
  const { title, version, proved, clientAddress } = preset
  const how = proved
    ? 'proved with packets on the embedded cluster'
    : 'checked against its schemas and documented annotations, not run'
  const rows = reasons(preset)
  return [
    `## \`${name}\``,
    '',
    `${title}${version ? ` ${version}` : ''}: ${how}.`,
    ...(clientAddress ? ['', `To see App1's own address, ${clientAddress}.`] : []),
    ...(rows.length > 0 ? ['', row(['behind', 'refused', 'why']), row(['---', '---', '---']), ...rows] : []),
    '',
  ].join('\n')
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
    whats.set(place, [...(whats.get(place) ?? []), `\`${what}\``])
  }
  const rows = [...whats].map(([place, found]) => {
    const [letters, why] = JSON.parse(place) as [string, string]
    return row([letters, found.join(', '), why])
  })
  return preset.else ? [...rows, row([`all but ${short(served)}`, 'every door', preset.else])] : rows
}
