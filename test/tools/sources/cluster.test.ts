import { describe, expect, it } from 'vitest'
import { clusterObjects } from '../../../tools/sources/cluster.ts'

const items: Record<string, object[]> = {
  nodes: [
    {
      kind: 'Node',
      spec: { podCIDR: '10.244.0.0/24', podCIDRs: ['10.244.0.0/24', 'fd01::/64'] },
      status: {
        addresses: [
          { type: 'InternalIP', address: '10.0.0.7' },
          { type: 'Hostname', address: 'node1' },
        ],
      },
    },
  ],
  services: [
    { kind: 'Service', metadata: { namespace: 'default', name: 'kubernetes' } },
    { kind: 'Service', metadata: { namespace: 'default', name: 'app' } },
  ],
  'deployments.apps': [{ kind: 'Deployment', metadata: { name: 'traefik' } }],
  'httpproxies.projectcontour.io': [{ kind: 'HTTPProxy', metadata: { name: 'app' } }],
}

/** Takes down what kubectl is asked. */
function recorded(forbidden: string[] = []) {
  const asked: string[][] = []
  const kubectl = async (args: string[]) => {
    asked.push(args)
    const [verb = '', resource = ''] = args
    if (verb === 'api-resources')
      return [
        ...Object.keys(items),
        'secrets',
        'pods',
        'replicasets.apps',
        'leases.coordination.k8s.io',
      ].join('\n')
    if (forbidden.includes(resource))
      throw new Error(`Command failed\nError from server (Forbidden): ${resource} is forbidden`)
    return JSON.stringify({ items: items[resource] })
  }
  return { asked, kubectl }
}

describe('a cluster', () => {
  it('is read: Services, what controllers are told and brought, with the addresses of its nodes', async () => {
    const { kubectl } = recorded()
    const { objects, nodes, notRead } = await clusterObjects(kubectl)
    expect(objects).toEqual([
      { kind: 'Service', metadata: { namespace: 'default', name: 'app' } },
      { kind: 'Deployment', metadata: { name: 'traefik' } },
      { kind: 'HTTPProxy', metadata: { name: 'app' } },
    ])
    expect([nodes, notRead]).toEqual([['10.0.0.7', '10.244.0.0/24', 'fd01::/64'], []])
  })

  it('is asked nothing but what there is, and to get it; never for Secrets', async () => {
    const { asked, kubectl } = recorded()
    await clusterObjects(kubectl)
    expect(new Set(asked.map(([verb]) => verb))).toEqual(new Set(['api-resources', 'get']))
    expect(
      asked
        .map(([, resource]) => resource)
        .slice(1)
        .sort(),
    ).toEqual(['deployments.apps', 'httpproxies.projectcontour.io', 'nodes', 'services'])
  })

  it('what may not be read is said', async () => {
    const { notRead } = await clusterObjects(recorded(['httpproxies.projectcontour.io']).kubectl)
    expect(notRead).toEqual([
      {
        resource: 'httpproxies.projectcontour.io',
        why: 'Error from server (Forbidden): httpproxies.projectcontour.io is forbidden',
      },
    ])
  })

  it('one that does not answer is no cluster: the last of what kubectl said, and what to look at', async () => {
    const kubectl = async () => {
      throw new Error(
        'Command failed\nE1128 memcache.go\nThe connection to the server localhost:8080 was refused',
      )
    }
    await expect(clusterObjects(kubectl)).rejects.toThrow(
      /^no cluster answers kubectl, by its current context: The connection to the server localhost:8080 was refused\nSee /,
    )
  })
})
