import { load } from 'js-yaml'
import { argumentsOf, startsPods } from './arguments.ts'
import type { Restraint } from './door.ts'
import { at, fields, isMap, list, type Thing, type World } from './things.ts'

/** What is seen of a controller that the judge doesn't read: a part of its Service or of its configuration. */
export interface Setting {
  thing: Thing
  /** Without it the annotations and labels are meant. */
  path?: string
  value?: unknown
  /** What it may do; without it as its kind's fields are known. */
  may?: Restraint['may']
}

/** Fields of a Service that say who reaches its load balancer, and from where. */
export const balancing = ['loadBalancerClass', 'loadBalancerIP', 'loadBalancerSourceRanges'] as const

const clusterIPAlone = 'ClusterIP alone'
const argument = 'argument '

/** Does it say what a controller is told, or that it is reached from within the cluster alone? */
export const isOfController = ({ may, key }: Restraint): boolean =>
  may === 'judge' || key === clusterIPAlone || key.startsWith(argument)

const found = new WeakMap<World, Setting[]>()

/** What is seen of controllers themselves: Services by which they may be reached, and settings. */
export function controllerSettings(world: World): Setting[] {
  const known = found.get(world)
  if (known) return known
  const services = world.ofKind('Service', '').filter(isOfPods)
  const reached = services.filter(
    (service) => isOutside(service) && (isWeb(service) || isController(service)),
  )
  const inside = services.filter((service) => isController(service) && !isOutside(service))
  const settings = [
    ...reached.flatMap((thing): Setting[] => [
      { thing },
      ...balancing.map((field) => ({ thing, path: `spec.${field}`, value: at(thing.raw, 'spec', field) })),
      ...(at(thing.raw, 'spec', 'externalTrafficPolicy') === 'Local'
        ? [{ thing, path: 'spec.externalTrafficPolicy', value: 'Local', may: 'judge' as const }]
        : []),
    ]),
    // Where each is reached from within the cluster alone, it is nobody else's door.
    ...(reached.length === 0
      ? inside
          .slice(0, 1)
          .map((thing): Setting => ({ thing, path: clusterIPAlone, value: true, may: 'place' }))
      : []),
    ...world.things.filter((thing) => startsPods(thing) && isController(thing)).flatMap(told),
    ...world
      .ofKind('ConfigMap', '')
      .flatMap((thing) =>
        Object.entries(fields(at(thing.raw, 'data'))).flatMap(([key, value]) =>
          settingsOf(thing, key, value),
        ),
      ),
  ]
  found.set(world, settings)
  return settings
}

// --- utils ---

/** Arguments that say what a controller writes down, how it is watched, or what its own state is called. */
const harmlessFlags =
  /^(access-?log|api|alsologtostderr|election-|global\.|health|kong_(log_level|.*_(access|error)_log)$|leader-|log|metrics|ping|post-shutdown|profiling|publish-|shutdown|status-|tracing|update-status|v|validating-webhook|vmodule)/

/** Those that may keep people out of all that it serves. */
const holdingFlags = /middlewares|auth|allow|white|deny|black|limit|tls|ssl|cert/

/** What a controller is told as it starts, by each flag. */
function told(thing: Thing): Setting[] {
  const values = new Map<string, string[]>()
  for (const { flag, value } of argumentsOf(thing))
    if (!harmlessFlags.test(flag)) values.set(flag, [...(values.get(flag) ?? []), value])
  return [...values].map(([flag, value]) => ({
    thing,
    path: `${argument}${flag}`,
    value,
    may: holdingFlags.test(flag) ? 'either' : 'judge',
  }))
}

const isOfPods = ({ raw }: Thing) => Object.keys(fields(at(raw, 'spec', 'selector'))).length > 0

const isOutside = ({ raw }: Thing) => ['LoadBalancer', 'NodePort'].includes(String(at(raw, 'spec', 'type')))

const isWeb = ({ raw }: Thing) =>
  at(raw, 'spec', 'type') === 'LoadBalancer' &&
  list(at(raw, 'spec', 'ports')).some((port) => [80, 443].includes(Number(at(port, 'port'))))

