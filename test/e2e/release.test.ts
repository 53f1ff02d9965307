import { describe, expect, it } from 'vitest'
import { type HelmVersion, helmVersions } from '../../tools/chart/helm.ts'
import { nodeNames } from '../../tools/cluster/network/nodes.ts'
import { whenInstalled } from '../../tools/prove/places.ts'
import { planOf } from '../../tools/prove/plan.ts'
import { answeredBy, cluster, example, objectsIn, whenEmpty } from './cluster.ts'
import { release, released } from './registry.ts'

it('is not pushed by TLS to a registry that speaks plain HTTP, and says what to write', async () => {
  const { stderr, exitCode } = await release()
  expect(stderr).toContain('write --plain-http')
  expect(exitCode).toBe(2)
})

// The life of a release, got from a registry: each test goes on from the one before.
for (const version of helmVersions) {
  describe(`Helm ${version}`, { shuffle: false }, () => {
    const app1 = cluster.machine('app1')
    const host = 'http://myapp-proxy.somehost.net/'
    const [resolve = ''] = cluster.ingressAddresses
    let loadBalancer = ''

    const helm = (verb: 'install' | 'upgrade', args: string[], by: HelmVersion = version) => {
      // Helm 3.11 knows no such flag, and asks the machine itself without TLS.
      const plain = by === '3.11' ? [] : ['--plain-http']
      const verified = ['--verify', '--keyring', released.keyring]
      const from = [released.url, '--version', released.version, ...verified, ...plain]
      return cluster.helm([verb, 'demo', ...from, ...args], { version: by })
    }
    const moveTo = (address: string, by?: HelmVersion) =>
      helm('upgrade', ['--reuse-values', '--set', `proxies.myapp-proxy.addresses={${address}}`], by)
    /** Both doors lead to that machine, and not only the first time. */
    const bothLeadTo = async (machine: string) => {
      await answeredBy(machine, () => app1.http(loadBalancer))
      await answeredBy(machine, () => app1.http(host, { resolve }))
      for (let request = 0; request < 10; request++) {
        const outcomes = await Promise.all([app1.http(loadBalancer), app1.http(host, { resolve })])
        expect(outcomes).toMatchObject([{ echo: { machine } }, { echo: { machine } }])
      }
    }

    it('installs the example from a registry, and App1 reaches App2', async () => {
      await whenEmpty()
      await helm('install', ['--values', example])
      const plan = await planOf({ files: [example], set: [] }, { nodes: nodeNames })
      const { services } = await whenInstalled(cluster, plan)
      loadBalancer = `http://${services.get('myapp-proxy')?.status?.loadBalancer?.ingress?.[0]?.ip}/`
      await bothLeadTo('app2')
    })

    it('upgrades to another address of App2 with --reuse-values, and both doors lead there', async () => {
      await moveTo('2.3.4.6')
      await bothLeadTo('app2-moved')
    })

    it('rolls back, and both doors lead to the old address', async () => {
      await cluster.helm(['rollback', 'demo', '1'], { version })
      await bothLeadTo('app2')
    })

    const other = version === '4.1' ? '3.17' : '4.1'
    it(`goes on with Helm ${other}: upgrade and rollback lead where they should`, async () => {
      await moveTo('2.3.4.6', other)
      await bothLeadTo('app2-moved')
      await cluster.helm(['rollback', 'demo'], { version: other })
      await bothLeadTo('app2')
    })

    it('uninstalls and leaves nothing: no object, no open door', async () => {
      await cluster.helm(['uninstall', 'demo', '--wait'], { version })
      expect(await objectsIn()).toEqual([])
      await cluster.until('the doors close', async () => {
        const outcomes = await Promise.all([app1.http(loadBalancer), app1.http(host, { resolve })])
        return outcomes.every((outcome) => !('echo' in outcome)) || undefined
      })
    })
  })
}
