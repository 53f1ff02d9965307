import { routeKinds } from '../../schema/kinds.ts'
import type { Kubectl } from '../cluster/control-plane/kubectl.ts'
import type { Plan } from './plan.ts'

/** What an object's status says that it should not. */
export interface Complaint {
  /** `KIND NAMESPACE/NAME`. */
  object: string
  message: string
}

/** Kinds whose status says whether their controller serves them. */
const kinds: string[] = ['Gateway', ...routeKinds, 'HTTPProxy']
/** Conditions that must not be false. */
const good = ['Accepted', 'Programmed', 'ResolvedRefs', 'Valid']

/** Reads the status of Gateways, routes and HTTPProxies; one that no controller here has written says nothing. */
export async function complaintsOf(
  kubectl: Kubectl,
  { objects }: Pick<Plan, 'objects'>,
): Promise<Complaint[]> {
  const served = objects.filter(({ kind }) => kinds.includes(kind ?? ''))
  return (await Promise.all(served.map((object) => complaintsOn(kubectl, object)))).flat()
}

/** Reads the status of one object. */
export async function complaintsOn(
  kubectl: Kubectl,
  { apiVersion = '', kind, metadata: { name = '', namespace = 'default' } = {} }: Named,
): Promise<Complaint[]> {
  const [group = ''] = apiVersion.split('/')
  const args = ['get', `${kind}.${group}`, name, '--namespace', namespace, '--output=json']
  return complaintsIn(`${kind} ${namespace}/${name}`, JSON.parse(await kubectl(args)))
}

// --- utils ---

/** What says which object is meant. */
interface Named {
  apiVersion?: string
  kind?: string
  metadata?: { name?: string; namespace?: string }
}

interface Condition {
  type: string
  status: string
  message?: string
}

interface Served {
  status?: {
    conditions?: Condition[]
    listeners?: { name: string; conditions?: Condition[] }[]
    parents?: { parentRef: { name: string }; conditions?: Condition[] }[]
  }
}

function complaintsIn(object: string, { status = {} }: Served): Complaint[] {
  const { conditions = [], listeners = [], parents = [] } = status
  const places = [
    { at: '', conditions },
    ...listeners.map(({ name, conditions: own = [] }) => ({ at: ` at listener ${name}`, conditions: own })),
    ...parents.map(({ parentRef, conditions: own = [] }) => ({
      at: ` at ${parentRef.name}`,
      conditions: own,
    })),
  ]
  return places.flatMap(({ at, conditions: some }) =>
    some
      .filter(({ type, status: said }) => said === 'False' && good.includes(type))
      .map(({ type, message = 'no reason given' }) => ({ object, message: `not ${type}${at}: ${message}` })),
  )
}
