import { Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { execa } from 'execa'
import { load as parse } from 'js-yaml'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { externalDnsCommand, externalDnsEnvironment } from '../../tools/cluster/addons/external-dns.ts'
import { load, lost } from '../../tools/cluster/machines/load.ts'
import { firstNode } from '../../tools/cluster/network/nodes.ts'
import { builtFolders } from '../../tools/programs/build.ts'
import { chart, cluster } from './cluster.ts'

await cluster.add(['External DNS'])

const page = await readFile('docs/dns.md', 'utf8')
const [documented] = [...page.matchAll(/^```yaml\n(proxies:.*?)^```/gms)].map(
  ([, text = '']) => parse(text) as Values,
)
const host = 'myapp-proxy.somehost.net'
const app1 = cluster.machine('app1')
const ask = (name = host, seconds = 1) => app1.http(`http://${name}/`, { seconds })

/** Waits until App1, which looks the name up itself, gets App2's answer at it; gives what it got. */
const answered = (name = host) =>
  cluster.until(`App2 answers App1 at ${name}`, async () => {
    const outcome = await ask(name)
    if ('echo' in outcome && outcome.echo?.machine === 'app2') return outcome
    throw new Error(JSON.stringify(outcome))
  })

/** Waits until the name stands for nothing. */
const gone = (name = host) =>
  cluster.until(`${name} is gone`, async () => {
    const outcome = await ask(name)
    return ('detail' in outcome && outcome.detail.includes('ENOTFOUND')) || undefined
  })

const install = (values: Values) =>
  cluster.helm(['upgrade', '--install', 'dns', chart, '--values', '-'], { input: JSON.stringify(values) })
const uninstall = () => cluster.helm(['uninstall', 'dns', '--wait', '--ignore-not-found'])

const app2: ProxyValues = {
  addresses: ['2.3.4.5'],
  ports: { http: { port: 80, targetPort: 8080 } },
  service: { type: 'ClusterIP' },
  // Controllers' load balancers have an address of each family, and so have their names.
  sourceRanges: ['1.2.3.4/32', '2001:db8:1::4/128'],
}
const hostsOf = (fields: ProxyValues): Values => ({ proxies: { 'myapp-proxy': { ...app2, ...fields } } })
/** A Gateway of Envoy Gateway, and a route of these names there. */
const routed = (hostnames: string[], annotations = {}): Values => ({
  gateways: {
    'dns-edge': {
      className: 'envoy-gateway',
      listeners: { http: { port: 80, protocol: 'HTTP' } },
      annotations,
    },
  },
  ...hostsOf({
    routes: { web: { controller: 'envoy-gateway', parentRefs: [{ name: 'dns-edge' }], hostnames } },
  }),
})

describe('App1 looks the name up, and gets App2 at it', () => {
  afterEach(uninstall)

  it.for<[string, Values | undefined]>([
    ['the load balancer, by the values of the page', documented],
    ['an HTTPProxy', hostsOf({ ingress: { controller: 'contour', hosts: [host] } })],
    [
      'an Ingress',
      hostsOf({
        sourceRanges: ['0.0.0.0/0', '::/0'],
        ingress: { controller: 'none', className: 'contour', hosts: [host] },
      }),
    ],
    ["a Gateway's route", routed([host])],
  ])('%s; the record goes with the proxy', async ([, values]) => {
    await gone()
    await install(values ?? {})
    await answered()
    await uninstall()
    await gone()
  })

  it('by IPv6 where the controller has it, and then no IPv4 range is its own', async () => {
    await install(
      hostsOf({ sourceRanges: ['1.2.3.4/32'], ingress: { controller: 'contour', hosts: [host] } }),
    )
    await cluster.until('App1 is refused', async () => {
      const outcome = await ask()
      return ('status' in outcome && outcome.status === 403) || undefined
    })
    const [ipv4 = ''] = cluster.ingressAddresses
    expect(await app1.http(`http://${host}/`, { resolve: ipv4 })).toHaveProperty('echo')
  })
})

/** A zone that the running External DNS leaves alone. */
const other = 'flip.example.org'
const prefixes = { alpha: 'external-dns.alpha.kubernetes.io/', current: 'external-dns.kubernetes.io/' }

/** Has an External DNS of those arguments do its work once, in that zone. Throws with its own words. */
async function once(changed: Record<string, string> = {}): Promise<void> {
  const { 'external-dns': folder } = await builtFolders()
  const command = await externalDnsCommand(folder, cluster.kubeconfig, {
    'domain-filter': 'example.org',
    ...changed,
  })
  await execa('ip', ['netns', 'exec', firstNode, ...command, '--once'], { env: externalDnsEnvironment })
}

const loadBalancer = (dns: object): Values => ({
  proxies: { 'myapp-proxy': { ...app2, service: {}, dns: { hostnames: [other], ...dns } } },
})
/** What CoreDNS says of the name, in order. */
const records = async () => {
  const resolver = new Resolver()
  resolver.setServers([cluster.addressing.node(firstNode).control])
  return (await resolver.resolve4(other, { ttl: true })).sort((one, two) =>
    one.address.localeCompare(two.address),
  )
}
const hasAddress = () =>
  cluster.until('the load balancer has an address', async () => {
    const path = '--output=jsonpath={.status.loadBalancer.ingress}'
    return (await cluster.kubectl(['get', 'service', 'myapp-proxy', path])) || undefined
  })
const annotate = (...annotations: string[]) =>
  cluster.kubectl(['annotate', 'service', 'myapp-proxy', ...annotations])

describe('the prefix of the annotations', () => {
  beforeAll(async () => {
    await install(loadBalancer({ ttl: 60 }))
    await hasAddress()
    await once()
    await answered(other)
  })
  afterAll(async () => {
    await uninstall()
    await once()
  })

  it('the record has the ttl', async () => {
    expect(await records()).toMatchObject([{ ttl: 60 }])
  })

  it('flipped from one to the other and back, no request of App1 fails in between', async () => {
    const asked = load(() => ask(other, 10))
    for (const prefix of [prefixes.alpha, prefixes.current, prefixes.alpha, prefixes.current]) {
      await once({ 'annotation-prefix': prefix })
    }
    const outcomes = await asked.stop()
    expect(outcomes.length).toBeGreaterThan(20)
    expect(lost(outcomes)).toEqual([])
  })

  it('a Service with one of them alone loses its record in a flip, unless the old one is read, too', async () => {
    await annotate(`${prefixes.current}hostname-`, `${prefixes.current}ttl-`)
    await once({ 'enable-legacy-annotation-prefix': 'true' })
    await answered(other)
    await once()
    await gone(other)
    await once({ 'annotation-prefix': prefixes.alpha })
    await answered(other)
  })
})

describe('--policy', () => {
  it('has no default: External DNS says so, and does not start', async () => {
    await expect(once({ policy: '' })).rejects.toThrow(/--policy must be set explicitly \(one of: sync, /)
  })

  it('upsert-only leaves the record of a proxy that is gone; sync takes it away', async () => {
    await install(loadBalancer({}))
    await hasAddress()
    await once({ policy: 'upsert-only' })
    await answered(other)
    const before = await records()
    await uninstall()
    await once({ policy: 'upsert-only' })
    expect(await records()).toEqual(before)
    await once({ policy: 'sync' })
    await gone(other)
  })
})

describe("a Gateway's own annotations", () => {
  afterEach(async () => {
    await uninstall()
    await once()
  })

  it('are read under the prefix in use alone, as the target is', async () => {
    const target = '198.51.100.7'
    const edge = (...names: string[]) =>
      routed([other], Object.fromEntries(names.map((name) => [`${name}target`, target])))
    const addresses = async (prefix: string) => {
      await once({ 'annotation-prefix': prefix })
      return (await records()).map(({ address }) => address)
    }
    await install(edge(prefixes.current))
    // There is none until the Gateway has its addresses, and the route is taken.
    await cluster.until('the record is the target', async () => {
      const found = await addresses(prefixes.current)
      return found.join() === target || undefined
    })
    expect(await addresses(prefixes.alpha)).not.toContain(target)
    await install(edge(prefixes.current, prefixes.alpha))
    expect(await addresses(prefixes.alpha)).toEqual([target])
  })
})
