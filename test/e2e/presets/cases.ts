import type { Backend, Proxy as ProxyValues, Values } from '../../../schema/generated/values.ts'
import { RefusedError, render } from '../../../tools/chart/render.ts'
import { apply } from '../../../tools/cluster/control-plane/kubectl.ts'
import type { Outcome, Request } from '../../../tools/cluster/machines/request.ts'
import { authorityOf } from '../certificates.ts'
import { cluster } from '../cluster.ts'

/** What a preset does for one way of speaking to App2. */
export interface Case {
  backend: Backend
  /** App2's port; see {@link app2}. */
  targetPort: number
  addresses?: string[]
  /** What App1 asks. */
  request?: Pick<Request, 'path' | 'seconds'> & { protocol?: 'http' | 'grpc' }
  /** What App1 gets. */
  expected: object
}

/** App2's name in its certificate, and its ports. */
export const app2 = { name: 'app2.example.net', http: 8080, h2c: 8182, tls: 8183 }
const trusted = { protocol: 'https', host: app2.name } as const
const https = { status: 200, echo: { machine: 'app2', serverName: app2.name } }
const unavailable = { status: 503 }

/** Every way, by the name of its proxy and, in example.com, of its host. */
export const cases: Record<string, Case> = {
  plain: {
    backend: {},
    targetPort: app2.http,
    expected: {
      status: 200,
      echo: { machine: 'app2', protocol: 'http/1.1', authority: 'plain.example.com' },
    },
  },
  'host-header': {
    backend: { host: app2.name },
    targetPort: app2.http,
    expected: { status: 200, echo: { authority: app2.name } },
  },
  h2c: {
    backend: { protocol: 'h2c' },
    targetPort: app2.h2c,
    expected: { status: 200, echo: { protocol: 'h2c' } },
  },
  grpc: {
    backend: { protocol: 'grpc' },
    targetPort: app2.h2c,
    request: { protocol: 'grpc' },
    expected: { grpcStatus: 0, echo: { protocol: 'h2c', path: '/app2.Echo/Say' } },
  },
  'grpc-over-tls': {
    backend: { protocol: 'grpcs', tls: { serverName: app2.name, caSecret: 'app2-ca' } },
    targetPort: app2.tls,
    request: { protocol: 'grpc' },
    expected: { grpcStatus: 0, echo: { protocol: 'h2', serverName: app2.name } },
  },
  'grpc-over-tls-by-host': {
    backend: { ...trusted, protocol: 'grpcs', tls: { caSecret: 'app2-ca' } },
    targetPort: app2.tls,
    request: { protocol: 'grpc' },
    expected: { grpcStatus: 0, echo: { protocol: 'h2', serverName: app2.name } },
  },
  'ca-of-a-secret': {
    backend: { ...trusted, tls: { caSecret: 'app2-ca' } },
    targetPort: app2.tls,
    expected: https,
  },
  'ca-of-a-configmap': {
    backend: { ...trusted, tls: { caConfigMap: 'app2-ca' } },
    targetPort: app2.tls,
    expected: https,
  },
  'wrong-ca': {
    backend: { ...trusted, tls: { caSecret: 'wrong-ca' } },
    targetPort: app2.tls,
    expected: unavailable,
  },
  'wrong-name': {
    backend: { protocol: 'https', host: 'other.example.net', tls: { caSecret: 'app2-ca' } },
    targetPort: app2.tls,
    expected: unavailable,
  },
  'system-cas': {
    backend: trusted,
    targetPort: app2.tls,
    expected: unavailable, // None of them has signed App2's certificate.
  },
  'another-server-name': {
    backend: {
      protocol: 'https',
      host: 'a.example.net',
      tls: { caConfigMap: 'app2-ca', serverName: app2.name },
    },
    targetPort: app2.tls,
    expected: { status: 200, echo: { serverName: app2.name, authority: 'a.example.net' } },
  },
  unverified: {
    backend: { protocol: 'https', tls: { insecureSkipVerify: true } },
    targetPort: app2.tls,
    expected: { status: 200, echo: { machine: 'app2' } },
  },
  'request-timeout': {
    backend: { timeouts: { request: '500ms' } },
    targetPort: app2.http,
    request: { path: '/echo:slow/1500' },
    expected: { status: 504 },
  },
  'no-request-timeout': {
    backend: {},
    targetPort: app2.http,
    request: { path: '/echo:slow/700' },
    expected: { status: 200 },
  },
  // Of nobody: without a timeout of its own, Envoy waits longer than App1 does here.
  'connect-timeout': {
    backend: { timeouts: { connect: '500ms' } },
    targetPort: app2.http,
    addresses: ['2.3.4.200'],
    request: { seconds: 4 },
    expected: unavailable,
  },
  'health-checks': {
    backend: { healthCheck: { path: '/healthz', interval: '1s' } },
    targetPort: app2.http,
    addresses: ['2.3.4.5', '2.3.4.6'],
    expected: { status: 200 },
  },
}

let prepared: Promise<string> | undefined
/**
 * Makes App2 answer in all of these ways, and the CAs that the cases name: once for all presets.
 * @returns the PEM of the authority that has signed App2's certificate
 */
export function prepare(): Promise<string> {
  prepared ??= makeAuthorities()
  return prepared
}

async function makeAuthorities() {
  const [authority, stranger] = await Promise.all(['an authority', 'another'].map(authorityOf))
  if (!authority || !stranger) throw new Error('no authority')
  const tls = [{ port: app2.tls, ...(await authority.issue([app2.name])) }]
  await cluster.startEcho({ machine: 'app2', tcp: [], udp: [], h2c: [app2.h2c], tls })
  const holding = (kind: 'Secret' | 'ConfigMap', name: string, cert: string) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name },
    [kind === 'Secret' ? 'stringData' : 'data']: { 'ca.crt': cert },
  })
  await apply(
    cluster.kubectl,
    (['Secret', 'ConfigMap'] as const).flatMap((kind) => [
      holding(kind, 'app2-ca', authority.cert),
      holding(kind, 'wrong-ca', stranger.cert),
    ]),
  )
  return authority.cert
}

/** The values of a preset's cases, a proxy each, and the names of those that the chart refuses of this preset. */
export async function valuesOf(door: (name: string, one: Case) => ProxyValues) {
  const proxies: NonNullable<Values['proxies']> = {}
  const refused: string[] = []
  for (const [name, one] of Object.entries(cases)) {
    const proxy: ProxyValues = {
      addresses: one.addresses ?? ['2.3.4.5'],
      ports: { main: { port: 80, targetPort: one.targetPort } },
      sourceRanges: ['1.2.3.4/32', '2001:db8:1::4/128'],
      service: { type: 'ClusterIP', inCluster: false },
      backend: one.backend,
      ...door(name, one),
    }
    const error = await render({ proxies: { [name]: proxy } }).catch((error: unknown) => error)
    if (error instanceof RefusedError && error.problems.every(({ code }) => code === 'preset-lacks'))
      refused.push(name)
    else proxies[name] = proxy
  }
  return { proxies, refused }
}

/** Sends a case's request. */
export function ask(who: 'app1' | 'intruder', address: string, name: string): Promise<Outcome> {
  const { protocol = 'http', path, ...more } = cases[name]?.request ?? {}
  return cluster.machine(who).send({
    protocol,
    address,
    port: 80,
    host: `${name}.example.com`,
    ...more,
    path: path ?? (protocol === 'grpc' ? '/app2.Echo/Say' : '/'),
  })
}
