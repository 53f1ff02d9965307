import { html } from '../../html.ts'
import type { Manifest } from '../manifests.ts'
import type { Section } from './section.ts'

/** Of more than these, each is closed until somebody opens it. */
const mostOpen = 6

/** The Kubernetes objects, as they would be applied. */
export function objectsSection({ manifests }: { manifests: readonly Manifest[] }): Section {
  const all = manifests.map(({ title, code }) => {
    const isOpen = manifests.length <= mostOpen ? html` open` : undefined
    return html`<details${isOpen}><summary>${title}</summary>
<button type="button" data-copy aria-label="Copy ${title}" hidden>Copy</button>
<pre><code>${code}</code></pre>
</details>
`
  })
  const content = html`<p>As <code>helm template</code> prints them.</p>
<button type="button" data-copy="all" hidden>Copy all</button>
${all}`
  return { id: 'objects', title: 'Objects', content }
}
