import type { Html } from '../../html.ts'

/** A part of the page, which its table of contents leads to. */
export interface Section {
  id: string
  title: string
  content: Html
}
