import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { load as parse } from 'js-yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { createAuthority, renew, whenIssued } from '../../tools/cluster/addons/cert-manager-controllers.ts'
import { load, lost } from '../../tools/cluster/machines/load.ts'
import type { Outcome } from '../../tools/cluster/machines/request.ts'
import { authorityOf, uninstallWithCertificates } from './certificates.ts'
import { addressesOf, chart, cluster } from './cluster.ts'

await cluster.add(['cert-manager controllers'])

const page = await readFile('docs/certificates.md', 'utf8')
const [ofGateway, ofHttpProxy] = [...page.matchAll(/^```yaml\n(.*?^proxies:.*?)^```/gms)].map(
  ([, text = '']) => parse(text) as Values,
)
const host = 'myapp-proxy.somehost.net'
const app1 = cluster.machine('app1')
const issuer = { name: 'letsencrypt' }
const app2: ProxyValues = {
  addresses: ['2.3.4.5'],
  ports: { http: { port: 80, targetPort: 8080 } },
  service: { type: 'ClusterIP' },
  sourceRanges: ['1.2.3.4/32'],
}

/** The authority that the ClusterIssuer of the page stands for here: cert-manager's own, of its issuer `ca`. */
let ca = ''
beforeAll(async () => {
  ca = await createAuthority(cluster, issuer.name)
})

afterAll(() => cluster.kubectl(['delete', 'clusterissuer', 'self', issuer.name]))

const install = (values: Values) =>
  cluster.helm(['install', 'certificates', chart, '--values', '-'], { input: JSON.stringify(values) })
const uninstall = () => uninstallWithCertificates(cluster, 'certificates')
const https = (address: string, options = {}) =>
  app1.http(`https://${host}/`, { resolve: address, ca, seconds: 5, ...options })

/** Waits until App1 gets App2's answer by a connection whose certificate it has verified. */
const verified = (address: string) =>
  cluster.until('App1 trusts the certificate', async () => {
    const outcome = await https(address)
    if ('echo' in outcome && outcome.echo?.machine === 'app2') return outcome
    throw new Error(JSON.stringify(outcome))
  })
const contours = async () => cluster.ingressAddresses[0] ?? ''
const gateways = async () => (await addressesOf('edge'))[0] ?? ''

const doors: [string, Values, () => Promise<string>][] = [
  ['an HTTPProxy, by the values of the page', ofHttpProxy ?? {}, contours],
  [
    'an Ingress',
    {
      proxies: {
        'myapp-proxy': {
          ...app2,
          sourceRanges: ['0.0.0.0/0', '::/0'],
          ingress: { controller: 'none', className: 'contour', hosts: [host], tls: { issuer } },
        },
      },
    },
    contours,
  ],
  ["a Gateway, for the proxy's route, by the values of the page", ofGateway ?? {}, gateways],
]

/** How long requests go on after a renewal, in milliseconds. */
const patience = 20_000

/** Asks by a connection that is kept open, as HTTP clients do: until an answer says that it is the last by that one. */
function kept(address: string) {
  const open = () => app1.flow({ protocol: 'https', address, port: 443, host, ca, seconds: 5 })
  let flow = open()
  const asked = load(async () => {
    const outcome = await flow.ask()
    if ('headers' in outcome && outcome.headers.connection === 'close') {
      flow.close()
      flow = open()
    }
    return outcome
  })
  return { ...asked, stop: () => asked.stop().finally(() => flow.close()) }
}

const serial = (outcome: Outcome) =>
  'certificate' in outcome ? outcome.certificate?.serialNumber : undefined

describe.for(doors)('%s', ([, values, addressOf]) => {
  let address = ''
  beforeAll(async () => {
    await install(values)
    address = await addressOf()
  })
  afterAll(uninstall)

  it('gets a certificate of the issuer, of its host alone, and App1 verifies it', async () => {
    expect(await verified(address)).toMatchObject({
      certificate: { subjectAltName: `DNS:${host}`, issuer: 'CN=an authority' },
    })
    const { cert } = await authorityOf('another authority')
    expect(await https(address, { ca: cert })).toMatchObject({ failure: 'untrusted' })
    expect(await https(address, { host: 'other.somehost.net', serverName: host })).not.toHaveProperty('echo')
  })

  it('is renewed without one failed request', async () => {
    const before = await verified(address)
    const [fresh, open] = [load(() => https(address)), kept(address)]
    await cluster.until('both are asked', async () => {
      const isAsked = [fresh, open].every(({ asked }) => asked.length > 0)
      return isAsked || undefined
    })
    await whenIssued(cluster)
    await renew(cluster.kubectl)
    const after = await cluster.until('another certificate is shown', async () => {
      const outcome = await verified(address)
      return serial(outcome) === serial(before) ? undefined : outcome
    })
    // Contour's Envoy ends open connections one by one from then on.
    await sleep(patience)
    const [byNew, byOld] = [await fresh.stop(), await open.stop()]
    expect(after).toMatchObject({ certificate: { issuer: 'CN=an authority' } })
    expect(lost([...byNew, ...byOld])).toEqual([])
    expect(byNew.filter((outcome) => 'headers' in outcome && outcome.headers.connection !== 'close')).toEqual(
      [],
    )
    expect(byNew.map(serial)).toEqual(expect.arrayContaining([serial(before), serial(after)]))
    expect(byOld.length).toBeGreaterThan(3)
  })
})
