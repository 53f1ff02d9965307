import { app } from '../../values.ts'
import { check } from './check.ts'

const open = { allocateLoadBalancerNodePorts: true }
const http = { port: 80, nodePort: 30080 }

check('node-port-closed', {
  'a load balancer has none but where they are allocated': {
    refused: app({ ports: { http } }),
    says: 'proxies.app.ports.http.nodePort: 30080, and this load balancer has no node ports: leave it out, or write service.allocateLoadBalancerNodePorts: true',
    accepted: { platform: 'aws', ...app({ ports: { http } }) },
  },
  'a ClusterIP has none': {
    refused: app({ sourceRanges: [], service: { type: 'ClusterIP' }, ports: { http } }),
    says: 'proxies.app.ports.http.nodePort: 30080, and service.type ClusterIP has none: leave it out, or write service.type NodePort',
    accepted: app({ sourceRanges: ['0.0.0.0/0'], service: { type: 'NodePort' }, ports: { http } }),
  },
})

check('node-port-twice', {
  'a number is of one port, whichever protocol': {
    refused: app({ service: open, ports: { http, dns: { port: 53, protocol: 'UDP', nodePort: 30080 } } }),
    says: 'proxies.app.ports.http.nodePort: 30080 is proxies.app.ports.dns.nodePort already, and a node has each number once: write another',
    accepted: app({ service: open, ports: { http, udp: { ...http, protocol: 'UDP' } } }),
  },
  'of one proxy': {
    refused: {
      defaults: { ...app().proxies.app, service: open },
      proxies: { app: { ports: { http } }, other: { ports: { http } } },
    },
    says: 'proxies.other.ports.http.nodePort: 30080 is proxies.app.ports.http.nodePort already, and a node has each number once: write another',
    accepted: {
      defaults: { ...app().proxies.app, service: open },
      proxies: { app: { ports: { http } }, other: { ports: { http: { port: 80, nodePort: 30081 } } } },
    },
  },
  'though defaults say so for all': {
    refused: {
      defaults: { ...app({ ports: { http } }).proxies.app, service: open },
      proxies: { app: {}, other: {} },
    },
    says: 'proxies.other.ports.http.nodePort: 30080 is proxies.app.ports.http.nodePort already, and a node has each number once: write another',
    accepted: {
      defaults: { ...app({ ports: { http } }).proxies.app, service: open },
      proxies: { app: {}, other: { ports: { http: { nodePort: 30081 } } } },
    },
    chosen: {
      'write another': {
        defaults: { ...app({ ports: { http } }).proxies.app, service: open },
        proxies: { app: {}, other: { ports: { http: { nodePort: 30081 } } } },
      },
    },
  },
})
