import type { Options, Problem } from './door.ts'
import { at, fields, type Thing, text, texts, worldOf } from './things.ts'

/**
 * What an upgrade from some objects to others would be refused for, or would not change: the fields of a Service that
 * Kubernetes keeps for as long as it is there (ValidateServiceUpdate and ValidateServiceClusterIPsRelatedFields in its
 * pkg/apis/core/validation, patchAllocatedValues in pkg/registry/core/service; read in 1.37).
 */
export function fixedProblems(
  before: readonly unknown[],
  now: readonly unknown[],
  options: Options = {},
): Problem[] {
  const was = services(before, options)
  return [...services(now, options).values()].flatMap((service) => {
    const then = was.get(service.title)
    return then ? [...changed(then, service), ...familyKept(then, service)] : []
  })
}

/**
 * Objects as they are once they are applied over others: an ipFamilyPolicy that is left out stays what it was, and with
 * it a second family (initIPFamilyFields in pkg/registry/core/service/storage/alloc.go; read in 1.37).
 */
export function appliedOver(
  before: readonly unknown[],
  now: readonly unknown[],
  options: Options = {},
): unknown[] {
  const was = services(before, options)
  return worldOf(now, options).things.map(({ group, kind, title, raw }) => {
    const policy = group === '' && kind === 'Service' ? keptPolicy(was.get(title), raw) : undefined
    return policy === undefined
      ? raw
      : { ...fields(raw), spec: { ...fields(at(raw, 'spec')), ipFamilyPolicy: policy } }
  })
}

// --- utils ---

const services = (objects: readonly unknown[], options: Options) =>
  new Map(
    worldOf(objects, options)
      .ofKind('Service', '')
      .map((service) => [service.title, service]),
  )

/** The ipFamilyPolicy that a Service keeps since it says none. */
function keptPolicy(was: Thing | undefined, is: unknown): string | undefined {
  const says = (field: string) => at(is, 'spec', field)
  if (!was || (says('ipFamilyPolicy') ?? '') !== '' || says('type') === 'ExternalName') return undefined
  return text(spec(was, 'ipFamilyPolicy'))
}

const spec = (service: Thing, field: string) => at(service.raw, 'spec', field)

function changed(was: Thing, is: Thing): Problem[] {
  const types = [was, is].map((one) => text(spec(one, 'type')) ?? 'ClusterIP')
  if (types.includes('ExternalName')) return []
  const first = ['ipFamilies', ...[was, is].map((one) => texts(spec(one, 'ipFamilies'))[0])]
  const address = ['clusterIP', ...[was, is].map((one) => text(spec(one, 'clusterIP')))]
  const balancer = ['loadBalancerClass', ...[was, is].map((one) => text(spec(one, 'loadBalancerClass')))]
  const areBoth = types.every((type) => type === 'LoadBalancer')
  return [
    ...(first[1] && first[2] ? [first] : []),
    // An address that is no longer written stays the one that it has.
    ...(address[2] || address[1] === 'None' ? [address] : []),
    ...(areBoth ? [balancer] : []),
  ].flatMap(([field, then, now]) => (then === now ? [] : [problem(is, field ?? '', then, now)]))
}

function familyKept(was: Thing, is: Thing): Problem[] {
  const policy = keptPolicy(was, is.raw)
  if (policy === undefined || policy === 'SingleStack') return []
  const message = `ipFamilyPolicy is left out and was ${policy}: Kubernetes keeps it, so the Service stays dual stack: write SingleStack, or ${policy} if that is meant`
  return [{ code: 'family-kept', object: is.title, message }]
}

const problem = (
  { title }: Thing,
  field: string,
  then = 'what the cluster gave it',
  now = 'none',
): Problem => ({
  code: 'field-fixed',
  object: title,
  message: `${field} ${field === 'ipFamilies' ? 'begin with' : 'is'} ${now} and was ${then}: Kubernetes keeps it while the Service is there, so the upgrade fails or changes nothing: leave it as it was, or delete the Service first`,
})
