import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Html, html } from '../html.ts'
import type { Report } from './report.ts'
import { diagramSection } from './sections/diagram.ts'
import { doorsSection } from './sections/doors.ts'
import { objectsSection } from './sections/objects.ts'
import { problemsSection } from './sections/problems.ts'
import { proofSection } from './sections/proof.ts'
import type { Section } from './sections/section.ts'

/** A report as one page of HTML that asks nothing of the network, and can't: its own policy says so to the browser. */
export async function pageOf(report: Report): Promise<string> {
  const [style, script] = await Promise.all([text('page.css'), text('browser.js')])
  const { made, proof } = report
  const sections = [
    problemsSection(report),
    ...(made ? [diagramSection(made), doorsSection(made)] : []),
    ...(proof ? [proofSection(proof)] : []),
    ...(made ? [objectsSection(made)] : []),
  ]
  const title = `Who gets in: ${report.sources.join(', ')}`
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${sha256(script)}'; base-uri 'none'; form-action 'none'`
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1>Who gets in</h1>
<p>What the chart makes of <code>${report.sources.join(' ')}</code>, and who gets in by it to App2.</p>
<nav aria-label="On this page"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main id="content" tabindex="-1">
${sections.map(sectionOf)}
</main>
<p id="said" role="status" class="unseen"></p>
<script>${new Html(script)}</script>
</body>
</html>
`
  return markup
}

// --- utils ---

const text = (name: string) => readFile(new URL(name, import.meta.url), 'utf8')

const sha256 = (script: string) => createHash('sha256').update(script).digest('base64')

const sectionOf = ({ id, title, content }: Section) => html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${content}
</section>
`
