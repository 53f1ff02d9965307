import type { Endpoints, Service } from 'kubernetes-types/core/v1.d.ts'
import type { EndpointSlice } from 'kubernetes-types/discovery/v1.d.ts'
import type { ObjectMeta } from 'kubernetes-types/meta/v1.d.ts'
import type { Ingress } from 'kubernetes-types/networking/v1.d.ts'

/** Contour's HTTPProxy: the part of projectcontour.io/v1 that the chart writes. */
interface HTTPProxy {
  apiVersion: 'projectcontour.io/v1.d.ts'
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
      services: { name: string; port: number }[]
    }[]
  }
}

/** cert-manager's Certificate: the part of cert-manager.io/v1 that the chart writes. */
interface Certificate {
  apiVersion: 'cert-manager.io/v1.d.ts'
  kind: 'Certificate'
  metadata: ObjectMeta
  spec: {
    secretName: string
    dnsNames: string[]
    issuerRef: { group: string; kind: string; name: string }
  }
}

/** Every kind that the chart writes. */
export interface Kinds {
  Certificate: Certificate
  EndpointSlice: EndpointSlice
  Endpoints: Endpoints
  HTTPProxy: HTTPProxy
  Ingress: Ingress
  Service: Service
}

export type KubernetesObject = Kinds[keyof Kinds]
