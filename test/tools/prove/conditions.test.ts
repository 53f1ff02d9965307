import { describe, expect, it } from 'vitest'
import type { KubernetesObject } from '../../../tools/chart/objects.ts'
import { complaintsOf } from '../../../tools/prove/conditions.ts'
import type { Plan } from '../../../tools/prove/plan.ts'

const apiVersion = 'gateway.networking.k8s.io/v1'
const spec = { parentRefs: [{ name: 'edge' }] }
const route: KubernetesObject = { apiVersion, kind: 'HTTPRoute', metadata: { name: 'web' }, spec }
const policy: KubernetesObject = {
  apiVersion: 'gateway.envoyproxy.io/v1alpha1',
  kind: 'SecurityPolicy',
  metadata: { name: 'web' },
  spec: { targetRefs: [{ kind: 'HTTPRoute', name: 'web' }] },
}
const proxy = (ingressClassName?: string): KubernetesObject => ({
  apiVersion: 'projectcontour.io/v1',
  kind: 'HTTPProxy',
  metadata: { name: 'web' },
  spec: { ...(ingressClassName && { ingressClassName }), virtualhost: { fqdn: 'a.example.com' }, routes: [] },
})
const edge = { namespace: 'default', name: 'edge', listeners: {} }

/** What is said of objects, each with the status that its kind has here. */
const said = async (
  objects: KubernetesObject[],
  statuses: Record<string, object>,
  gateways: Plan['gateways'] = [],
  notTried: Plan['notTried'] = [],
) => {
  const kubectl = async ([, kind = '']: readonly string[]) =>
    JSON.stringify({ status: statuses[kind.split('.')[0] ?? ''] })
  const complaints = await complaintsOf(kubectl, { objects, gateways, notTried }, 0)
  return complaints.map(({ object, message }) => `${object} is ${message}`)
}
const condition = (type: string, status = 'True') => ({ type, status, message: 'Why' })
const parents = (...conditions: object[]) => ({ parents: [{ parentRef: { name: 'edge' }, conditions }] })
const fine = parents(condition('Accepted'), condition('ResolvedRefs'))

it.each<[string, object, string[]]>([
  [
    'a route that is not accepted',
    parents(condition('Accepted', 'False')),
    ['HTTPRoute default/web is not Accepted at edge: Why'],
  ],
  [
    'one whose backend is not found',
    parents(condition('Accepted'), condition('ResolvedRefs', 'False')),
    ['HTTPRoute default/web is not ResolvedRefs at edge: Why'],
  ],
  [
    'one of which that is not known',
    parents(condition('Accepted', 'Unknown')),
    ['HTTPRoute default/web is not Accepted at edge: Why'],
  ],
  ['one that is', fine, []],
  ['a condition that is not of these', parents(condition('Conflicted', 'False')), []],
  ['what no controller here serves', {}, []],
])('%s', async (_, status, messages) => {
  expect(await said([route], { HTTPRoute: status })).toEqual(messages)
})

it.each(['web', 'web.of.default'])(
  '%s, which needs a controller that is not here, is not asked for',
  async (name) => {
    const object: KubernetesObject = { ...route, metadata: { name } }
    const refused = { HTTPRoute: parents(condition('Accepted', 'False')) }
    const skipped = { proxy: 'app', what: 'route web', why: 'no traefik runs here', of: { object: 'web' } }
    expect(await said([object], refused, [edge], [{ ...skipped, foreign: true }])).not.toContainEqual(
      expect.stringContaining('HTTPRoute'),
    )
    expect(await said([object], refused, [edge], [skipped])).toContainEqual(
      expect.stringContaining('HTTPRoute'),
    )
  },
)

describe('what a controller here serves must be called good by it', () => {
  const gateway = { conditions: [condition('Accepted'), condition('Programmed')] }
  const unsaid = 'its controller has not said so'
  it.each<[string, KubernetesObject[], Record<string, object>, string[]]>([
    ['a route', [route], { Gateway: gateway, HTTPRoute: fine }, []],
    [
      'a route of which nothing is said',
      [route],
      { Gateway: gateway },
      ['Accepted', 'ResolvedRefs'].map((type) => `HTTPRoute default/web is not ${type} at edge: ${unsaid}`),
    ],
    [
      'a policy of a route',
      [route, policy],
      { Gateway: gateway, HTTPRoute: fine },
      [`SecurityPolicy default/web is not Accepted at edge: ${unsaid}`],
    ],
    [
      'one that is not accepted',
      [route, policy],
      {
        Gateway: gateway,
        HTTPRoute: fine,
        SecurityPolicy: {
          ancestors: [{ ancestorRef: { name: 'edge' }, conditions: [condition('Accepted', 'False')] }],
        },
      },
      ['SecurityPolicy default/web is not Accepted at edge: Why'],
    ],
    [
      'a Gateway that was made up, and its listeners',
      [],
      {
        Gateway: {
          conditions: [condition('Accepted')],
          listeners: [{ name: 'a', conditions: [condition('Programmed', 'False')] }],
        },
      },
      [
        'Gateway default/edge is not Programmed at listener a: Why',
        `Gateway default/edge is not Programmed: ${unsaid}`,
      ],
    ],
    ["Contour's", [proxy()], { Gateway: gateway }, [`HTTPProxy default/web is not Valid: ${unsaid}`]],
    ["and not another's", [proxy('mine')], { Gateway: gateway }, []],
  ])('%s', async (_, objects, statuses, messages) => {
    expect(await said(objects, statuses, [edge])).toEqual(messages)
  })
})

it('a kind that is not known here is said', async () => {
  const strange = { ...route, kind: 'Stranger' } as unknown as KubernetesObject
  expect(await said([strange], {})).toEqual([
    'Stranger default/web is of a kind whose status is not known here',
  ])
})
