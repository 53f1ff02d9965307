import { at, list, text, texts } from '../doors/things.ts'

/** The host names that an object leads. */
export const hostsOf = (object: unknown): string[] => [
  ...list(at(object, 'spec', 'rules')).flatMap((rule) => text(at(rule, 'host'))?.toLowerCase() ?? []),
  ...texts(at(object, 'spec', 'hostnames')).map((one) => one.toLowerCase()),
  ...[text(at(object, 'spec', 'virtualhost', 'fqdn'))?.toLowerCase() ?? []].flat(),
]
