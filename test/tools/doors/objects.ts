import type { Door, Options } from '../../../tools/doors/door.ts'
import { doorsOf } from '../../../tools/doors/doors.ts'

type Fields = Record<string, unknown>

const object = (apiVersion: string, kind: string, name: string, spec: Fields, metadata: Fields = {}) => ({
  apiVersion,
  kind,
  metadata: { name, ...metadata },
  spec,
})

export const anyone = { IPv4: ['0.0.0.0/0'], IPv6: ['::/0'] }
export const nobody = { IPv4: [], IPv6: [] }
/** Nobody but the list that every object here asks for. */
export const app1 = { IPv4: ['1.2.3.4/32'], IPv6: [] }

/** A Service of type LoadBalancer for App1, that is right as it stands, with other fields in place of its own. */
export const service = (spec: Fields = {}, metadata: Fields = {}) =>
  object(
    'v1',
    'Service',
    'app',
    {
      type: 'LoadBalancer',
      ipFamilies: ['IPv4'],
      internalTrafficPolicy: 'Local',
      allocateLoadBalancerNodePorts: false,
      loadBalancerSourceRanges: ['1.2.3.4/32'],
      ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 0 }],
      ...spec,
    },
    metadata,
  )

export const dual = { ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' }

/** A slice of the Service `app`, of one family. */
export const slice = (addresses: string[], endpoint: Fields = {}, more: Fields = {}) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: `app-${addresses[0]?.includes(':') ? 'ipv6' : 'ipv4'}`,
    labels: { 'kubernetes.io/service-name': 'app' },
  },
  addressType: addresses[0]?.includes(':') ? 'IPv6' : 'IPv4',
  ports: [{ name: 'http', protocol: 'TCP', port: 8080 }],
  endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true }, ...endpoint })),
  ...more,
})

/** App2 behind a Service that is no door itself. */
export const app2 = [service({ type: 'ClusterIP', loadBalancerSourceRanges: [] }), slice(['2.3.4.5'])]

export const ingress = (annotations: Fields = {}, spec: Fields = {}) =>
  object(
    'networking.k8s.io/v1',
    'Ingress',
    'app',
    {
      ingressClassName: 'nginx',
      rules: [
        {
          host: 'a.example.com',
          http: { paths: [{ path: '/', backend: { service: { name: 'app', port: { number: 80 } } } }] },
        },
      ],
      ...spec,
    },
    { annotations },
  )

export const httpProxy = (spec: Fields = {}, virtualhost: Fields = {}, metadata: Fields = {}) =>
  object(
    'projectcontour.io/v1',
    'HTTPProxy',
    'app',
    {
      virtualhost: {
        fqdn: 'a.example.com',
        ipAllowPolicy: [{ source: 'Peer', cidr: '1.2.3.4/32' }],
        ...virtualhost,
      },
      routes: [{ conditions: [{ prefix: '/' }], services: [{ name: 'app', port: 80 }] }],
      ...spec,
    },
    metadata,
  )

export const route = (kind: string, spec: Fields = {}, metadata: Fields = {}) =>
  object(
    'gateway.networking.k8s.io/v1',
    kind,
    'web',
    {
      parentRefs: [{ name: 'edge' }],
      hostnames: ['a.example.com'],
      rules: [{ backendRefs: [{ name: 'app', port: 80 }] }],
      ...spec,
    },
    metadata,
  )

export const gateway = (gatewayClassName: string, spec: Fields = {}) =>
  object('gateway.networking.k8s.io/v1', 'Gateway', 'edge', { gatewayClassName, listeners: [], ...spec })

/** An object of a kind of one's own. */
export const custom = object

/** The one door of a way, with its problems' codes. Fails where there is none, or are several. */
export function theDoor(way: string, objects: object[], options: Options = {}): Door {
  const all = doorsOf(objects, options).doors
  const [door, ...others] = all.filter((one) => one.way === way)
  if (door && others.length === 0) return door
  throw new Error(`not one door of way ${way}, but: ${all.map(({ id }) => id).join('; ')}`)
}

export const codes = (objects: object[], options: Options = {}) =>
  doorsOf(objects, options).problems.map(({ code }) => code)
