import { expect, it } from 'vitest'
import { doorsOf } from '../../../tools/doors/doors.ts'

/** The codes of what is wrong with a cluster whose Argo CD is told so. */
const codes = (data: Record<string, string>, live = true) =>
  doorsOf(
    [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'argocd-cm', namespace: 'argocd' }, data }],
    { live },
  ).problems.map(({ code }) => code)
const exclusions = (text: string) => ({ 'resource.exclusions': text })
const upstream = `
- apiGroups: ['', discovery.k8s.io]
  kinds: [Endpoints, EndpointSlice]
- apiGroups: [coordination.k8s.io]
  kinds: [Lease]
`

it.each([
  ['as its manifests have it', exclusions(upstream), ['slices-excluded']],
  ['without that block', exclusions(upstream.split('\n').slice(3).join('\n')), []],
  ['by patterns', exclusions("[{apiGroups: ['*.k8s.io'], kinds: ['Endpoint*']}]"), ['slices-excluded']],
  ['every kind of a group', exclusions('[{apiGroups: [discovery.k8s.io]}]'), ['slices-excluded']],
  [
    'a kind of that name in another group',
    exclusions('[{apiGroups: [cilium.io], kinds: [EndpointSlice]}]'),
    [],
  ],
  ['by what it includes alone', { 'resource.inclusions': '[{kinds: [Service]}]' }, ['slices-excluded']],
  ['included', { 'resource.inclusions': "[{apiGroups: ['*']}]" }, []],
  ['no word of it', {}, []],
  ['no YAML', exclusions('{'), []],
])('Argo CD leaves slices out: %s', (_, data, expected) => {
  expect(codes(data)).toEqual(expected)
})

it('is said of a cluster alone', () => {
  expect(codes(exclusions(upstream), false)).toEqual([])
})
