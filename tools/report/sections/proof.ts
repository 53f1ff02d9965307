import { html } from '../../html.ts'
import type { Result } from '../../prove/result.ts'
import type { Row } from '../../prove/rows.ts'
import type { Section } from './section.ts'

const head = ['Went', 'Proxy', 'Door', 'Who', 'From', 'At', 'Expected', 'Seen'] as const

/** What packets said of the doors. */
export function proofSection({ verdict, why, rows, notTried, invented = [] }: Result): Section {
  const tries = html`<div class="scroll" role="region" aria-label="Every try" tabindex="0">
<table>
<caption>Every try of a door, in a cluster of its own with these very addresses</caption>
<thead><tr>${head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map(row)}</tbody>
</table>
</div>`
  return {
    id: 'proof',
    title: 'What packets said',
    content: html`<p><span class="state ${states[verdict]}">${verdict}</span></p>
${list(why)}
${rows.length > 0 ? tries : ''}
${notTried.length > 0 ? html`<p>Not tried:</p>${list(notTried.map(({ proxy, what, why }) => `${proxy}: ${what}: ${why}`))}` : ''}
${list(invented.map(({ namespace, name }) => `Gateway ${namespace}/${name} was made up here: the values name it and do not make it.`))}`,
  }
}

// --- utils ---

/** What a verdict looks like. */
const states: Record<Result['verdict'], string> = {
  'as the values say': 'held',
  'not as the values say': 'open',
  'not proved': 'drained',
}

const list = (texts: readonly string[]) =>
  texts.length > 0 ? html`<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>` : ''

function row({ proxy, door, who, from, at, expected, seen, ok, notHeld }: Row) {
  const [state, word] = !ok ? ['open', 'wrong'] : notHeld ? ['drained', 'not held'] : ['held', 'right']
  const note = notHeld ? `${seen}: ${notHeld}` : seen
  const cells = [door, who, from, at, expected, note]
  return html`<tr><td><span class="state ${state}">${word}</span></td><th scope="row">${proxy}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>
`
}
