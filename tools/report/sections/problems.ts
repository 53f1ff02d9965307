import { said } from '../../check/formats.ts'
import { type Position, positions } from '../../check/lines.ts'
import { html } from '../../html.ts'
import type { Report } from '../report.ts'
import type { Section } from './section.ts'

/** What is wrong with the values, each at its line, or what the judge noticed of the objects. */
export function problemsSection({ wrong, made }: Report): Section {
  const places = positions(wrong)
  const refused = wrong.map(
    (problem, index) => html`<li>
<p>${placeOf(places[index])}${said(problem)} <code>[${problem.code}]</code></p>
${lineOf(places[index])}</li>`,
  )
  const noticed = (made?.problems ?? []).map(
    ({ object, message, code }) => html`<li><p>${object}: ${message} <code>[${code}]</code></p></li>`,
  )
  return {
    id: 'problems',
    title: wrong.length > 0 ? `Refused: ${count(wrong.length)}` : 'Problems',
    content: html`${
      wrong.length > 0
        ? html`<p>Nothing is made of these values until this is mended.</p><ul class="problems">${refused}</ul>`
        : html`<p>Nothing is wrong with the values.</p>`
    }${noticed.length > 0 ? html`<p>The judge of doors noticed:</p><ul class="problems">${noticed}</ul>` : ''}`,
  }
}

// --- utils ---

const count = (problems: number) => (problems === 1 ? 'a problem' : `${problems} problems`)

const placeOf = (at: Position | undefined) =>
  at && html`<strong>${at.isExpression ? at.file : `${at.file}:${at.line}:${at.column}`}</strong>: `

/** The line, with what of it is wrong marked. */
function lineOf(at: Position | undefined) {
  if (!at) return undefined
  const [start, end] = [at.column - 1, at.endLine === at.line ? at.endColumn - 1 : at.text.length]
  const marked = html`<mark>${at.text.slice(start, end)}</mark>`
  return html`<pre><code>${at.line} | ${at.text.slice(0, start)}${marked}${at.text.slice(end)}</code></pre>`
}
