import { afterEach, describe, expect, it } from 'vitest'
import { everyRule } from '../../rules/rule.ts'
import { judge, uninstall } from '../cluster.ts'
import { bySight } from './by-sight.ts'
import { renderUnchecked } from './unchecked.ts'

/** Rules whose proof can't run here, with the reason. */
const elsewhere: Record<string, string> = {
  'backend-ref-ranges': 'it would be seen only where a preset holds routes',
  'backend-tls-twice': 'which of the two wins is the business of each controller',
  'class-annotation': 'the API server refuses it of an Ingress, and Contour heeds the annotation alone',
  'dns-annotation': 'External DNS does not run here',
  'dns-cluster-ip': 'External DNS does not run here',
  'external-name-and-addresses': 'the chart writes the name and drops the addresses',
  'filter-redirect': 'the chart drops what a redirect never leads to',
  'headless-affinity': 'no proxy stands between, and no DNS runs here',
  'ingress-path': 'the API server refuses it of an Ingress; an HTTPProxy never matches it',
  'ingress-path-twice': 'which of the two wins is the business of each controller',
  'issuer-annotation': 'cert-manager does not run here',
  'listener-issuer': 'cert-manager does not run here',
  'listener-issuer-hostname': 'cert-manager does not run here',
  'listener-twice': 'by TCP and TLS at once the API server takes it, and the controller refuses one',
  'platform-families': 'no cloud runs here',
  'platform-open': 'no cloud runs here',
  'platform-protocol': 'no cloud runs here',
  'platform-range-family': 'no cloud runs here',
  'preset-kind': "what a controller can't do is its preset's own declaration",
  'preset-lacks': "what a controller can't do is its preset's own declaration",
  'preset-refuses': "what a controller can't do is its preset's own declaration",
  'route-grpc': 'what is spoken to App2 then is the business of each controller',
  'route-match-twice': 'the Gateway API bids controllers to ignore the second',
  'route-name-twice': 'Helm would write one object over the other',
  'route-port-unknown': 'by UDP to a port of TCP the API server takes it, and nothing answers',
  'route-twice': 'the API server takes it, and controllers let the older win',
  'secret-twice': 'cert-manager does not run here',
  'source-ranges-annotation': 'no cloud runs here',
  'target-port-direct': 'no DNS runs here',
  'tls-host-unknown': 'a certificate that no host shows',
}

const rules = await everyRule()
const judged = rules.filter(([code]) => !bySight[code] && !elsewhere[code])

it('every rule is proved, or said why not', () => {
  const codes = rules.map(([code]) => code)
  expect(codes).toEqual(expect.arrayContaining([...Object.keys(bySight), ...Object.keys(elsewhere)]))
  expect(Object.keys(bySight).filter((code) => elsewhere[code])).toEqual([])
})

describe.each(judged)('%s', (code, rows) => {
  it.each(Object.entries(rows))(
    '%s: nothing comes of it, or it is written in vain',
    async (_, { refused, says }) => {
      const path = says.slice(0, says.indexOf(': '))
      const [taken, inVain] = await Promise.all([isTaken(refused), isInVain(refused, path)])
      expect(!taken || inVain).toBe(true)
    },
  )

  // Not where a ClusterIP is written, which would have to be of this cluster's own.
  it.skipIf(code === 'cluster-ip-family')('and its neighbour is taken', async () => {
    for (const { accepted } of Object.values(rows)) expect(await isTaken(accepted)).toBe(true)
  })
})

describe.each(Object.entries(bySight))('%s', (_, sights) => {
  afterEach(uninstall)
  it.each(Object.entries(sights))('%s', async (_, see) => {
    await see()
  })
})

// --- utils ---

/** Does the API server take what the chart without its checks makes of these values? */
async function isTaken(values: object): Promise<boolean> {
  const items = await renderUnchecked(values).catch(() => undefined)
  if (!items) return false
  if (items.length === 0) return true
  return judge(items.map(withoutNamespace)).then(
    () => true,
    () => false,
  )
}

/** In the namespace that is there. */
const withoutNamespace = <T extends { metadata?: object }>(object: T) => ({
  ...object,
  metadata: { ...object.metadata, namespace: 'default' },
})

/** Are the objects the same without what stands at that path of the values? */
async function isInVain(values: object, path: string): Promise<boolean> {
  const without = structuredClone(values)
  const keys = path.split(/[.[\]]+/).filter(Boolean)
  const last = keys.pop() ?? ''
  const parent = keys.reduce<unknown>((node, key) => (isMap(node) ? node[key] : undefined), without)
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else if (isMap(parent)) delete parent[last]
  const [before, after] = await Promise.all(
    [renderUnchecked(values), renderUnchecked(without)].map((one) => one.catch(() => undefined)),
  )
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after)
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
