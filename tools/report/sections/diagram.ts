import { html } from '../../html.ts'
import type { Pictures } from '../report.ts'
import type { Section } from './section.ts'

/** The picture; the table of doors says the same to who can't see it. */
export const diagramSection = ({ pictures }: { pictures: Pictures }): Section => ({
  id: 'picture',
  title: 'In a picture',
  content: html`<figure><div class="wide">${pictures.wide}</div><div class="narrow">${pictures.narrow}</div><figcaption>The <a href="#doors">doors below</a> are the same in words.</figcaption></figure>`,
})
