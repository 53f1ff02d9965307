import { describe, expect, it } from 'vitest'
import { doorsOf } from '../../../tools/doors/doors.ts'
import { changes } from './changes.ts'
import { anyone, app2, custom, service, theDoor } from './objects.ts'

const ways = (...objects: object[]) => {
  const known = ['ClusterIP']
  return doorsOf([...objects, ...app2]).doors.filter(({ way }) => !known.includes(way))
}

describe('an annotation that names the Service is an open door', () => {
  const pods = (annotations: object) =>
    custom(
      'networking.k8s.io/v1',
      'Ingress',
      'pods',
      { defaultBackend: { service: { name: 'pods' } } },
      { annotations },
    )
  const found = (annotations: object) =>
    ways({ ...service({ selector: { app: 'a' } }, { name: 'pods' }) }, pods(annotations))

  it.each<[string, string]>([
    ['nginx.ingress.kubernetes.io/default-backend', 'app'],
    ['nginx.ingress.kubernetes.io/server-snippet', 'location / { proxy_pass http://app.default.svc:80; }'],
    ['nginx.ingress.kubernetes.io/configuration-snippet', 'proxy_pass http://2.3.4.5:8080;'],
    ['example.com/anything', 'default/app'],
  ])('%s: %s', (key, value) => {
    expect(found({ [key]: value })).toMatchObject([{ service: 'default/app', who: anyone, sure: 'assumed' }])
  })

  it.each<[string, string]>([
    ['nginx.ingress.kubernetes.io/upstream-vhost', 'app'],
    ['kubectl.kubernetes.io/last-applied-configuration', '{"name":"default/app"}'],
    ['example.com/owner', 'app'],
  ])('but not %s: %s', (key, value) => expect(found({ [key]: value })).toEqual([]))
})

it.each(['tailscale.com/expose', 'skupper.io/proxy', 'service.cilium.io/global'])(
  'a Service that asks for another way by %s has it',
  (key) => {
    const [, ends] = app2
    const asking = service({ type: 'ClusterIP' }, { annotations: { [key]: 'true' } })
    expect(theDoor(key, [asking, ends ?? {}])).toMatchObject({ who: anyone, to: ['2.3.4.5:8080'] })
  },
)

it("a Service that Cilium is told to serve at its load balancer's address alone has no other way", () => {
  const annotations = { 'service.cilium.io/type': 'LoadBalancer' }
  const [, ends] = app2
  const ways = doorsOf([service({}, { annotations }), ends], {}).doors.map(({ way }) => way)
  expect(ways).toEqual(['load balancer', 'node port', 'ClusterIP'])
})

describe('a kind that nobody knows and that names the Service is an open door', () => {
  it.each<[string, object]>([
    ['by its name', { routes: [{ services: [{ name: 'app', port: 80 }] }] }],
    [
      'by its name in DNS',
      { http: [{ route: [{ destination: { host: 'app.default.svc.cluster.local' } }] }] },
    ],
    ['with a namespace beside it', { backend: { name: 'app', namespace: 'default' } }],
    ['with a namespace before it', { service: 'default/app:80' }],
    ['in a URL', { url: 'http://app.default:80/path' }],
    ["by App2's own address", { endpoints: [{ address: '2.3.4.5' }] }],
  ])('%s', (_, spec) => {
    const [door] = ways(custom('example.com/v1', 'Something', 'a', { ...spec }))
    expect(door).toMatchObject({ way: 'Something', who: anyone, sure: 'assumed', to: ['2.3.4.5:8080'] })
  })

  it('so is a line of tcp-services', () => {
    const map = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'tcp-services' },
      data: { 9000: 'default/app:80' },
    }
    expect(ways(map)).toHaveLength(1)
  })
})

