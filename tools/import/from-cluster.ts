import { stringify } from 'yaml'
import { routeKinds } from '../../schema/kinds.ts'
import { at, fields, isMap, list, text, texts } from '../doors/things.ts'
import type { Input } from './import.ts'

/**
 * What of a namespace's objects an import is about: Services without a selector, what holds their addresses, what
 * leads to them, and what names one of these, as a policy does; of whatever namespace what leads elsewhere for a host
 * of theirs, and what names their Gateways. Each is an input of its own, called `KIND NAMESPACE/NAME`.
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
    return leading.has(kindOf(one)) && isNaming(one, names)
  })
  const led = others.filter((one) => leading.has(kindOf(one)))
  const [hosts, classes, gateways] = [hostsOf, classesOf, gatewaysOf].map((read) => led.flatMap(read))
  const known = new Set([...services, ...others])
  const beside = objects.filter(
    (one) => !known.has(one) && leading.has(kindOf(one)) && hostsOf(one).some((host) => meets(host, hosts)),
  )
  const itsClasses = objects.filter((one) => kindOf(one) === 'IngressClass' && classes?.includes(nameOf(one)))
  const policies = objects.filter(
    (one) =>
      !ownKinds.has(kindOf(one)) &&
      isNaming(
        one,
        namespaceOf(one) === namespace ? [...[...known].map(nameOf), ...(gateways ?? [])] : (gateways ?? []),
      ),
  )
  return [...known, ...beside, ...itsClasses, ...policies].map((one) => ({
    file: `${kindOf(one)} ${namespaceOf(one)}/${nameOf(one)}`,
    text: stringify(one),
  }))
}

// --- utils ---

const leading = new Set(['Ingress', 'HTTPProxy', ...routeKinds])

/** What is read of a cluster besides, and is no policy. */
const ownKinds = new Set([
  ...leading,
  ...['Service', 'Endpoints', 'EndpointSlice', 'ConfigMap', 'IngressClass', 'Namespace'],
])

/** Does its spec hold one of these names? */
function isNaming(object: unknown, names: readonly string[]): boolean {
  const written = JSON.stringify(at(object, 'spec') ?? {})
  return names.some((name) => written.includes(JSON.stringify(name)))
}

/** The host names that an object leads. */
const hostsOf = (object: unknown): string[] => [
  ...list(at(object, 'spec', 'rules')).flatMap((rule) => text(at(rule, 'host')) ?? []),
  ...texts(at(object, 'spec', 'hostnames')),
  ...[text(at(object, 'spec', 'virtualhost', 'fqdn')) ?? []].flat(),
]

const classesOf = (object: unknown): string[] => [text(at(object, 'spec', 'ingressClassName')) ?? []].flat()

const gatewaysOf = (object: unknown): string[] =>
  list(at(object, 'spec', 'parentRefs')).flatMap((parent) => text(at(parent, 'name')) ?? [])

/** Is a host one of these, or below one of them? */
const meets = (host: string, hosts: readonly string[] = []) =>
  hosts.some((one) => one === host || (one.startsWith('*.') && host.endsWith(one.slice(1))))

const namespaceOf = (object: unknown) => text(at(object, 'metadata', 'namespace')) ?? ''

const kindOf = (object: unknown) => text(at(object, 'kind')) ?? ''

const nameOf = (object: unknown) => text(at(object, 'metadata', 'name')) ?? ''