/** By the names that controllers' own manifests and charts give, and by the labels of a Gateway's. */
export const isController = ({ name, labels }: Thing): boolean =>
  [name, labels['app.kubernetes.io/name'] ?? '', labels.app ?? ''].some((word) =>
    /ingress|traefik|contour|^envoy|haproxy|^kong|istio-?gateway/i.test(word),
  ) ||
  ['gateway.networking.k8s.io/gateway-name', 'gateway.envoyproxy.io/owning-gateway-name'].some(
    (key) => key in labels,
  )

/** Settings of a controller by which it keeps people out of all that it serves. */
const holding =
  /^client-(ca|crt-optional)$|(^|-)((allow|white|deny|black)-?list|source-?range)s?(-|$)|(^|-)(auth|block|limit|satisfy|snippet)s?-|-(auth|block|limit|satisfy|snippet)s?$/i

/**
 * Settings that say whom a controller takes for the client, or whether it sends plain text on to HTTPS, with what each
 * is where it is not written: ingress-nginx's (docs/user-guide/nginx-configuration/configmap.md), haproxytech's and
 * NGINX Inc.'s.
 */
const judging: Readonly<Record<string, string>> = {
  'enable-real-ip': 'false',
  'force-ssl-redirect': 'false',
  'forwarded-for-header': 'X-Forwarded-For',
  'proxy-protocol': '',
  'proxy-real-ip-cidr': '0.0.0.0/0',
  'real-ip-header': '',
  'set-real-ip-from': '',
  'src-ip-header': '',
  'ssl-redirect': 'true',
  'use-forwarded-headers': 'false',
  'use-proxy-protocol': 'false',
}

/** Files within a controller's ConfigMap: their fields that hold nobody, and those that keep people out. */
const files: Readonly<Record<string, { harmless: RegExp; holding: readonly string[] }>> = {
  // Contour 1.33: pkg/config/parameters.go.
  'contour.yaml': {
    harmless:
      /^(accesslog-.*|cluster|compression|debug|default-http-versions|disableAllowChunkedLength|enableExternalNameService|envoy-service-.*|featureFlags|gateway|incluster|ingress-status-address|json-fields|kubeconfig|kubernetesClient.*|leaderelection|listener|metrics|omEnforcedHealthListener|policy|server|serverHeaderTransformation|timeouts|tls|tracing)$/,
    holding: ['globalExtAuth', 'rateLimitService', 'disablePermitInsecure'],
  },
  // Traefik 3.7: pkg/config/static/static_config.go.
  ...Object.fromEntries(
    ['traefik.yaml', 'traefik.yml'].map((name) => [
      name,
      { harmless: /^(accessLog|api|core|global|hostResolver|log|metrics|ping|tracing)$/, holding: [] },
    ]),
  ),
  // Envoy Gateway 1.9: api/v1alpha1/envoygateway_types.go.
  'envoy-gateway.yaml': {
    harmless: /^(admin|apiVersion|gateway|kind|leaderElection|logging|provider|telemetry)$/,
    holding: ['rateLimit'],
  },
  // Istio 1.30: its MeshConfig.
  mesh: {
    harmless:
      /^(accessLog.*|connectTimeout|enableTracing|defaultConfig\.tracing|outboundTrafficPolicy|tcpKeepalive)$/,
    holding: ['extensionProviders'],
  },
}

function settingsOf(thing: Thing, key: string, value: unknown): Setting[] {
  const file = files[key]
  const path = `data.${key}`
  if (file) {
    const content = contentOf(String(value))
    if (!isMap(content)) return [{ thing, path, value, may: 'judge' }]
    return Object.entries(content)
      .filter(([field]) => !file.harmless.test(field))
      .map(([field, one]) => ({
        thing,
        path: `${path}.${field}`,
        value: one,
        may: file.holding.includes(field) ? 'either' : 'judge',
      }))
  }
  const usual = judging[key]
  if (usual !== undefined) return value === usual ? [] : [{ thing, path, value, may: 'judge' }]
  return holding.test(key) ? [{ thing, path, value }] : []
}

/** What a file says; its text where it is no YAML, or has aliases, of which a few may stand for more than fits. */
function contentOf(text: string): unknown {
  try {
    return /(^|\s)\*\S/.test(text) ? text : load(text)
  } catch {
    return text
  }
}
