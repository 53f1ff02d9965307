/**
 * Values in TypeScript: one proxy for each App2 of a list. Prints them as JSON, which Helm reads as it reads YAML:
 *   npx tsx values.ts | helm upgrade --install proxies CHART --values -
 * The chart's folder is in the package: node_modules/external-service-proxy/dist/charts/external-service-proxy.
 */
import { defineValues, type Values } from 'external-service-proxy'

const apps: Record<string, string> = { orders: '2.3.4.5', invoices: '2.3.4.6' }

const proxy = (name: string, address: string): NonNullable<Values['proxies']>[string] => ({
  addresses: [address],
  routes: {
    web: {
      controller: 'envoy-gateway',
      parentRefs: [{ name: 'edge' }],
      hostnames: [`${name}.somehost.net`],
    },
  },
})

const values = defineValues({
  defaults: {
    ports: { http: { port: 80, targetPort: 8080 } },
    sourceRanges: ['1.2.3.4/32'],
  },
  proxies: Object.fromEntries(Object.entries(apps).map(([name, address]) => [name, proxy(name, address)])),
})

console.log(JSON.stringify(values, null, 2))
