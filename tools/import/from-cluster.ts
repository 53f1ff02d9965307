import { stringify } from 'yaml'
import { routeKinds } from '../../schema/kinds.ts'
import { at, fields, isMap, text } from '../doors/things.ts'
import type { Input } from './import.ts'

/**
 * What of a namespace's objects an import is about: Services without a selector, what holds their addresses, what
 * leads to them, and what names one of these, as a policy does. Each is an input of its own, called `KIND NAMESPACE/NAME`.
 * @param objects those of a cluster
 */
export function inputsOf(objects: readonly unknown[], namespace: string): Input[] {
  const here = objects.filter((one) => text(at(one, 'metadata', 'namespace')) === namespace)
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
  const known = [...services, ...others]
  const policies = here.filter(
    (one) => !ownKinds.has(kindOf(one)) && !known.includes(one) && isNaming(one, known.map(nameOf)),
  )
  return [...known, ...policies].map((one) => ({
    file: `${kindOf(one)} ${namespace}/${nameOf(one)}`,
    text: stringify(one),
  }))
}

// --- utils ---

const leading = new Set(['Ingress', 'HTTPProxy', ...routeKinds])

/** What is read of a cluster besides, and is no policy. */
const ownKinds = new Set([...leading, 'Service', 'Endpoints', 'EndpointSlice', 'ConfigMap'])

/** Does its spec hold one of these names? */
function isNaming(object: unknown, names: readonly string[]): boolean {
  const written = JSON.stringify(at(object, 'spec') ?? {})
  return names.some((name) => written.includes(JSON.stringify(name)))
}

const kindOf = (object: unknown) => text(at(object, 'kind')) ?? ''

const nameOf = (object: unknown) => text(at(object, 'metadata', 'name')) ?? ''
