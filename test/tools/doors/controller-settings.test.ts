import { describe, expect, it } from 'vitest'
import { asFiles, compare } from '../../../tools/doors/compare.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { isWider } from '../../../tools/doors/requests.ts'
import { fc, ofSamples } from '../../fast-check.ts'
import { changes, type Fields, mayBeWider } from './changes.ts'
import { app2, custom, httpProxy, ingress, service } from './objects.ts'

describe("a controller's own settings", () => {
  const config = (data: Fields, name = 'ingress-nginx-controller') => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'ingress' },
    data,
  })
  const contourFile = (content: object) => config({ 'contour.yaml': JSON.stringify(content) }, 'contour')
  const list = { 'nginx.ingress.kubernetes.io/allowlist-source-range': '1.2.3.4' }
  const held = [ingress(list), ...app2]
  const heldByContour = [httpProxy(), ...app2]
  const open = [ingress(), ...app2]
  const own = (spec: Fields, name = 'ingress-nginx-controller') =>
    service({ selector: { app: 'a' }, loadBalancerSourceRanges: [], ...spec }, { name, namespace: 'ingress' })
  const set = (nets: string[]) => custom('projectcalico.org/v3', 'GlobalNetworkSet', 'office', { nets })
  const aliases = [
    'a0: &a0 [x]',
    ...Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`),
  ].join('\n')
  const port = (number: number) => ({ ports: [{ port: number }] })

  it.each<[string, object[], object[]]>([
    ['PROXY protocol', held, [...held, config({ 'use-proxy-protocol': 'true' })]],
    ['no PROXY protocol', [...held, config({ 'use-proxy-protocol': 'true' })], [...held, config({})]],
    ['forwarded headers', held, [...held, config({ 'use-forwarded-headers': 'true' })]],
    [
      'whose headers are believed',
      [...held, config({ 'proxy-real-ip-cidr': '10.0.0.0/8' })],
      [...held, config({})],
    ],
    [
      'plain text, where a certificate is asked for',
      [ingress({ 'nginx.ingress.kubernetes.io/auth-tls-secret': 'a/b' }), ...app2],
      [
        ingress({ 'nginx.ingress.kubernetes.io/auth-tls-secret': 'a/b' }),
        ...app2,
        config({ 'ssl-redirect': 'false' }),
      ],
    ],
    [
      'another list for all',
      [...open, config({ 'whitelist-source-range': '1.2.3.4' })],
      [...open, config({ 'whitelist-source-range': '1.2.0.0/16' })],
    ],
    [
      "Contour's login for all",
      [...heldByContour, contourFile({ globalExtAuth: { extensionService: 'auth/login' } })],
      [...heldByContour, contourFile({ globalExtAuth: { extensionService: 'auth/login', failOpen: true } })],
    ],
    [
      "Contour's trusted hops",
      [...heldByContour, contourFile({})],
      [...heldByContour, contourFile({ network: { 'num-trusted-hops': 1 } })],
    ],
    [
      'a file whose aliases stand for more than fits',
      [...held, config({ mesh: aliases }, 'istio')],
      [...held, config({ mesh: `${aliases} ` }, 'istio')],
    ],
    [
      'a file that is no YAML',
      [...held, config({ mesh: '{' }, 'istio')],
      [...held, config({ mesh: '{{' }, 'istio')],
    ],
    [
      'an own load balancer on another port, of a class',
      [...held, own({ ...port(8443), loadBalancerClass: 'example.com/inside' })],
      [...held, own(port(8443))],
    ],
    [
      'a list of its load balancer',
      [...held, own({ ...port(8443), loadBalancerSourceRanges: ['1.2.3.4/32'] })],
      [...held, own(port(8443))],
    ],
    ['a ClusterIP that is a load balancer now', [...held, own({ type: 'ClusterIP' })], [...held, own({})]],
    [
      'a ClusterIP that is a node port now',
      [...held, own({ type: 'ClusterIP' })],
      [...held, own({ type: 'NodePort' })],
    ],
    [
      'whom it sees as a node',
      [...held, own({ externalTrafficPolicy: 'Local' })],
      [...held, own({ externalTrafficPolicy: 'Cluster' })],
    ],
    [
      "a set of addresses that Calico's policies choose",
      [...open, set(['1.2.3.4/32'])],
      [...open, set(['1.2.3.0/24'])],
    ],
  ])('%s, is to be looked at', (_, before, now) => {
    expect(mayBeWider(before, now)).toBe(true)
    expect(changes(now, now)).toEqual([])
  })

  /** Settings by what they are where they are not written, and those that keep people out as long as they are. */
  const usual = { 'use-proxy-protocol': 'false', 'ssl-redirect': 'true', 'proxy-real-ip-cidr': '0.0.0.0/0' }
  const holding = ['global-auth-url', 'denylist-source-range']
  /** Each as it may be written: as it would be anyway, otherwise, or not at all. */
  const values: Readonly<Record<string, readonly (string | undefined)[]>> = {
    'use-proxy-protocol': ['true', 'false', undefined],
    'ssl-redirect': ['true', 'false', undefined],
    'proxy-real-ip-cidr': ['10.0.0.0/8', '0.0.0.0/0', undefined],
    ...Object.fromEntries(holding.map((key) => [key, ['a', 'b', undefined]])),
    'worker-processes': ['1', undefined],
  }
  const settings = fc.record(
    Object.fromEntries(Object.entries(values).map(([key, all]) => [key, fc.constantFrom(...all)])),
  )
  /** Of two readings most is the same: else each has something to be looked at. */
  const edits = fc.array(
    fc.constantFrom(
      ...Object.entries(values).flatMap(([key, all]) => all.map((value) => ({ [key]: value }))),
    ),
    { maxLength: 2 },
  )

  it('a change is to be looked at where it judges otherwise, or keeps out no more, and nowhere else', () => {
    fc.assert(
      fc.property(settings, edits, (was, edited) => {
        const is: typeof was = Object.assign({}, was, ...edited)
        const judges = Object.entries(usual).some(
          ([key, value]) => (was[key] ?? value) !== (is[key] ?? value),
        )
        const keeps = holding.some((key) => was[key] !== undefined)
        const undoes = keeps && holding.some((key) => was[key] !== is[key])
        const [before, now] = [was, is].map((data) => [...heldByContour, config(data)])
        expect(mayBeWider(before ?? [], now ?? [])).toBe(judges || undoes)
      }),
      { numRuns: ofSamples(500) },
    )
  })

  it('a login for all that is gone lets in whom it kept out', () => {
    const login = contourFile({ globalExtAuth: { extensionService: 'auth/login' } })
    const [change] = changes([...heldByContour, login], [...heldByContour, contourFile({})]).filter(isWider)
    expect(change).toMatchObject({
      wider: { IPv4: ['1.2.3.4/32'] },
      restraints: { gone: ['data.contour.yaml.globalExtAuth of ConfigMap ingress/contour'] },
    })
  })

  it.each<[string, object[], object[]]>([
    [
      'what is written as it would be anyway',
      held,
      [...held, config({ 'ssl-redirect': 'true', 'use-proxy-protocol': 'false' })],
    ],
    [
      'how a client is judged, where anyone gets in',
      open,
      [...open, config({ 'use-proxy-protocol': 'true' })],
    ],
    [
      'what a file says of logs',
      [...heldByContour, contourFile({ 'accesslog-format': 'json' })],
      [...heldByContour, contourFile({ timeouts: {} })],
    ],
    [
      'another order within a file',
      [...heldByContour, contourFile({ network: { a: 1, b: 2 } })],
      [...heldByContour, contourFile({ network: { b: 2, a: 1 } })],
    ],
    [
      "a file of an application's",
      [...held, config({ 'app.yaml': 'auth: true' }, 'shop')],
      [...held, config({ 'app.yaml': 'auth: false' }, 'shop')],
    ],
    [
      "an application's ClusterIP",
      [...held, own({ type: 'ClusterIP' }, 'shop')],
      [...held, own(port(8080), 'shop')],
    ],
    [
      'another ClusterIP of the controller',
      [...held, own({ type: 'ClusterIP' })],
      [...held, own({ type: 'ClusterIP' }), own({ type: 'ClusterIP' }, 'ingress-nginx-controller-admission')],
    ],
    ['another port', [...held, own({})], [...held, own({ ports: [{ port: 80 }, { port: 8443 }] })]],
  ])('%s, is not', (_, before, now) => {
    expect(changes(before, now).filter(isWider)).toEqual([])
  })

  it('a cluster that tells its controller what files say nothing of is no other than these', () => {
    const local = own({ externalTrafficPolicy: 'Local' })
    const inside = own({ type: 'ClusterIP' }, 'contour')
    const template = { spec: { containers: [{ args: ['--default-ssl-certificate=a/b', '--x'] }] } }
    const told = custom('apps/v1', 'Deployment', 'ingress-nginx-controller', { template })
    const login = [ingress({ ...list, 'nginx.ingress.kubernetes.io/auth-url': 'https://a' }), ...app2]
    for (const files of [login, heldByContour]) {
      const said = doorsOf(files)
      for (const settings of [config({ 'use-proxy-protocol': 'true' }), local, inside, told]) {
        const found = doorsOf([...files, settings])
        expect(compare(said, asFiles(found, said)).filter(isWider)).toEqual([])
      }
    }
    const wanted = doorsOf([...heldByContour, local])
    expect(compare(wanted, asFiles(doorsOf([...heldByContour, own({})]), wanted)).some(isWider)).toBe(true)
  })
})
