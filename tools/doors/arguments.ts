import { at, list, type Thing, text, texts } from './things.ts'

/** What a program is told as it starts. */
export interface Argument {
  /** In small letters, without the dashes before it. */
  flag: string
  value: string
}

/** Does it start pods by a template of its own? */
export const startsPods = ({ group, kind }: Thing): boolean =>
  group === 'apps' && ['DaemonSet', 'Deployment', 'StatefulSet'].includes(kind)

/**
 * What the containers of a workload are told: by their commands and arguments, and, as Traefik has it, by its variables.
 * Of a flag without a value, that is `true`; one that is `false` says nothing.
 */
export function argumentsOf({ raw }: Thing): Argument[] {
  return list(at(raw, 'spec', 'template', 'spec', 'containers'))
    .flatMap((container) => {
      const words = [...texts(at(container, 'command')), ...texts(at(container, 'args'))]
      const variables = list(at(container, 'env')).flatMap((one): Argument[] => {
        const name = text(at(one, 'name')) ?? ''
        return name.startsWith('TRAEFIK_')
          ? [{ flag: nameless(name.replaceAll('_', '.')), value: text(at(one, 'value')) ?? '' }]
          : []
      })
      return [...words.flatMap((word, index) => argumentAt(word, words[index + 1])), ...variables]
    })
    .filter(({ value }) => value !== 'false')
}

// --- utils ---

const nameless = (name: string) => name.slice('TRAEFIK.'.length).toLowerCase()

function argumentAt(word: string, next = '-'): Argument[] {
  const [, flag, value] = /^--?([^=-][^=]*)(?:=([\s\S]*))?$/.exec(word) ?? []
  if (flag === undefined) return []
  return [{ flag: flag.toLowerCase(), value: value ?? (next.startsWith('-') ? 'true' : next) }]
}
