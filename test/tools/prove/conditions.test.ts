import { expect, it } from 'vitest'
import type { KubernetesObject } from '../../../tools/chart/objects.ts'
import { complaintsOf } from '../../../tools/prove/conditions.ts'

const apiVersion = 'gateway.networking.k8s.io/v1'
const route: KubernetesObject = { apiVersion, kind: 'HTTPRoute', metadata: { name: 'web' }, spec: {} }

/** What is said of a route with this status. */
const said = (status: object) => complaintsOf(async () => JSON.stringify({ status }), { objects: [route] })
const parents = (type: string, status: string) => ({
  parents: [{ parentRef: { name: 'edge' }, conditions: [{ type, status, message: 'No listener fits' }] }],
})

it.each<[string, object, string[]]>([
  ['a route that is not accepted', parents('Accepted', 'False'), ['not Accepted at edge: No listener fits']],
  [
    'one whose backend is not found',
    parents('ResolvedRefs', 'False'),
    ['not ResolvedRefs at edge: No listener fits'],
  ],
  ['one that is', parents('Accepted', 'True'), []],
  ['a condition that is not of these', parents('Conflicted', 'False'), []],
  [
    'a listener',
    { listeners: [{ name: 'a', conditions: [{ type: 'Programmed', status: 'False', message: 'Why' }] }] },
    ['not Programmed at listener a: Why'],
  ],
  ['what no controller has seen', {}, []],
])('%s', async (_, status, messages) => {
  const complaints = await said(status)
  expect(complaints.map(({ message }) => message)).toEqual(messages)
  for (const { object } of complaints) expect(object).toBe('HTTPRoute default/web')
})
