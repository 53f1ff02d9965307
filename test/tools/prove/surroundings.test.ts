import { describe, expect, it } from 'vitest'
import type { Kinds, KubernetesObject } from '../../../tools/chart/objects.ts'
import type { Kubectl } from '../../../tools/cluster/control-plane/kubectl.ts'
import { addressingFor } from '../../../tools/cluster/network/addressing.ts'
import { processes } from '../../../tools/cluster/sandbox/processes.ts'
import type { Plan } from '../../../tools/prove/plan.ts'
import { createSurroundings } from '../../../tools/prove/surroundings.ts'

const middleware: Kinds['Middleware'] = {
  apiVersion: 'traefik.io/v1alpha1',
  kind: 'Middleware',
  metadata: { name: 'app' },
  spec: {},
}
const service: Kinds['Service'] = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'app' } }

/** The kinds that are made known for these objects, in a cluster that has those kinds already. */
async function applied(objects: KubernetesObject[], there: string[] = []): Promise<string[]> {
  const names: string[] = []
  const kubectl: Kubectl = async (args, { input } = {}) => {
    const { items = [] }: { items?: KubernetesObject[] } = JSON.parse(input ?? '{}')
    names.push(...items.map(({ metadata }) => metadata?.name ?? ''))
    return args[1] === 'crd'
      ? there.map((name) => `customresourcedefinition.apiextensions.k8s.io/${name}`).join('\n')
      : ''
  }
  const plan: Plan = {
    proxies: [],
    knocks: [],
    notTried: [],
    machines: [],
    asked: { clusterIPs: [], pools: [], gateways: [], nodesIn: [] },
    echoServers: [],
    certificates: [],
    gateways: [],
    namespaces: [],
    classNames: [],
    objects,
  }
  await createSurroundings({ kubectl, until: processes().until, addressing: addressingFor([]) }, plan)
  return names
}

describe.concurrent('kinds of controllers that do not run here', () => {
  it('are made known, as far as the objects need them', async () => {
    expect(await applied([service, middleware])).toEqual(['middlewares.traefik.io'])
  })

  it('but not where the cluster has them', async () => {
    expect(await applied([middleware], ['middlewares.traefik.io'])).toEqual([])
  })

  it('nor another group’s kind of the same name', async () => {
    expect(await applied([{ ...middleware, apiVersion: 'other.example/v1' }])).toEqual([])
  })
})
