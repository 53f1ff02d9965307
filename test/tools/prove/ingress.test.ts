import { expect, it } from 'vitest'
import type { Ingress, Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import { hostNamesOf } from '../../../tools/prove/ingress.ts'

const ports = { http: { port: 80, targetPort: 8080 } }
const hosts = ['a.example.com']
const found = (ingress: Ingress, more: ProxyValues = {}) =>
  hostNamesOf('app', { ports, ingress: { hosts, ...ingress }, ...more })

it.each<[string, Ingress, object[]]>([
  ['none without TLS', {}, []],
  ['one of all hosts', { tls: { issuer: { name: 'ca' } } }, [{ secretName: 'app-tls', hosts }]],
  ['of a name', { tls: { secretName: 'mine' } }, [{ secretName: 'mine', hosts }]],
  [
    'several',
    { tls: { certificates: [{ secretName: 'a', hosts: ['a.example.com'] }] } },
    [{ secretName: 'a', hosts }],
  ],
])('the certificates that are expected: %s', (_, ingress, certificates) => {
  expect(found(ingress).certificates).toEqual(certificates)
})

it.each<[string, Ingress, ProxyValues]>([
  ['no nginx runs here, only Contour', { controller: 'nginx', className: 'nginx' }, {}],
  ['the controller here serves class contour, or none, and not edge', { className: 'edge' }, {}],
  ['App2 speaks http here, and not https', {}, { backend: { protocol: 'https' } }],
])('not tried: %s', (why, ingress, more) => {
  expect(found(ingress, more)).toMatchObject({
    hostNames: [],
    certificates: [],
    skipped: [{ what: 'host names', why }],
  })
})

it('every path is asked for, and one that only the controller understands is said', () => {
  const paths: Ingress['paths'] = [
    { path: '/a' },
    { path: '/b', pathType: 'Exact' },
    { path: '/c/.*', pathType: 'ImplementationSpecific' },
  ]
  const { hostNames, skipped } = found({ paths })
  expect(hostNames.map(({ path }) => path)).toEqual(['/a', '/a/', '/b'])
  expect(skipped).toMatchObject([
    { what: 'path /c/.*', why: 'what it stands for, each controller says itself' },
  ])
})
