import { app, contour } from '../../values.ts'
import { check } from './check.ts'

check('ports-required', {
  'a proxy says which port it carries': {
    refused: app({ ports: {} }),
    says: 'proxies.app.ports: none is written: write at least one, for example {http: {port: 80, targetPort: 8080}}',
    accepted: app({ ports: { http: { port: 80 } } }),
  },
  'an externalName needs none, but its Ingress does': {
    refused: {
      proxies: { app: { externalName: 'a.example.com', sourceRanges: ['1.2.3.4/32'], ...contour() } },
    },
    says: 'proxies.app.ports: none is written: write at least one, for example {http: {port: 80, targetPort: 8080}}',
    accepted: { proxies: { app: { externalName: 'a.example.com' } } },
  },
})

check('port-required', {
  'targetPort alone is not enough': {
    refused: app({ ports: { http: { targetPort: 8080 } } }),
    says: 'proxies.app.ports.http.port: not written: write the number that App1 connects to, 1 to 65535',
    accepted: app({ ports: { http: { port: 8080 } } }),
  },
})

check('port-twice', {
  'a Service takes each number and protocol once': {
    refused: app({ ports: { a: { port: 80 }, b: { port: 80, targetPort: 81 } } }),
    says: 'proxies.app.ports.b.port: 80/TCP is ports.a already, and a Service takes each number and protocol once: write another number',
    accepted: app({ ports: { a: { port: 80 }, b: { port: 80, protocol: 'UDP' } } }),
  },
})

check('target-port-direct', {
  'a headless Service maps no port': {
    refused: app({ sourceRanges: [], service: { type: 'ClusterIP', clusterIP: 'None' } }),
    says: "proxies.app.ports.http.targetPort: 8080 differs from port 80, and a headless Service is only a name in DNS, whose clients connect to App2's own port: write port 8080",
    accepted: app({
      sourceRanges: [],
      service: { type: 'ClusterIP', clusterIP: 'None' },
      ports: { http: { port: 8080 } },
    }),
  },
  'neither does an externalName': {
    refused: {
      proxies: { app: { externalName: 'app2.example.com', ports: { http: { port: 80, targetPort: 81 } } } },
    },
    says: "proxies.app.ports.http.targetPort: 81 differs from port 80, and an externalName is only a name in DNS, whose clients connect to App2's own port: write port 81",
    accepted: { proxies: { app: { externalName: 'app2.example.com', ports: { http: { port: 81 } } } } },
  },
})
