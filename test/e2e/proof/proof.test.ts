import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { everyCheck } from '../../chart/checks/check.ts'
import { uninstall } from '../cluster.ts'
import { hosts } from './hosts.ts'
import { forgotten, makeGateway, removeGateway, routes } from './routes.ts'
import type { Sights } from './see.ts'
import { services } from './services.ts'
import { isInVain, isTaken, isTakenAside } from './unchecked.ts'

/** The checks whose proof is seen, some by more than one door. */
const seen = new Set([services, hosts, routes].flatMap((sights) => Object.keys(sights)))

/** Checks whose proof can't run here, with the reason. */
const elsewhere: Record<string, string> = {
  'access-beside-proxies': 'what a release gives to whom is seen in access.test.ts',
  'access-namespace': "who may read Helm's Secrets is seen in access.test.ts",
  'access-required': 'a Role of nobody and a policy that lets nothing in are taken, and of no use',
  'annotation-not-harmless': "what a key does is its reader's own affair",
  'backend-ref-external-name': 'a controller of the Gateway API must refuse it, which no object says',
  'backend-ref-protocol':
    'App2 is spoken to as its own values say: it is said, so that nobody takes it for TLS',
  'backend-time-zero': 'a controller takes no time at all for one that is not written',
  'class-of-another': 'who serves a class is nothing that objects say',
  'class-twice': 'who serves a class is nothing that objects say',
  'dns-annotation': 'External DNS does not run here',
  'dns-cluster-ip': 'External DNS does not run here',
  'extra-object-kind': 'what reads an object that the chart does not make is nothing that it says',
  'extra-object-makes': 'what reads an object that the chart does not make is nothing that it says',
  'extra-object-namespace': 'what reads a ConfigMap is nothing that it says',
  'extra-object-secret': 'what reads a Secret is nothing that it says',
  'extra-object-settings': 'what reads a ConfigMap is nothing that it says',
  'filter-cors-any': "what the others beside any do is the controller's own affair",
  'filter-header-twice': "which of two headers of one name counts is the controller's own affair",
  'gateway-controller-twice': 'who serves a Gateway is nothing that a route says',
  'host-option': 'Traefik does not run here',
  'issuer-annotation': 'cert-manager does not run here',
  'label-not-harmless': "what a key does is its reader's own affair",
  'listener-certificate': 'a listener that passes TLS on takes one, and never shows it',
  'listener-issuer': 'cert-manager does not run here',
  'listener-issuer-hostname': 'cert-manager does not run here',
  'load-balancer-class': 'what serves a class of others does not run here',
  'platform-families': 'no cloud runs here',
  'platform-family-open': 'no cloud runs here',
  'platform-node-ports': 'no cloud runs here',
  'platform-open': 'no cloud runs here',
  'platform-protocol': 'no cloud runs here',
  'preset-kind': "what a controller can't do is its preset's own declaration",
  'preset-refuses': "what a controller can't do is its preset's own declaration",
  'route-closed': 'Istio does not run here',
  'sync-wave-early': 'Argo CD does not run here',
  'secret-twice': 'cert-manager does not run here',
}

/** Rows of others that the API server takes, with the reason why they are refused all the same. */
const rowsElsewhere: Record<string, string> = {
  'a host with an underscore': 'an HTTPProxy takes any text for a host, which no client asks for',
  'a URL in place of a host': 'an HTTPProxy takes any text for a host, which no client asks for',
  'nothing in place of a host': 'an HTTPProxy takes any text for a host, which no client asks for',
}

const checks = await everyCheck()
const judged = checks.filter(([code]) => !seen.has(code) && !elsewhere[code])

it('every check is proved, or said why not', () => {
  const codes = checks.map(([code]) => code)
  expect(codes).toEqual(expect.arrayContaining([...seen, ...Object.keys(elsewhere)]))
  expect([...seen].filter((code) => elsewhere[code])).toEqual([])
})

describe.each(judged)('%s', (code, rows) => {
  it.each(Object.entries(rows).filter(([row]) => !rowsElsewhere[row]))(
    '%s: nothing comes of it, or it is written in vain',
    async (_, { refused, says }) => {
      const path = says.slice(0, says.indexOf(': '))
      const [taken, inVain] = await Promise.all([isTaken(refused), isInVain(refused, path)])
      expect(!taken || inVain).toBe(true)
    },
  )

  // Not where a ClusterIP is written, which would have to be of this cluster's own.
  it.skipIf(code === 'cluster-ip-family')('and its neighbour is taken', async () => {
    for (const { accepted } of Object.values(rows)) expect(await isTakenAside(accepted)).toBe(true)
  })
})

describe('by a Service', () => {
  see(services)
})

describe('by a host name', () => {
  see(hosts)
})

describe('by a route', () => {
  beforeAll(makeGateway)
  afterAll(removeGateway)
  afterEach(forgotten)
  see(routes)
})

// --- utils ---

/** Each sight makes what it needs, and leaves nothing to the next. */
function see(door: Sights) {
  describe.each(Object.entries(door))('%s', (_, sights) => {
    afterEach(uninstall)
    it.each(Object.entries(sights))('%s', async (_, look) => {
      await look()
    })
  })
}
