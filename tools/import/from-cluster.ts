import { routeKinds } from '../../schema/kinds.ts'
import { isWithin } from '../doors/host-names.ts'
import { at, fields, isMap, list, text } from '../doors/things.ts'
import { hostsOf } from './host-names.ts'
import type { Input } from './import.ts'
import { mayMean } from './meaning.ts'

/**
 * What of a namespace's objects an import is about: Services without a selector, what holds their addresses, what
 * leads to them, and what may be about one of these, as a policy is; of whatever namespace what leads elsewhere for a host
 * of theirs, their Gateways and classes, and what may be about those. Each is an input of its own, called `KIND NAMESPACE/NAME`.
 * @param objects those of a cluster
 */
export function inputsOf(objects: readonly unknown[], namespace: string): Input[] {
  const here = objects.filter((one) => namespaceOf(one) === namespace)
  const services = here.filter(
    (one) => kindOf(one) === 'Service' && !isMap(at(one, 'spec', 'selector')) && nameOf(one) !== 'kubernetes',
  )
  const names = services.map(nameOf)
  const others = here.filter((one) => {
    if (kindOf(one) === 'Endpoints') return names.includes(nameOf(one))
    if (kindOf(one) === 'EndpointSlice')
      return names.includes(text(fields(at(one, 'metadata', 'labels'))['kubernetes.io/service-name']) ?? '')
    return isLeading(one) && isNaming(one, names)
  })
  const led = others.filter(isLeading)
  const [hosts, classes, gateways] = [hostsOf, classesOf, gatewaysOf].map((read) => led.flatMap(read))
  const known = new Set([...services, ...others])
  const beside = objects.filter(
    (one) => !known.has(one) && isLeading(one) && hostsOf(one).some((host) => meets(host, hosts)),
  )
  const below = objects.filter(
    (one) =>
      (kindOf(one) === 'IngressClass' && classes?.includes(nameOf(one))) ||
      (isParent(one) && gateways?.includes(nameOf(one))),
  )
  const policies = objects.filter((one) => {
    const own = namespaceOf(one) === namespace ? [...known].map(nameOf) : []
    const about = { names: [...own, ...(gateways ?? [])], hosts: hosts ?? [] }
    return !isLeading(one) && !isParent(one) && !noPolicies.has(kindOf(one)) && mayMean(one, about)
  })
  return [...known, ...beside, ...below, ...policies].map((one) => ({
    file: `${kindOf(one)} ${namespaceOf(one)}/${nameOf(one)}`,
    text: JSON.stringify(one, null, 2),
  }))
}

// --- utils ---

const gatewayApi = 'gateway.networking.k8s.io'

/** Is it a route, or of another kind that leads to Services? */
const isLeading = (object: unknown): boolean =>
  (kindOf(object) === 'Ingress' && ['extensions', 'networking.k8s.io'].includes(groupOf(object))) ||
  (kindOf(object) === 'HTTPProxy' && groupOf(object) === 'projectcontour.io') ||
  (routeKinds.some((kind) => kind === kindOf(object)) && groupOf(object) === gatewayApi)

/** Is it what routes hang on? */
const isParent = (object: unknown): boolean =>
  ['Gateway', 'ListenerSet'].includes(kindOf(object)) && groupOf(object) === gatewayApi

/** What is read of a cluster besides, and is no policy. */
const noPolicies = new Set([
  'Service',
  'Endpoints',
  'EndpointSlice',
  'ConfigMap',
  'DaemonSet',
  'Deployment',
  'IngressClass',
  'Namespace',
  'StatefulSet',
])

/** Does the spec of what leads somewhere hold one of these names? */
function isNaming(object: unknown, names: readonly string[]): boolean {
  const written = JSON.stringify(at(object, 'spec') ?? {})
  return names.some((name) => written.includes(JSON.stringify(name)))
}

const classesOf = (object: unknown): string[] => [text(at(object, 'spec', 'ingressClassName')) ?? []].flat()

const gatewaysOf = (object: unknown): string[] =>
  list(at(object, 'spec', 'parentRefs')).flatMap((parent) => text(at(parent, 'name')) ?? [])

/** Is a host one of these, or below one of them? */
const meets = (host: string, hosts: readonly string[] = []) => hosts.some((one) => isWithin(host, one))

const namespaceOf = (object: unknown) => text(at(object, 'metadata', 'namespace')) ?? ''

const groupOf = (object: unknown) => (text(at(object, 'apiVersion')) ?? '').split('/').slice(0, -1).join()

const kindOf = (object: unknown) => text(at(object, 'kind')) ?? ''

const nameOf = (object: unknown) => text(at(object, 'metadata', 'name')) ?? ''
