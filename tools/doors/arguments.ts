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
 * What the containers of a workload are told: by their commands and arguments, and, as Traefik and Kong have it, by
 * their variables. Of a flag without a value, that is `true`; `false` says nothing of one that is usually off. Variables that Kubernetes fills in as
 * `$(NAME)` are filled in, where their values are here.
 */
export function argumentsOf(thing: Thing): Argument[] {
  return list(at(thing.raw, 'spec', 'template', 'spec', 'containers'))
    .flatMap((container) => {
      const values = valuesOf(container, thing)
      const words = [...texts(at(container, 'command')), ...texts(at(container, 'args'))].map((word) =>
        filledIn(word, values),
      )
      const variables = list(at(container, 'env')).flatMap((one): Argument[] => {
        const name = text(at(one, 'name')) ?? ''
        const flag = name.startsWith('TRAEFIK_') ? nameless(name.replaceAll('_', '.')) : name.toLowerCase()
        return /^(TRAEFIK|KONG)_/.test(name) ? [{ flag, value: text(at(one, 'value')) ?? '' }] : []
      })
      return [...words.flatMap((word, index) => argumentAt(word, words[index + 1])), ...variables]
    })
    .filter(({ flag, value }) => value !== 'false' || !usuallyOff.test(flag))
}

// --- utils ---

/** Flags whose default is `false`: Traefik's (3.7), and ingress-nginx's (1.15, pkg/flags). */
const usuallyOff =
  /^(entrypoints\.[^.]+\.(forwardedheaders|proxyprotocol)\.insecure|providers\.[^.]+(\.allow[^.]+)?|disable-catch-all|disable-svc-external-name|enable-ssl-passthrough|enable-topology-aware-routing|ingress-class-by-name|watch-ingress-without-class)$/

/** The values of a container's variables, where they are here; the last of a name is in force. */
const valuesOf = (container: unknown, { namespace }: Thing) =>
  new Map(
    list(at(container, 'env')).map((one) => {
      const field = text(at(one, 'valueFrom', 'fieldRef', 'fieldPath'))
      const ofPod =
        field === 'metadata.namespace' ? namespace : namingNothing.test(field ?? '') ? '' : undefined
      return [text(at(one, 'name')), ofPod ?? text(at(one, 'value'))]
    }),
  )

/** As Kubernetes does it (third_party/forked/golang/expansion). */
const filledIn = (word: string, values: ReturnType<typeof valuesOf>): string =>
  word.replace(/\$(\$|\(([^)]*)\))/g, (found, sign: string, name: string) =>
    sign === '$' ? '$' : (values.get(name) ?? found),
  )

/** What a pod is called, and where it runs: no Service's name. */
const namingNothing = /^(metadata\.(name|uid)|spec\.nodeName|status\..*)$/

const nameless = (name: string) => name.slice('TRAEFIK.'.length).toLowerCase()

function argumentAt(word: string, next = '-'): Argument[] {
  const [, flag, value] = /^--?([^=-][^=]*)(?:=([\s\S]*))?$/.exec(word) ?? []
  if (flag === undefined) return []
  return [{ flag: flag.toLowerCase(), value: value ?? (next.startsWith('-') ? 'true' : next) }]
}
