import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { render } from '../../tools/chart/render.ts'
import { apply } from '../../tools/cluster/control-plane/kubectl.ts'
import { asFiles, compare } from '../../tools/doors/compare.ts'
import type { Judged } from '../../tools/doors/door.ts'
import { doorsOf } from '../../tools/doors/doors.ts'
import { isWider } from '../../tools/doors/requests.ts'
import { clusterObjects } from '../../tools/sources/cluster.ts'
import { app, contour } from '../values.ts'
import { cluster, installed, uninstall } from './cluster.ts'

const values = app(contour())

/** What `npm run doors -- --live` reads, of the namespace `default` alone: other tests have their own. */
async function live(): Promise<Judged & { nodes: string[] }> {
  const { objects, nodes, notRead } = await clusterObjects(cluster.kubectl)
  expect(notRead).toEqual([])
  const judged = doorsOf(objects, { nodes, live: true })
  return { ...asFiles(judged, await said()), nodes }
}
const said = async () => doorsOf((await render(values)).objects)
const drift = async () => compare(await said(), await live())

beforeEach(() => installed(values))
afterEach(uninstall)

describe('the judge of a cluster', () => {
  it('sees what was installed, by its addresses, and no drift', async () => {
    const { doors, nodes } = await live()
    expect(nodes).toHaveLength(4) // Two nodes, of both families.
    const [loadBalancer] = doors.filter(({ way }) => way === 'load balancer')
    expect(loadBalancer).toMatchObject({
      where: { addresses: [expect.stringMatching(/^198\./)] },
      who: { IPv4: ['1.2.3.4/32'], IPv6: [] },
      conditions: [expect.stringMatching(/^kube-proxy serves/)],
    })
    expect(doors.flatMap(({ conditions }) => conditions).filter((one) => one.includes('node'))).toEqual([])
    expect(await drift()).toEqual([])
  })

  it('sees a node port that somebody opened', async () => {
    await cluster.kubectl([
      'patch',
      'service',
      'app',
      '--patch={"spec":{"allocateLoadBalancerNodePorts":true}}',
    ])
    const [change, ...others] = await drift()
    expect(others).toEqual([])
    expect(change).toMatchObject({
      door: { way: 'node port', where: { nodePort: expect.any(Number) } },
      wider: { IPv4: ['0.0.0.0/0'], IPv6: [] },
    })
  })

  it('sees an Ingress that somebody added, and that slices are missing', async () => {
    const service = { name: 'app', port: { number: 80 } }
    const paths = [{ path: '/', pathType: 'Prefix', backend: { service } }]
    const metadata = { name: 'other', namespace: 'default' }
    const rules = [{ host: 'other.example.com', http: { paths } }]
    await apply(cluster.kubectl, [
      { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec: { rules } },
    ])
    try {
      expect((await drift()).filter(isWider).map(({ door }) => door.way)).toEqual(['Ingress'])
      await cluster.kubectl(['delete', 'endpointslice', 'app-ipv4'])
      expect((await drift()).map(({ to }) => to.gone)).toContainEqual(['2.3.4.5:8080'])
      expect((await live()).problems).toContainEqual(
        expect.objectContaining({ code: 'no-endpoints', object: 'Service default/app' }),
      )
    } finally {
      await cluster.kubectl(['delete', 'ingress', 'other'])
    }
  })
})
