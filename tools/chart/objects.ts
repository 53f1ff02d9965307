import type { Endpoints, Service } from 'kubernetes-types/core/v1.d.ts'
import type { EndpointSlice } from 'kubernetes-types/discovery/v1.d.ts'
import type { ObjectMeta } from 'kubernetes-types/meta/v1.d.ts'
import type { Ingress } from 'kubernetes-types/networking/v1.d.ts'
import type { RouteKind } from '../../schema/kinds.ts'

/** Contour's HTTPProxy: the part of projectcontour.io/v1 that the chart writes. */
interface HTTPProxy {
  apiVersion: 'projectcontour.io/v1'
  kind: 'HTTPProxy'
  metadata: ObjectMeta
  spec: {
    ingressClassName?: string
    virtualhost: {
      fqdn: string
      tls?: { secretName: string }
      ipAllowPolicy?: { source: 'Peer' | 'Remote'; cidr: string }[]
    }
    routes: {
      conditions: ({ prefix: string } | { exact: string })[]
      services: {
        name: string
        port: number
        protocol?: 'tls' | 'h2' | 'h2c'
        validation?: { caSecret: string; subjectName: string }
      }[]
      requestHeadersPolicy?: { set: { name: string; value: string }[] }
      timeoutPolicy?: { response: string }
      healthCheckPolicy?: { path: string; host?: string; intervalSeconds: number; timeoutSeconds: number }
    }[]
  }
}

/** cert-manager's Certificate: the part of cert-manager.io/v1 that the chart writes. */
interface Certificate {
  apiVersion: 'cert-manager.io/v1'
  kind: 'Certificate'
  metadata: ObjectMeta
  spec: {
    secretName: string
    dnsNames: string[]
    issuerRef: { group: string; kind: string; name: string }
  }
}

/** Kinds of the Gateway API, and of controllers: held to their CRDs' schemas by test/chart/conformance. */
type CustomKind =
  | RouteKind
  | 'AuthorizationPolicy'
  | 'BackendTLSPolicy'
  | 'BackendTrafficPolicy'
  | 'ListenerSet'
  | 'Middleware'
  | 'ReferenceGrant'
  | 'SecurityPolicy'
  | 'ServersTransport'

interface CustomObject<Kind extends CustomKind> {
  apiVersion: string
  kind: Kind
  metadata: ObjectMeta
  spec: object
}

/** The Gateway API's Gateway: the part of it that the chart writes. */
interface Gateway {
  apiVersion: 'gateway.networking.k8s.io/v1'
  kind: 'Gateway'
  metadata: ObjectMeta
  spec: {
    gatewayClassName: string
    addresses?: { type: 'IPAddress'; value: string }[]
    listeners: {
      name: string
      port: number
      protocol: 'HTTP' | 'HTTPS' | 'TLS' | 'TCP' | 'UDP'
      hostname?: string
      tls?: { mode: string; certificateRefs?: { name: string; namespace?: string }[] }
      allowedRoutes: object
    }[]
  }
}

/** Every kind that the chart writes. */
export type Kinds = {
  Certificate: Certificate
  EndpointSlice: EndpointSlice
  Endpoints: Endpoints
  Gateway: Gateway
  HTTPProxy: HTTPProxy
  Ingress: Ingress
  Service: Service
} & { [Kind in CustomKind]: CustomObject<Kind> }

export type KubernetesObject = Kinds[keyof Kinds]
