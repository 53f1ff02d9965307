/**
 * Where the fields of a kind stand, as far as manifests written by hand get that wrong: a list is a list of one, what
 * has no fields of its own is true, and any fields are {}.
 */
export interface Shape {
  [field: string]: true | Shape | [Shape]
}

const metadata: Shape = { name: true, namespace: true, labels: {}, annotations: {} }
const ingressBackend: Shape = {
  serviceName: true,
  servicePort: true,
  service: { name: true, port: { number: true, name: true } },
}
const addresses: [Shape] = [{ ip: true, hostname: true, nodeName: true, targetRef: {} }]
const head: Shape = { apiVersion: true, kind: true, metadata, status: {} }

export const shapes: Readonly<Record<string, Shape>> = {
  Service: {
    ...head,
    spec: {
      type: true,
      ports: [
        { name: true, protocol: true, port: true, targetPort: true, nodePort: true, appProtocol: true },
      ],
      clusterIP: true,
      loadBalancerIP: true,
      loadBalancerClass: true,
      loadBalancerSourceRanges: true,
      externalName: true,
      externalTrafficPolicy: true,
      sessionAffinity: true,
      ipFamilyPolicy: true,
      ipFamilies: true,
      selector: {},
    },
  },
  Endpoints: {
    ...head,
    subsets: [
      { addresses, notReadyAddresses: addresses, ports: [{ name: true, port: true, protocol: true }] },
    ],
  },
  EndpointSlice: {
    ...head,
    addressType: true,
    endpoints: [{ addresses: true, conditions: {}, zone: true, nodeName: true }],
    ports: [{ name: true, port: true, protocol: true, appProtocol: true }],
  },
  Ingress: {
    ...head,
    spec: {
      ingressClassName: true,
      rules: [{ host: true, http: { paths: [{ path: true, pathType: true, backend: ingressBackend }] } }],
      tls: [{ hosts: true, secretName: true }],
      defaultBackend: ingressBackend,
    },
  },
}
