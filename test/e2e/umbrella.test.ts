import { join } from 'node:path'
import type { Service } from 'kubernetes-types/core/v1.d.ts'
import { afterEach, beforeAll, expect, it } from 'vitest'
import type { HelmVersion } from '../../tools/chart/helm.ts'
import { stateFolder } from '../../tools/cluster/sandbox/sandbox.ts'
import { loadBalancerAddresses } from '../../tools/prove/places.ts'
import { umbrellaIn } from '../umbrella.ts'
import { answeredBy, cluster, objectsIn } from './cluster.ts'

let umbrella = ''
beforeAll(async () => {
  umbrella = await umbrellaIn(join(stateFolder, 'umbrella'))
  await cluster.helm(['dependency', 'update', umbrella])
})
afterEach(() => cluster.helm(['uninstall', 'platform', '--wait', '--ignore-not-found']))

/** App1 is answered by that machine at that Service's load balancer. */
async function leadsTo(machine: string, service: string) {
  const address = await cluster.until(`${service} has an address`, async () => {
    const found: Service = JSON.parse(await cluster.kubectl(['get', 'service', service, '--output=json']))
    return loadBalancerAddresses(found)[0]
  })
  await answeredBy(machine, () => cluster.machine('app1').http(`http://${address}:443/`))
}

it.each<HelmVersion>(['3.17', '4.1'])(
  'an umbrella chart brings what its conditions let in, by Helm %s',
  async (version) => {
    const port = (path: string) => ['--set', `${path}.ports.https.targetPort=8080`]
    const ports = [...port('partners.proxies.billing'), ...port('suppliers.proxies.orders')]
    await cluster.helm(['install', 'platform', umbrella, ...ports], { version })
    await leadsTo('app2', 'partner-billing')
    expect((await objectsIn()).join()).not.toContain('supplier')

    const turned = ['partners.enabled=false', 'suppliers.enabled=true'].flatMap((one) => ['--set', one])
    await cluster.helm(['upgrade', 'platform', umbrella, '--reuse-values', ...turned], { version })
    await leadsTo('app2-moved', 'supplier-orders')
    expect((await objectsIn()).join()).not.toContain('partner')
  },
)
