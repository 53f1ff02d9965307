import highlighter from 'highlight.js/lib/core'
import yaml from 'highlight.js/lib/languages/yaml'
import { objectsOf } from '../chart/render.ts'
import { Html } from '../html.ts'

/** What is applied in one piece: an object, or a list of them. */
export interface Manifest {
  /** Which objects, in words. */
  title: string
  /** YAML with marks for its colors. */
  code: Html
}

highlighter.registerLanguage('yaml', yaml)

/** The pieces of what Helm printed, as it printed them. */
export const manifestsOf = (text: string): Manifest[] =>
  text
    .split(/^---\n/m)
    .map((part) => part.replace(/^# Source: .*\n/, '').trimEnd())
    .filter((part) => part !== '')
    .map((part) => ({
      title: objectsOf(part)
        .map(
          ({ kind, metadata }) =>
            `${kind} ${[metadata?.namespace, metadata?.name].filter(Boolean).join('/')}`,
        )
        .join(', '),
      code: new Html(highlighter.highlight(part, { language: 'yaml' }).value),
    }))
