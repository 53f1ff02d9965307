import { type Preset, presets } from '../servers.ts'
import { at, type Thing, text, type World } from '../things.ts'

/** The Gateway, or what stands for one, on which a route hangs. */
export interface GatewayRef {
  group: string
  kind: string
  namespace: string
  name: string
  /** `NAMESPACE/NAME`. */
  title: string
  /** The same, with the listener that the route names. */
  place: string
  /** The listeners on which the route hangs, as far as they are known. */
  sections: readonly string[]
  /** The class, where the Gateway is among the objects. */
  className: string | undefined
  /** Was it deployed by hand, as its addresses say? */
  manual: boolean
  /** The listeners themselves, where they are known. */
  listeners: readonly unknown[]
  /** How its listeners are spoken to, where they are known. */
  protocols: readonly string[]
  /** The objects that say all this: Gateway, ListenerSet and GatewayClass, where they are among the objects. */
  things: readonly Thing[]
}

/** One way by a route. */
export interface RouteVisit {
  route: Thing
  ruleName: string | undefined
  rule: unknown
  host: string | undefined
  gateway: GatewayRef
  /** What it leads to. */
  services: readonly Thing[]
}

/** One way by an Ingress. */
export interface IngressVisit {
  ingress: Thing
  /** What it leads to. */
  services: readonly Thing[]
  /** The IngressClasses of its name, where they are among the objects. */
  classes: readonly Thing[]
  /** Other Ingresses of a host of its, which its controller may serve. */
  beside: readonly Thing[]
}

/** Who serves a class: a preset; `other`, one that holds nothing; undefined where nobody says. */
export type Served = Preset | 'other' | undefined

/** Who serves an Ingress's class: as the options say, an IngressClass, or, by convention, the name. */
export const ingressServedBy = (className: string, world: World): Served =>
  served(className, world, 'IngressClass', ingressControllers)

/** Who serves a Gateway's class. */
export const gatewayServedBy = (className: string, world: World): Served =>
  served(className, world, 'GatewayClass', gatewayControllers)

/**
 * What an Ingress's class says of its controller: ingress-nginx, Traefik and haproxytech serve every class that says the
 * same (ingress-nginx 1.15: internal/ingress/controller/store).
 * @returns undefined where nobody says it
 */
export const programOf = (className: string | undefined, world: World): string | undefined =>
  className === undefined
    ? undefined
    : (world.options.controllers?.[className] ??
      (controllersOf('IngressClass', className, world).sort().join() || undefined))

/**
 * Which programs may serve a class that ask the routes of all kinds, classes and Gateways from one table; each where
 * nobody says who does.
 */
export function routersOf(kind: ClassKind, className: string | undefined, world: World): string[] {
  const all = Object.keys(routers)
  if (className === undefined) return all
  const said = world.options.controllers?.[className]
  if (said !== undefined && said !== 'none') return all.filter((one) => one === said)
  const controllers = controllersOf(kind, className, world)
  if (controllers.length > 0)
    return all.filter((one) => controllers.some((controller) => routers[one]?.test(controller)))
  if (all.includes(className)) return [className]
  return className in classNames[kind] ? [] : all
}

// --- utils ---

/**
 * What their classes' controllers are called. Contour has one DAG (internal/dag/builder.go), Kong one router of all
 * that its controller translates, Traefik one for each entry point (pkg/server/router/router.go).
 */
const routers: Record<string, RegExp> = {
  contour: /^projectcontour\.io\//,
  kong: /(^|\.)konghq\.com\//,
  traefik: /^traefik\.io\//,
}

type ClassKind = 'IngressClass' | 'GatewayClass'

const controllerFields = { IngressClass: 'controller', GatewayClass: 'controllerName' } as const

/** spec.controller of IngressClasses, as each controller's own manifests have it; Contour's and HAProxy's go on. */
const ingressControllers: Record<string, Preset> = {
  'k8s.io/ingress-nginx': 'nginx',
  'traefik.io/ingress-controller': 'traefik',
  'haproxy.org/ingress-controller': 'haproxy',
  'projectcontour.io/ingress-controller': 'contour',
}

/** spec.controllerName of GatewayClasses. */
const gatewayControllers: Record<string, Preset> = {
  'gateway.envoyproxy.io/gatewayclass-controller': 'envoy-gateway',
  'istio.io/gateway-controller': 'istio',
  'traefik.io/gateway-controller': 'traefik',
}

/** What classes are called by convention. */
const classNames: Record<ClassKind, Record<string, Preset>> = {
  IngressClass: { contour: 'contour', haproxy: 'haproxy', nginx: 'nginx', traefik: 'traefik' },
  GatewayClass: {
    eg: 'envoy-gateway',
    'envoy-gateway': 'envoy-gateway',
    istio: 'istio',
    traefik: 'traefik',
  },
}

function served(
  className: string,
  world: World,
  kind: ClassKind,
  controllers: Record<string, Preset>,
): Served {
  const said = world.options.controllers?.[className]
  if (said) return presets.find((preset) => preset === said) ?? 'other'
  const names = controllersOf(kind, className, world)
  if (names.length === 0) return classNames[kind][className]
  const found = names.map((controller) => {
    const known = Object.keys(controllers).find(
      (one) => controller === one || controller.startsWith(`${one}/`),
    )
    return controllers[known ?? ''] ?? 'other'
  })
  return found.every((one) => one === found[0]) ? found[0] : 'other'
}

/** What the classes of a name say of who serves them. */
const controllersOf = (kind: ClassKind, className: string, { ofKind }: World): string[] =>
  ofKind(kind, kind === 'IngressClass' ? 'networking.k8s.io' : 'gateway.networking.k8s.io')
    .filter(({ name }) => name === className)
    .map(({ raw }) => text(at(raw, 'spec', controllerFields[kind])) ?? '')
