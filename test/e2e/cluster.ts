import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startCluster } from '../../tools/cluster/cluster.ts'
import { networkOf } from '../../tools/cluster/network.ts'
import { chart } from '../../tools/render.ts'

/** The one cluster of a run, shared by every test file. It ends with the sandbox. */
export const cluster = await startCluster(
  networkOf([
    { name: 'app1', segment: 'front', addresses: ['1.2.3.4', '2001:db8:1::4'] },
    {
      name: 'intruder',
      segment: 'front',
      addresses: ['1.2.3.3', '1.2.3.5', '203.0.113.66', '2001:db8:bad::66'],
    },
    { name: 'app2', segment: 'back', addresses: ['2.3.4.5', '2001:db8:2::5'] },
    { name: 'app2-moved', segment: 'back', addresses: ['2.3.4.6'] },
  ]),
  { contour: true },
)
await Promise.all(['app2', 'app2-moved'].map((host) => cluster.answer({ host, tcp: [8080], udp: [] })))

export { chart }
export const example = 'examples/app1-to-app2.yaml'

/** The examples, and the chart's values for chart-testing. */
export const valuesFiles = ['examples', join(chart, 'ci')].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name)),
)

/** Every kind that a release of the chart can leave in the cluster, or have made there by Kubernetes. */
const kinds = 'services,endpoints,endpointslices,ingresses,httpproxies'

/** The names of what there is in a namespace, but Kubernetes's own Service. */
export async function objectsIn(namespace = 'default'): Promise<string[]> {
  const names = await cluster.kubectl(['get', kinds, '--namespace', namespace, '--output=name'])
  return names.split('\n').filter((name) => name && !/^\S+\/kubernetes$/.test(name))
}

/** Waits until a request is answered by that host. */
export async function answeredBy(
  host: string,
  send: () => ReturnType<ReturnType<typeof cluster.in>['http']>,
) {
  await cluster.until(`${host} answers`, async () => {
    const outcome = await send()
    return ('echo' in outcome && outcome.echo?.host === host) || undefined
  })
}
