import { setTimeout as sleep } from 'node:timers/promises'
import { type RouteKind, routeKinds } from '../../schema/kinds.ts'
import type { Kinds, KubernetesObject } from '../chart/objects.ts'
import type { Kubectl } from '../cluster/control-plane/kubectl.ts'
import type { Plan } from './plan.ts'

/** What an object's status says that it should not. */
export interface Complaint {
  /** `KIND NAMESPACE/NAME`. */
  object: string
  message: string
}

const ofRoutes = ['Accepted', 'ResolvedRefs']
/** Of every kind that the chart writes, the conditions that must be true where a controller here serves it. */
const conditionsOf: Record<keyof Kinds, readonly string[]> = {
  ...(Object.fromEntries(routeKinds.map((kind) => [kind, ofRoutes])) as Record<RouteKind, string[]>),
  AuthorizationPolicy: ['Accepted'],
  BackendTLSPolicy: ofRoutes,
  BackendTrafficPolicy: ['Accepted'],
  Certificate: [], // cert-manager issues none here.
  EndpointSlice: [],
  Endpoints: [],
  Gateway: ['Accepted', 'Programmed'],
  HTTPProxy: ['Valid'],
  Ingress: [],
  ListenerSet: ['Accepted', 'Programmed'],
  Middleware: [],
  ReferenceGrant: [],
  SecurityPolicy: ['Accepted'],
  ServersTransport: [],
  Service: [],
}
/** Conditions that must not be false, of an object, its listeners, or at its parents, whoever has written them. */
const good = ['Accepted', 'Programmed', 'ResolvedRefs', 'Valid']

/**
 * Reads what controllers say of all objects, also of the Gateways that were made up. One that a controller here serves
 * must be called good by it, in time; one that none serves says nothing. One that needs what is not here is not read.
 * @param seconds so long a controller may take
 */
export async function complaintsOf(
  kubectl: Kubectl,
  plan: Pick<Plan, 'objects' | 'gateways' | 'notTried'>,
  seconds = 30,
): Promise<Complaint[]> {
  const made = plan.gateways.map(gatewayObject)
  const own = plan.objects.filter((object) => !isForeign(object, plan))
  const all = [...own, ...made].map((object) => statusOf(kubectl, object, plan, seconds))
  return (await Promise.all(all)).flat()
}

/** Reads the status of one object. */
export async function complaintsOn(kubectl: Kubectl, object: Named, due: Due[] = []): Promise<Complaint[]> {
  const { apiVersion = '', kind, metadata: { name = '', namespace = 'default' } = {} } = object
  const [group = ''] = apiVersion.split('/')
  const args = ['get', `${kind}.${group}`, name, '--namespace', namespace, '--output=json']
  return complaintsIn(`${kind} ${namespace}/${name}`, JSON.parse(await kubectl(args)), due)
}

/** A Gateway's identity. */
export const gatewayObject = ({ namespace, name }: { namespace: string; name: string }) => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'Gateway' as const,
  metadata: { name, namespace },
})

// --- utils ---

/** What says which object is meant. */
interface Named {
  apiVersion?: string
  kind?: string
  metadata?: { name?: string; namespace?: string }
  spec?: unknown
}

/** A condition that must be there, and where: of the object itself, or at a parent or ancestor of that name. */
interface Due {
  type: string
  at?: string
}

interface Condition {
  type: string
  status: string
  message?: string
}

interface Parent {
  name: string
  sectionName?: string
}

interface Served {
  status?: {
    conditions?: Condition[]
    listeners?: { name: string; conditions?: Condition[] }[]
    parents?: { parentRef: Parent; conditions?: Condition[] }[]
    ancestors?: { ancestorRef: Parent; conditions?: Condition[] }[]
  }
}

/** Is it a route that needs what is not here? One in another namespace has the release's behind its name. */
const isForeign = ({ metadata }: KubernetesObject, { notTried }: Pick<Plan, 'notTried'>) =>
  notTried.some(({ foreign, of }) => foreign && of?.object === metadata?.name?.replace(/\.of\..*/, ''))

