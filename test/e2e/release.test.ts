import { describe, expect, it } from 'vitest'
import { helmVersions } from '../../tools/chart/helm.ts'
import { nodeNames } from '../../tools/cluster/network/nodes.ts'
import { whenInstalled } from '../../tools/prove/places.ts'
import { planOf } from '../../tools/prove/plan.ts'
import { answeredBy, chart, cluster, example, objectsIn } from './cluster.ts'

// The life of a release: each test goes on from the one before.
for (const version of helmVersions) {
  describe(`Helm ${version}`, { shuffle: false }, () => {
    const helm = (...args: string[]) => cluster.helm(args, { version })
    const app1 = cluster.machine('app1')
    const host = 'http://myapp-proxy.somehost.net/'
    const [resolve = ''] = cluster.ingressAddresses
    let loadBalancer = ''

    it('installs the example, and App1 reaches App2', async () => {
      expect(await objectsIn()).toEqual([])
      await helm('install', 'demo', chart, '--values', example)
      const plan = await planOf({ files: [example], set: [] }, { nodes: nodeNames })
      const { services } = await whenInstalled(cluster, plan)
      loadBalancer = `http://${services.get('myapp-proxy')?.status?.loadBalancer?.ingress?.[0]?.ip}/`
      await answeredBy('app2', () => app1.http(loadBalancer))
      await answeredBy('app2', () => app1.http(host, { resolve }))
    })

    it('upgrades to another address of App2, and both doors lead there', async () => {
      await helm(
        'upgrade',
        'demo',
        chart,
        '--values',
        example,
        '--set',
        'proxies.myapp-proxy.addresses={2.3.4.6}',
      )
      await answeredBy('app2-moved', () => app1.http(loadBalancer))
      await answeredBy('app2-moved', () => app1.http(host, { resolve }))
      // Not only the first time: nothing leads to the old address any more.
      for (let request = 0; request < 10; request++) {
        const outcomes = await Promise.all([app1.http(loadBalancer), app1.http(host, { resolve })])
        expect(outcomes).toMatchObject([
          { echo: { machine: 'app2-moved' } },
          { echo: { machine: 'app2-moved' } },
        ])
      }
    })

    it('rolls back, and both doors lead to the old address', async () => {
      await helm('rollback', 'demo', '1')
      await answeredBy('app2', () => app1.http(loadBalancer))
      await answeredBy('app2', () => app1.http(host, { resolve }))
    })

    it('uninstalls and leaves nothing: no object, no open door', async () => {
      await helm('uninstall', 'demo', '--wait')
      expect(await objectsIn()).toEqual([])
      await cluster.until('the doors close', async () => {
        const outcomes = await Promise.all([app1.http(loadBalancer), app1.http(host, { resolve })])
        return outcomes.every((outcome) => !('echo' in outcome)) || undefined
      })
    })
  })
}
