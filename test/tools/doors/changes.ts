import { compare } from '../../../tools/doors/compare.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { isWider } from '../../../tools/doors/requests.ts'
import { custom } from './objects.ts'

export type Fields = Record<string, unknown>

/** What became of the doors from some objects to others. */
export const changes = (before: readonly unknown[], now: readonly unknown[]) =>
  compare(doorsOf(before), doorsOf(now))

/** What is said to be gone, changed or new, of all doors. */
export const said = (before: readonly unknown[], now: readonly unknown[]) =>
  changes(before, now).flatMap(({ restraints }) => (restraints ? Object.values(restraints).flat() : []))

/** Does somebody get in who did not before, or may he? */
export const mayBeWider = (before: readonly unknown[], now: readonly unknown[]) =>
  changes(before, now).some(isWider)

/** What a policy is for. */
export const target = (kind: string, name: string, section?: string) => ({
  targetRefs: [{ group: 'gateway.networking.k8s.io', kind, name, ...(section && { sectionName: section }) }],
})

/** A Secret of a login. */
export const secret = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  data: { users: 'YQ==' },
})

/** A policy of Istio's or of Envoy Gateway's. */
export const policy = (kind: string, spec: Fields, name: string) =>
  custom(
    /^(Authorization|Request)/.test(kind) ? 'security.istio.io/v1' : 'gateway.envoyproxy.io/v1alpha1',
    kind,
    name,
    spec,
  )

/** Annotations of one maker. */
export const prefixed = (prefix: string, annotations: Record<string, string>) =>
  Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${prefix}${key}`, value]))
