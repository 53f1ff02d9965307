/**
 * The chart in an app of cdk8s, which renders it with the helm on PATH, or $HELM:
 *   npm install cdk8s constructs && npx tsx cdk8s.ts | kubectl apply --filename -
 */
import { App, Chart, Helm, YamlOutputType } from 'cdk8s'
import { chart, defineValues } from 'external-service-proxy'

const app = new App({ yamlOutputType: YamlOutputType.FILE_PER_APP })

new Helm(new Chart(app, 'edge'), 'proxies', {
  chart,
  namespace: 'edge',
  ...(process.env.HELM && { helmExecutable: process.env.HELM }),
  values: defineValues({
    proxies: {
      orders: {
        addresses: ['2.3.4.5'],
        ports: { http: { port: 80, targetPort: 8080 } },
        sourceRanges: ['1.2.3.4/32'],
        routes: {
          web: {
            controller: 'envoy-gateway',
            parentRefs: [{ name: 'edge' }],
            hostnames: ['orders.somehost.net'],
          },
        },
      },
    },
  }),
})

console.log(app.synthYaml())