async function statusOf(
  kubectl: Kubectl,
  object: Named,
  plan: Pick<Plan, 'objects' | 'gateways'>,
  seconds: number,
): Promise<Complaint[]> {
  const types = conditionsOf[object.kind as keyof Kinds]
  const { name, namespace = 'default' } = object.metadata ?? {}
  if (!types)
    return [
      { object: `${object.kind} ${namespace}/${name}`, message: 'of a kind whose status is not known here' },
    ]
  if (types.length === 0) return []
  const due = placesDue(object, plan).flatMap((at) => types.map((type) => ({ type, ...(at && { at }) })))
  const end = Date.now() + seconds * 1000
  for (;;) {
    const complaints = await complaintsOn(kubectl, object, due)
    if (complaints.length === 0 || Date.now() >= end) return complaints
    await sleep(500)
  }
}

/** Where a controller here must have said that it serves the object: at each parent's name, or `''` for the object itself. */
function placesDue(object: Named, plan: Pick<Plan, 'objects' | 'gateways'>): string[] {
  const { kind, metadata } = object
  const namespace = metadata?.namespace ?? 'default'
  const { ingressClassName = 'contour', parentRefs = [], targetRefs = [] } = specOf(object)
  if (kind === 'Gateway') return ['']
  if (kind === 'HTTPProxy') return ingressClassName === 'contour' ? [''] : []
  const there = [...plan.gateways, ...plan.objects.filter((one) => one.kind === 'Gateway').map(identity)]
  const parents = parentRefs.filter((one) =>
    there.some((gateway) => gateway.name === one.name && gateway.namespace === (one.namespace ?? namespace)),
  )
  if (parentRefs.length > 0) return parents.map((one) => one.name)
  // A policy is served with the route that it is for.
  const targets = plan.objects.filter((one) =>
    targetRefs.some((target) => target.kind === one.kind && target.name === one.metadata?.name),
  )
  return targets.filter((one) => specOf(one).parentRefs).flatMap((one) => placesDue(one, plan))
}

/** What of an object says who serves it. */
interface Spec {
  ingressClassName?: string
  parentRefs?: { kind?: string; name: string; namespace?: string }[]
  targetRefs?: { kind: string; name: string }[]
}

const specOf = (object: object): Spec => ('spec' in object ? (object.spec as Spec) : {})

const identity = ({ metadata }: KubernetesObject) => ({
  name: metadata?.name ?? '',
  namespace: metadata?.namespace ?? 'default',
})

function complaintsIn(object: string, { status = {} }: Served, due: readonly Due[]): Complaint[] {
  const { conditions = [], listeners = [], parents = [], ancestors = [] } = status
  const above = [
    ...parents.map(({ parentRef, conditions: own = [] }) => ({ ref: parentRef, own })),
    ...ancestors.map(({ ancestorRef, conditions: own = [] }) => ({ ref: ancestorRef, own })),
  ]
  const places = [
    { at: '', conditions },
    ...listeners.map(({ name, conditions: own = [] }) => ({ at: ` at listener ${name}`, conditions: own })),
    ...above.map(({ ref, own }) => ({ at: ` at ${ref.name}`, conditions: own })),
  ]
  const bad = places.flatMap(({ at, conditions: some }) =>
    some
      .filter(({ type, status: said }) => said !== 'True' && good.includes(type))
      .map(({ type, message = 'no reason given' }) => ({ object, message: `not ${type}${at}: ${message}` })),
  )
  const unsaid = due.filter(({ type, at }) => {
    const there = at ? above.filter(({ ref }) => ref.name === at).flatMap(({ own }) => own) : conditions
    return !there.some((one) => one.type === type)
  })
  return [
    ...bad,
    ...unsaid.map(({ type, at }) => ({
      object,
      message: `not ${type}${at ? ` at ${at}` : ''}: its controller has not said so`,
    })),
  ]
}