describe('what a controller sends requests of no host to', () => {
  const env = [{ name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } }]
  const told = (name: string, ...args: string[]) =>
    custom('apps/v1', 'Deployment', name, { template: { spec: { containers: [{ args, env }] } } })
  it.each([
    [['--default-backend-service=default/app']],
    [['--default-backend-service', 'default/app']],
    [['--fallback=http://app.default.svc:80']],
    [['--default-backend-service=$(POD_NAMESPACE)/app']],
    [['--default-backend-service=$(UNKNOWN)/app']],
    [['--default-backend-service=default/$(UNKNOWN)']],
    [['--default-backend-service=$(UNKNOWN)']],
    [['--default-backend-service=$(UNKNOWN)t/a$(UNKNOWN)p']],
    [['--fallback=http://app.$(UNKNOWN).svc:80']],
  ])('is a door by %j', (args) => {
    expect(ways(told('ingress-nginx-controller', ...args))).toMatchObject([
      { way: 'Deployment', who: anyone },
    ])
  })

  it.each([
    ['ingress-nginx-controller', ['--default-backend-service=default/other', '--name=app']],
    [
      'ingress-nginx-controller',
      ['--default-backend-service=$(POD_NAMESPACE)/other', '--a=other/$(UNKNOWN)'],
    ],
    [
      'ingress-nginx-controller',
      ['--default-backend-service=$(UNKNOWN)t/app$(UNKNOWN)p', '--a=de$(UNKNOWN)'],
    ],
    ['client', ['--url=http://app.default.svc:80']],
  ])("is none of %s's by %j", (name, args) => expect(ways(told(name, ...args))).toEqual([]))

  it('a new image of it is no change', () => {
    const of = (image: string) => {
      const containers = [{ image, args: ['--default-backend-service=default/app'] }]
      return custom('apps/v1', 'Deployment', 'nginx-ingress', { template: { spec: { containers } } })
    }
    expect(changes([of('a'), ...app2], [of('b'), ...app2])).toEqual([])
  })
})

it("a kind that nobody knows, of the Service's own name, means it", () => {
  expect(ways(custom('multicluster.x-k8s.io/v1alpha1', 'ServiceExport', 'app', {}))).toHaveLength(1)
  expect(ways(custom('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'app', {}))).toEqual([])
})

it.each(['HTTPRoute', 'Gateway', 'SecurityPolicy', 'Ingress'])(
  "a stranger's %s is not the one that is known",
  (kind) => {
    expect(ways(custom('example.com/v1', kind, 'a', { backendRefs: [{ name: 'app' }] }))).toHaveLength(1)
  },
)

it.each<[string, object]>([
  ['one of another name', custom('example.com/v1', 'Something', 'a', { name: 'other' })],
  [
    'one of another namespace',
    custom('example.com/v1', 'Something', 'a', { name: 'app' }, { namespace: 'other' }),
  ],
  [
    'one that is known to lead nowhere',
    custom('cert-manager.io/v1', 'Certificate', 'app', { secretName: 'app' }),
  ],
  [
    'one that says how App2 is spoken to',
    custom('traefik.io/v1alpha1', 'ServersTransport', 'app', { name: 'app' }),
  ],
  ['text', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { name: 'app' } }],
])('no door is %s', (_, object) => expect(ways(object)).toEqual([]))

it.each([
  undefined,
  null,
  'text',
  7,
  [],
  {},
  { kind: 'Service' },
  { kind: 'Ingress', apiVersion: 'networking.k8s.io/v1', spec: 'x' },
])('%j is read without a fall', (object) => expect(doorsOf([object]).doors).toEqual([]))

it('lists are taken apart', () => {
  expect(doorsOf([{ kind: 'List', items: app2 }]).doors).toHaveLength(1)
  // As the API server gives them, without kinds of their own.
  const bare = app2.map(({ apiVersion, kind, ...object }) => ({
    apiVersion,
    kind: `${kind}List`,
    items: [object],
  }))
  expect(doorsOf([{ kind: 'List', items: bare }]).doors).toHaveLength(1)
})

it('reads ten thousand objects in a moment of a processor', () => {
  const objects = Array.from({ length: 5000 }, (_, index) =>
    app2.map((one) => ({ ...one, metadata: { ...one.metadata, namespace: `n${index}` } })),
  )
  const begin = process.cpuUsage()
  expect(doorsOf(objects.flat()).doors).toHaveLength(5000)
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(10)
})
