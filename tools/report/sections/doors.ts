import { type State, stateOf } from '../../diagram/graph.ts'
import type { Door, Judgement } from '../../doors/door.ts'
import { byService, head, notesOf, rowOf } from '../../doors/table.ts'
import { html } from '../../html.ts'
import type { Section } from './section.ts'

/** Each door, with who gets in by it; the page's script shows those alone that are asked for. */
export function doorsSection({ doors }: Judgement): Section {
  const notes = notesOf(doors)
  const groups = [...byService(doors)].map(
    ([service, own]) => html`<tbody>
<tr><th scope="rowgroup" colspan="${head.length + 1}">${service}</th></tr>
${own.map((door) => row(door, notes))}</tbody>
`,
  )
  const table = html`${filter(doors)}
<div class="scroll" role="region" aria-label="Every door" tabindex="0">
<table>
<caption>Every door, by the Service that it leads through</caption>
<thead><tr>${['State', ...head].map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
${groups}</table>
</div>
${notes.length > 0 ? html`<ol>${notes.map((note, index) => html`<li id="note-${index + 1}">${note}</li>`)}</ol>` : ''}`
  const nothing = html`<p>No door leads to anything outside of the cluster.</p>`
  return { id: 'doors', title: 'Doors', content: doors.length > 0 ? table : nothing }
}

// --- utils ---

const meanings: Record<State, string> = {
  open: 'anyone gets in',
  held: 'a list gets in',
  closed: 'nobody gets in',
  drained: 'it leads nowhere',
}

function row(door: Door, notes: readonly string[]) {
  const state = stateOf(door)
  const [way, ...cells] = rowOf(door, notes)
  return html`<tr data-state="${state}"><td><span class="state ${state}">${state}</span></td><th scope="row">${way}</th>${cells.map((cell) => html`<td>${linked(cell)}</td>`)}</tr>
`
}

/** A cell, in which numbers in brackets lead to the notes. */
function linked(cell: string) {
  const [, before = cell, numbers] = /^(.*) \[([\d ]+)\]$/.exec(cell) ?? []
  const links = numbers?.split(' ').map((number) => html` <a href="#note-${number}">[${number}]</a>`)
  return html`${before}${links}`
}

/** Without the script there is nothing to filter by. */
function filter(doors: readonly Door[]) {
  const states = (Object.keys(meanings) as State[]).map((state) => ({
    state,
    count: doors.filter((door) => stateOf(door) === state).length,
  }))
  const boxes = states
    .filter(({ count }) => count > 0)
    .map(
      ({ state, count }) =>
        html`<label><input type="checkbox" name="state" value="${state}" checked> <span class="state ${state}">${state}</span> ${count}: ${meanings[state]}</label>`,
    )
  return html`<form id="filter" role="search" aria-label="Filter doors" hidden>
<label>Show doors with <input type="search" name="words" autocomplete="off" placeholder="a name, an address, a port"></label>
<fieldset><legend>that are</legend>${boxes}</fieldset>
<p role="status"></p>
</form>`
}
