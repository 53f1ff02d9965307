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
  const served = kinds.filter((kind) => preset[kind])
  const reasons = new Map<string, string[]>()
  const note = (reason: string, what: string) => reasons.set(reason, [...(reasons.get(reason) ?? []), what])
  for (const kind of served) {
    for (const need of needs) {
      const found = answer(preset, kind, need)
      if (found !== true && asked(kind, need)) note(found, `${doorKind(kind).letter} \`${need}\``)
    }
    for (const [trait, reason] of Object.entries(preset[kind]?.not ?? {}))
      note(reason, `${doorKind(kind).letter} \`${trait}\``)
  }
  if (preset.else) note(preset.else, `all but ${short(served)}`)
  return [
    `## \`${name}\``,
    '',
    `${preset.title}${preset.version ? ` ${preset.version}` : ''}: ${preset.proved ? 'proved with packets on the embedded cluster' : 'checked against its schemas and documented annotations, not run'}.`,
    ...(preset.clientAddress ? ['', `To see App1's own address, ${preset.clientAddress}.`] : []),
    ...(reasons.size > 0
      ? ['', ...[...reasons].map(([reason, what]) => `- ${what.join(', ')}: ${reason}`)]
      : []),
    '',
  ].join('\n')
}
