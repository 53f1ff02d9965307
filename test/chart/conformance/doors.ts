import type {
  Backend,
  Ingress,
  Proxy as ProxyValues,
  Route,
  RouteFilter,
  Values,
} from '../../../schema/generated/values.ts'
import { doorKind, type Kind } from '../../../schema/kinds.ts'
import type { Need } from '../../../schema/needs.ts'
import { answer, type Preset } from '../../../tools/chart/presets.ts'

const host = 'app2.example.com'
export const held = ['1.2.3.4/32', 'fd00::/64']

/** Values that ask one need of a door of that kind and preset, held to a list where the preset can. */
export function asksFor(controller: string, preset: Preset, kind: Kind, need: Need): Values {
  const canHold = answer(preset, kind, 'sourceRanges') === true || need === 'sourceRanges'
  const sourceRanges = canHold ? held : ['0.0.0.0/0', '::/0']
  return door(controller, kind, { sourceRanges, backend: backendOf(preset, kind, need) })
}

/** Values with one door of that kind and preset. */
export function door(controller: string, kind: Kind, fields: ProxyValues): Values {
  const hosts = ['a.example.com', 'b.example.com']
  const ports = { main: { port: 80, protocol: doorKind(kind).protocol } } as const
  const opened =
    kind === 'Ingress'
      ? { ingress: { controller, className: 'edge', hosts } }
      : {
          routes: {
            web: {
              kind,
              controller,
              parentRefs: [{ name: 'edge', namespace: 'edge', sectionName: 's' }],
              ...(doorKind(kind).route?.hostnames !== 'none' && { hostnames: hosts }),
            },
          },
        }
  const proxy = { addresses: ['2.3.4.5', 'fd00:1::5'], ports, service: { type: 'ClusterIP' }, ...fields }
  return { proxies: { app: { ...proxy, ...opened } as ProxyValues } }
}

/** Values with one door of that kind and preset, which has a trait that a preset may refuse. */
export function doorWith(trait: string, controller: string, kind: Kind): Values {
  const sourceRanges = trait.startsWith('sourceRanges') ? ['1.2.3.4/32', ...(ranges[trait] ?? [])] : held
  const backend: Backend = doorKind(kind).speaks ? { protocol: 'grpc' } : {}
  const values = door(controller, kind, { addresses: ['2.3.4.5'], sourceRanges, backend })
  const { app } = values.proxies ?? {}
  const way = kind === 'Ingress' ? app?.ingress : app?.routes?.web
  Object.assign(way ?? {}, having[trait])
  return values
}

// --- utils ---

const ranges: Record<string, string[]> = {
  'sourceRanges with ::/0': ['::/0'],
  'sourceRanges with 0.0.0.0/0': ['0.0.0.0/0', 'fd00::/64'],
  'sourceRanges with ::ffff:0:0/96': ['::/64'],
}
const filtered = (filter: RouteFilter): Route => ({ rules: [{ filters: [filter] }] })
/** What an Ingress or a route has by which it has a trait. */
const having: Record<string, Ingress | Route> = {
  'className none': { className: '' },
  'hostnames none': { hostnames: [] },
  'hostnames with a wildcard': { hostnames: ['*.example.com'] },
  'parentRefs to a ListenerSet': { parentRefs: [{ kind: 'ListenerSet', name: 'edge', namespace: 'edge' }] },
  'rules with filter CORS': filtered({ type: 'CORS', cors: { maxAge: 9 } }),
  'rules with filter RequestMirror': filtered({
    type: 'RequestMirror',
    requestMirror: { backendRef: { proxy: 'app' } },
  }),
  'rules with filter ResponseHeaderModifier': filtered({
    type: 'ResponseHeaderModifier',
    responseHeaderModifier: { remove: ['X-Token'] },
  }),
  'rules with timeouts': { rules: [{ timeouts: { request: '1s' } }] },
}

/** The values that ask for a need. */
const asking: Record<Need, Backend> = {
  sourceRanges: {},
  'backend.protocol https': { protocol: 'https', tls: { insecureSkipVerify: true } },
  'backend.protocol h2c': { protocol: 'h2c' },
  'backend.protocol grpc': { protocol: 'grpc' },
  'backend.protocol grpcs': { protocol: 'grpcs', tls: { insecureSkipVerify: true } },
  'backend.host': { host },
  'backend.tls.caConfigMap': { protocol: 'https', host, tls: { caConfigMap: 'ca' } },
  'backend.tls.caSecret': { protocol: 'https', host, tls: { caSecret: 'ca' } },
  'backend.tls by system CAs': { protocol: 'https', host },
  'backend.tls.serverName': { protocol: 'https', host, tls: { caSecret: 'ca', serverName: 'a.b' } },
  'backend.tls.insecureSkipVerify': { protocol: 'https', tls: { insecureSkipVerify: true } },
  'backend.timeouts.connect': { timeouts: { connect: '1s500ms' } },
  'backend.timeouts.request': { timeouts: { request: '1m30s' } },
  'backend.healthCheck': { healthCheck: { path: '/healthz', interval: '2s' } },
}

/** What a need stands with: a route may speak gRPC alone, and an https that is not verified needs a preset that can. */
function backendOf(preset: Preset, kind: Kind, need: Need): Backend {
  const backend = structuredClone(asking[need])
  if (doorKind(kind).speaks) backend.protocol = backend.protocol?.endsWith('s') ? 'grpcs' : 'grpc'
  const can = (one: Need) => answer(preset, kind, one) === true
  const tls = backend.protocol?.endsWith('s')
  if (tls && need.startsWith('backend.protocol') && !can('backend.tls.insecureSkipVerify')) {
    backend.host = host
    backend.tls = can('backend.tls.caSecret') ? { caSecret: 'ca' } : { caConfigMap: 'ca' }
  }
  if (need === 'backend.tls.serverName' && !can('backend.tls.caSecret'))
    backend.tls = { caConfigMap: 'ca', serverName: 'a.b' }
  // Without a filter that writes the host, the name in the certificate is said instead.
  if (doorKind(kind).route?.lacks?.includes('URLRewrite') && need !== 'backend.host' && backend.host) {
    delete backend.host
    backend.tls = { serverName: host, ...backend.tls }
  }
  return backend
}
