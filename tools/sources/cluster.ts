import { ExecaError, execa } from 'execa'
import pLimit from 'p-limit'
import { findKubectl } from '../chart/helm.ts'

/** What a cluster has. */
export interface ClusterObjects {
  objects: unknown[]
  /** The nodes' addresses, and the networks of their pods: a node speaks to its pods from there. */
  nodes: string[]
  /** Resources that could not be read, with kubectl's words. */
  notRead: { resource: string; why: string }[]
}

/** Of the groups that Kubernetes brings, these resources can be doors or say something of them. */
const builtIn = [
  'namespaces',
  'configmaps',
  'services',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'ingresses.networking.k8s.io',
  'ingressclasses.networking.k8s.io',
  // What controllers are told as they start.
  'daemonsets.apps',
  'deployments.apps',
  'statefulsets.apps',
]

/** Groups that Kubernetes brings; what else there is has come with a controller, and may open a door. */
const builtInGroups =
  /^$|^(apps|autoscaling|batch|extensions|policy)$|^(admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|(custom\.|external\.)?metrics|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/

/**
 * Reads what may be a door from the cluster of the current context, by `kubectl get` alone. The API server's own
 * Service is left out.
 * @param given runs kubectl, and gives what it prints
 * @throws Error with the last of kubectl's words where the cluster can't be reached, or where there is no kubectl
 */
export async function clusterObjects(given?: Kubectl): Promise<ClusterObjects> {
  const kubectl = given ?? (await currentContext())
  const { names, unknown } = await resources(kubectl)
  const wanted = names.filter((name) => builtIn.includes(name) || !builtInGroups.test(groupOf(name)))
  const limit = pLimit(4)
  const read = (resource: string) =>
    limit(async (): Promise<Read> => {
      try {
        return { items: itemsOf(await kubectl(['get', resource, '--all-namespaces', '--output=json'])) }
      } catch (error) {
        return { items: [], notRead: { resource, why: lastLine(error) } }
      }
    })
  const [nodes, ...others] = await Promise.all(['nodes', ...wanted].map(read))
  return {
    objects: others.flatMap(({ items }) => items).filter((object) => !isApiServer(object)),
    nodes: (nodes?.items ?? []).flatMap(addressesOf),
    notRead: [...unknown, ...[nodes, ...others].flatMap((one) => one?.notRead ?? [])],
  }
}

type Kubectl = (args: string[]) => Promise<string>

// --- utils ---

interface Read {
  items: KubernetesItem[]
  notRead?: { resource: string; why: string }
}

interface KubernetesItem {
  kind?: string
  metadata?: { namespace?: string; name?: string }
  spec?: { podCIDR?: string; podCIDRs?: string[] }
  status?: { addresses?: { type: string; address: string }[] }
}

/** Without standard input: of who has no credentials kubectl asks a name there, and would wait for it. */
async function currentContext(): Promise<Kubectl> {
  const program = await findKubectl()
  const options = { maxBuffer: 1 << 30, stdin: 'ignore' } as const
  return async (args) => (await execa(program, [...args, '--request-timeout=60s'], options)).stdout
}

/** The resources that can be listed; those of a group whose own server is away are not known, and kubectl fails. */
async function resources(kubectl: Kubectl): Promise<{ names: string[]; unknown: ClusterObjects['notRead'] }> {
  const lines = (text: string) => text.split('\n').filter(Boolean)
  try {
    return { names: lines(await kubectl(['api-resources', '--verbs=list', '--output=name'])), unknown: [] }
  } catch (error) {
    const names = error instanceof ExecaError ? lines(String(error.stdout)) : []
    if (names.length === 0) throw unreachable(error)
    const why = lastLine(error)
    const groups = [...why.matchAll(/([\w.-]+)\/v\w+: /g)].map(([, group = '']) => group)
    const unknown =
      groups.length > 0 ? groups.filter((group) => !builtInGroups.test(group)) : ['api-resources']
    return { names, unknown: unknown.map((resource) => ({ resource, why })) }
  }
}

const groupOf = (resource: string) => resource.split('.').slice(1).join('.')

function itemsOf(json: string): KubernetesItem[] {
  const { items = [] }: { items?: KubernetesItem[] } = JSON.parse(json)
  return items
}

const isApiServer = ({ kind, metadata }: KubernetesItem) =>
  metadata?.namespace === 'default' && metadata.name === 'kubernetes' && kind === 'Service'

const addressesOf = ({ spec, status }: KubernetesItem) => [
  ...(status?.addresses ?? []).flatMap(({ type, address }) => (type.endsWith('IP') ? [address] : [])),
  ...(spec?.podCIDRs ?? (spec?.podCIDR ? [spec.podCIDR] : [])),
]

function unreachable(error: unknown): Error {
  return new Error(
    `no cluster answers kubectl, by its current context: ${lastLine(error)}\nSee "kubectl config get-contexts"; KUBECONFIG names another file.`,
  )
}

/** The last of what a program says of its failure; what it gave all the same is none of that. */
function lastLine(error: unknown): string {
  const words = error instanceof Error ? error.message : error
  const said = error instanceof ExecaError && error.stderr ? error.stderr : words
  return String(said).trim().split('\n').at(-1) ?? ''
}
