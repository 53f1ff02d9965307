import type { Backend, Ingress, Proxy as ProxyValues, Route } from '../schema/generated/values.ts'

/** Values of one proxy `app` that is right as it stands, with other fields in place of its own. */
export const app = (fields: ProxyValues = {}) => ({
  proxies: {
    app: {
      addresses: ['2.3.4.5'],
      ports: { http: { port: 80, targetPort: 8080 } },
      sourceRanges: ['1.2.3.4/32'],
      ...fields,
    },
  },
})

/** Fields of a proxy whose App2 and App1 have both families. */
export const dual = { addresses: ['2.3.4.5', 'fd00::5'], sourceRanges: ['1.2.3.4/32', 'fd00::/64'] }

/** Fields of a proxy with an HTTPProxy of Contour. */
export const contour = (fields: Ingress = {}): ProxyValues => ({
  ingress: { controller: 'contour', hosts: ['a.example.com'], ...fields },
})

/** Fields of a proxy with one route `web`, of any controller, for anyone. */
export const route = (fields: Route = {}, backend: Backend = {}): ProxyValues => ({
  sourceRanges: ['0.0.0.0/0', '::/0'],
  backend,
  routes: { web: { parentRefs: [{ name: 'edge' }], ...fields } },
})
