import { expect, it } from 'vitest'
import { valuesOf } from '../../../tools/prove/values.ts'
import { temporaryFiles } from '../../../tools/sources/values.ts'

const asked = (documents: object[], set: string[] = []) => {
  const named = documents.map((document, index) => ({
    name: `${index}.yaml`,
    content: JSON.stringify(document),
  }))
  return temporaryFiles(named, (files) => valuesOf({ files, set }))
}
const proxies = async (documents: object[], set: string[] = []) => {
  const found = await asked(documents, set)
  return Object.fromEntries(Object.values(found).map(({ name, values }) => [name, values]))
}

it.concurrent('files merge as Helm merges them: maps by key, lists as a whole, --set last', async () => {
  const one = { proxies: { app: { addresses: ['2.3.4.5', '2.3.4.6'], ports: { a: { port: 80 } } } } }
  const two = { proxies: { app: { addresses: ['2.3.4.7'], ports: { b: { port: 81 } } } } }
  expect(await proxies([one, two], ['proxies.app.ports.a.port=82'])).toEqual({
    app: { addresses: ['2.3.4.7'], ports: { a: { port: 82 }, b: { port: 81 } } },
  })
})

it.concurrent('defaults are under each proxy, and namePrefix before its name', async () => {
  const values = {
    namePrefix: 'edge-',
    defaults: { sourceRanges: ['1.2.3.4/32'], service: { inCluster: true, type: 'ClusterIP' } },
    proxies: { a: {}, b: { sourceRanges: ['5.6.7.8/32'], service: { inCluster: false } } },
  }
  expect(await proxies([values])).toEqual({
    'edge-a': { sourceRanges: ['1.2.3.4/32'], service: { inCluster: true, type: 'ClusterIP' } },
    'edge-b': { sourceRanges: ['5.6.7.8/32'], service: { inCluster: false, type: 'ClusterIP' } },
  })
})

it.concurrent('what is not enabled is not there', async () => {
  expect(await proxies([{ proxies: { a: { enabled: false }, b: {} } }])).toEqual({ b: {} })
  expect(await proxies([{ enabled: false, proxies: { b: {} } }])).toEqual({})
})

it.concurrent("whose a load balancer is, its class says: by the values, by its maker, else the values' platform", async () => {
  const values = {
    platform: 'gcp',
    loadBalancerClasses: { 'example.com/ours': 'generic' },
    proxies: {
      none: {},
      ours: { service: { loadBalancerClass: 'example.com/ours' } },
      known: { service: { loadBalancerClass: 'service.k8s.aws/nlb' } },
      unknown: { service: { loadBalancerClass: 'example.com/other' } },
    },
  }
  const found = await asked([values])
  const platforms = Object.entries(found).map(([key, { platform }]) => [key, platform])
  expect(Object.fromEntries(platforms)).toEqual({
    none: 'gcp',
    ours: 'generic',
    known: 'aws',
    unknown: 'gcp',
  })
})

it.concurrent.each<[string, object, object, string[]]>([
  ['where its clients do, if nothing is said', {}, {}, ['10.0.0.0/8', 'fd00::/8']],
  [
    'where the values say, and not among clients',
    { clusterRanges: ['10.1.0.0/16', 'fd01::/16'] },
    {},
    ['10.1.0.0/16', 'fd01::/16'],
  ],
  [
    'where its clients do, of the family of which nothing is said',
    { clusterRanges: ['20.1.0.0/16'] },
    {},
    ['20.1.0.0/16', 'fd00::/8'],
  ],
  ['nowhere, without a list', {}, { sourceRanges: [] }, []],
])('nodes may lie %s', async (_, values, fields, expected) => {
  const app = { sourceRanges: ['10.0.0.0/8', 'fd00::/8'], ...fields }
  expect((await asked([{ ...values, proxies: { app } }])).app?.nodesIn).toEqual(expected)
})
