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
  /** Other Ingresses of the same class and host. */
  beside: readonly Thing[]
}

/** Who serves a class: a preset; `other`, one that holds nothing; undefined where nobody says. */
export type Served = Preset | 'other' | undefined

/** Who serves an Ingress's class: as the options say, an IngressClass, or, by convention, the name. */
export const ingressServedBy = (className: string, world: World): Served =>
  served(className, world, 'IngressClass', 'controller', ingressControllers, ingressNames)

/** Who serves a Gateway's class. */
export const gatewayServedBy = (className: string, world: World): Served =>
  served(className, world, 'GatewayClass', 'controllerName', gatewayControllers, gatewayNames)

// --- utils ---

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

const ingressNames: Record<string, Preset> = {
  contour: 'contour',
  haproxy: 'haproxy',
  nginx: 'nginx',
  traefik: 'traefik',
}

const gatewayNames: Record<string, Preset> = {
  eg: 'envoy-gateway',
  'envoy-gateway': 'envoy-gateway',
  istio: 'istio',
  traefik: 'traefik',
}

function served(
  className: string,
  { options, ofKind }: World,
  kind: string,
  field: string,
  controllers: Record<string, Preset>,
  names: Record<string, Preset>,
): Served {
  const said = options.controllers?.[className]
  if (said) return presets.find((preset) => preset === said) ?? 'other'
  const group = kind === 'IngressClass' ? 'networking.k8s.io' : 'gateway.networking.k8s.io'
  const objects = ofKind(kind, group).filter(({ name }) => name === className)
  if (objects.length === 0) return names[className]
  const found = objects.map(({ raw }) => {
    const controller = text(at(raw, 'spec', field)) ?? ''
    const known = Object.keys(controllers).find(
      (one) => controller === one || controller.startsWith(`${one}/`),
    )
    return controllers[known ?? ''] ?? 'other'
  })
  return found.every((one) => one === found[0]) ? found[0] : 'other'
}
