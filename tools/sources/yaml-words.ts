import type { YAMLError } from 'yaml'

export const secondDocument = 'Helm reads the first document alone: write all values before the ---'

/** What the library says, and for what it says for many reasons, what to write. */
export function inWords({ code, message }: YAMLError): string {
  if (code === 'DUPLICATE_KEY')
    return 'this key is written twice in one map, and Helm takes the last alone: write it once'
  if (code === 'TAB_AS_INDENT') return 'a tab indents this line: YAML is indented by spaces'
  if (message.startsWith('Maximum call stack size exceeded')) return 'it is too deep to be read'
  return `this is no YAML: ${message.replace(/ at line \d+, column \d+:[\s\S]*$/, '')}`
}
