import { app } from '../../values.ts'
import { check } from './check.ts'

const dual = { addresses: ['2.3.4.5', 'fd00::5'] }

const { sourceRanges: _, ...bare } = app().proxies.app
/** Proxies of these names that only pods reach. */
const closed = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { ...bare, service: { type: 'ClusterIP' as const } }]))

/** Routes of a proxy whose one rule leads to some proxies. */
const routesTo = (proxies: readonly string[], fields: object = {}) => ({
  web: {
    ...fields,
    controller: 'envoy-gateway',
    parentRefs: [{ name: 'edge' }],
    rules: [{ backendRefs: proxies.map((proxy) => ({ proxy })) }],
  },
})
const off = { enabled: false }
/** A ClusterIP that an Ingress leads to. */
const led = (name: string) =>
  app({
    service: { type: 'ClusterIP' },
    ingress: { controller: 'contour', hosts: [`${name}.example.com`] },
  }).proxies.app

check('source-ranges-required', {
  'a load balancer says who may come in': {
    refused: app({ sourceRanges: [] }),
    says: "proxies.app.sourceRanges: none is written, and the load balancer opens a door: write App1's networks, for example [1.2.3.4/32], or 0.0.0.0/0 and ::/0 for anyone",
    accepted: app({ sourceRanges: ['0.0.0.0/0'] }),
  },
  'and so does an Ingress': {
    refused: app({
      sourceRanges: [],
      service: { type: 'ClusterIP' },
      ingress: { controller: 'contour', hosts: ['a.example.com'] },
    }),
    says: "proxies.app.sourceRanges: none is written, and the Ingress opens a door: write App1's networks, for example [1.2.3.4/32], or 0.0.0.0/0 and ::/0 for anyone",
    accepted: app({ sourceRanges: [], service: { type: 'ClusterIP' } }),
  },
  'and so does a route': {
    refused: app({
      sourceRanges: [],
      service: { type: 'ClusterIP' },
      routes: { web: { controller: 'envoy-gateway', parentRefs: [{ name: 'edge' }] } },
    }),
    says: "proxies.app.sourceRanges: none is written, and the route opens a door: write App1's networks, for example [1.2.3.4/32], or 0.0.0.0/0 and ::/0 for anyone",
    accepted: app({ sourceRanges: [], service: { type: 'ClusterIP' } }),
  },
})

check('source-range-prefix', {
  'an address of IPv4 alone': {
    refused: app({ sourceRanges: ['1.2.3.4'] }),
    says: 'proxies.app.sourceRanges[0]: 1.2.3.4 has no prefix length: write 1.2.3.4/32 for that address alone',
    accepted: app({ sourceRanges: ['1.2.3.4/32'] }),
  },
  'an address of IPv6 alone': {
    refused: app({ addresses: ['fd00::5'], sourceRanges: ['fd00::1'] }),
    says: 'proxies.app.sourceRanges[0]: fd00::1 has no prefix length: write fd00::1/128 for that address alone',
    accepted: app({ addresses: ['fd00::5'], sourceRanges: ['fd00::1/128'] }),
  },
  'what people write for anyone by IPv4': {
    refused: app({ sourceRanges: ['0.0.0.0'] }),
    says: 'proxies.app.sourceRanges[0]: 0.0.0.0 has no prefix length, and anyone is 0.0.0.0/0: write 0.0.0.0/0',
    accepted: app({ sourceRanges: ['0.0.0.0/0'] }),
  },
  'and by IPv6': {
    refused: app({ addresses: ['fd00::5'], sourceRanges: ['::'] }),
    says: 'proxies.app.sourceRanges[0]: :: has no prefix length, and anyone is ::/0: write ::/0',
    accepted: app({ addresses: ['fd00::5'], sourceRanges: ['::/0'] }),
  },
})

check('source-range-canonical', {
  'no bit behind the prefix by IPv4': {
    refused: app({ sourceRanges: ['192.0.2.8/24'] }),
    says: 'proxies.app.sourceRanges[0]: 192.0.2.8/24 is not a network in canonical form: write 192.0.2.0/24, or 192.0.2.8/32 for that address alone',
    accepted: app({ sourceRanges: ['192.0.2.0/24'] }),
  },
  'within an octet': {
    refused: app({ sourceRanges: ['10.1.199.0/18'] }),
    says: 'proxies.app.sourceRanges[0]: 10.1.199.0/18 is not a network in canonical form: write 10.1.192.0/18, or 10.1.199.0/32 for that address alone',
    accepted: app({ sourceRanges: ['10.1.192.0/18'] }),
  },
  'no bit behind the prefix by IPv6': {
    refused: app({ addresses: ['fd00::5'], sourceRanges: ['fd00:1::1/33'] }),
    says: 'proxies.app.sourceRanges[0]: fd00:1::1/33 is not a network in canonical form: write fd00:1::/33, or fd00:1::1/128 for that address alone',
    accepted: app({ addresses: ['fd00::5'], sourceRanges: ['fd00:1::/33'] }),
  },
})

const mapped = (range: string, write: string) =>
  `proxies.app.sourceRanges[1]: ${range} is IPv4 in the form of IPv6, and kube-proxy takes it for a range of IPv4: write ${write}`

check('source-range-mapped', {
  'IPv4 in the form of IPv6 leaves IPv6 without a range': {
    refused: app({ ...dual, sourceRanges: ['9.9.9.9/32', '::ffff:102:300/120', 'fd00::/64'] }),
    says: mapped('::ffff:102:300/120', '1.2.3.0/24'),
    accepted: app({ ...dual, sourceRanges: ['9.9.9.9/32', '1.2.3.0/24', 'fd00::/64'] }),
  },
  'an address of it': {
    refused: app({ ...dual, sourceRanges: ['9.9.9.9/32', '::ffff:102:304', 'fd00::/64'] }),
    says: mapped('::ffff:102:304', '1.2.3.4/32'),
    accepted: app({ ...dual, sourceRanges: ['9.9.9.9/32', '::fffe:102:304/128'] }),
  },
  'written out, and with bits behind the prefix': {
    refused: app({ ...dual, sourceRanges: ['9.9.9.9/32', '0:0:0:0:0:ffff:102:304/112', 'fd00::/64'] }),
    says: mapped('0:0:0:0:0:ffff:102:304/112', '1.2.0.0/16'),
    accepted: app({ ...dual, sourceRanges: ['9.9.9.9/32', '1.2.0.0/16', 'fd00::/64'] }),
  },
  'all of it': {
    refused: app({ ...dual, sourceRanges: ['9.9.9.9/32', '::ffff:0:0/96', 'fd00::/64'] }),
    says: mapped('::ffff:0:0/96', '0.0.0.0/0'),
    accepted: app({ ...dual, sourceRanges: ['9.9.9.9/32', '::/0'] }),
  },
})

check('source-ranges-unused', {
  'a list that nothing holds': {
    refused: app({ service: { type: 'ClusterIP', inCluster: true } }),
    says: 'proxies.app.sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out, or write service.type LoadBalancer',
    accepted: app({ sourceRanges: [], service: { type: 'ClusterIP', inCluster: true } }),
  },
  "one that another proxy's route holds is used": {
    refused: app({ service: { type: 'ClusterIP' } }),
    says: 'proxies.app.sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out, or write service.type LoadBalancer',
    accepted: {
      proxies: {
        ...app({ service: { type: 'ClusterIP' } }).proxies,
        edge: {
          ...app({ service: { type: 'ClusterIP' } }).proxies.app,
          routes: routesTo(['app']),
        },
      },
    },
  },
  "and so is one for an Ingress or a route that is off, a neighbour's too": {
    refused: app({ service: { type: 'ClusterIP' } }),
    says: 'proxies.app.sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out, or write service.type LoadBalancer',
    accepted: {
      proxies: {
        ...app({ service: { type: 'ClusterIP' } }).proxies,
        edge: {
          ...app({ service: { type: 'ClusterIP' } }).proxies.app,
          ingress: { enabled: false, controller: 'contour', hosts: ['a.example.com'] },
        },
        other: {
          ...app({ service: { type: 'ClusterIP' } }).proxies.app,
          routes: routesTo(['app', 'other'], off),
        },
      },
    },
  },
  'beside two that are like it but for an Ingress': {
    refused: {
      proxies: { a: led('a'), b: led('b'), c: app({ service: { type: 'ClusterIP' } }).proxies.app },
    },
    says: 'proxies.c.sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out, or write service.type LoadBalancer',
    accepted: { proxies: { a: led('a'), b: led('b'), c: led('c') } },
  },
  'but not where the cluster is let in': {
    refused: {
      proxies: {
        app: app({}).proxies.app,
        inside: {
          ...app({ service: { type: 'ClusterIP', inCluster: true } }).proxies.app,
          routes: routesTo(['inside'], off),
        },
      },
    },
    says: 'proxies.inside.sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out, or write service.type LoadBalancer',
    accepted: {
      proxies: {
        app: app({}).proxies.app,
        inside: {
          ...app({ service: { type: 'ClusterIP' } }).proxies.app,
          routes: routesTo(['inside'], off),
        },
      },
    },
  },
  'where the platform holds no list, no load balancer is its place': {
    refused: { platform: 'hetzner', ...app({ service: { type: 'ClusterIP' } }) },
    says: 'proxies.app.sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out',
    accepted: {
      platform: 'hetzner',
      ...app({
        service: { type: 'ClusterIP' },
        ingress: { controller: 'contour', hosts: ['a.example.com'] },
      }),
    },
  },
  'defaults hold it for others, and this one says so': {
    refused: {
      defaults: { sourceRanges: ['1.2.3.4/32'] },
      proxies: { app: bare, closed: { ...bare, service: { type: 'ClusterIP' } } },
    },
    says: 'defaults.sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out, or write service.type LoadBalancer, or write another or null in proxies.closed.sourceRanges',
    accepted: {
      defaults: { sourceRanges: ['1.2.3.4/32'] },
      proxies: { app: bare, closed: { ...bare, service: { type: 'ClusterIP' }, sourceRanges: null } },
    },
  },
  'of many, the names of three': {
    refused: {
      defaults: { sourceRanges: ['1.2.3.4/32'] },
      proxies: { app: bare, ...closed('e', 'd', 'c', 'b', 'a') },
    },
    says: 'defaults.sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out, or write service.type LoadBalancer, or write another or null in proxies.a.sourceRanges, proxies.b.sourceRanges, proxies.c.sourceRanges and 2 more',
    accepted: { defaults: { sourceRanges: ['1.2.3.4/32'] }, proxies: { app: bare } },
    chosen: {
      'write service.type LoadBalancer': {
        defaults: { sourceRanges: ['1.2.3.4/32'] },
        proxies: { app: bare, a: bare },
      },
      'write another or null in proxies.a.sourceRanges, proxies.b.sourceRanges, proxies.c.sourceRanges and 2 more':
        {
          defaults: { sourceRanges: ['1.2.3.4/32'] },
          proxies: { app: bare, a: { ...bare, service: { type: 'ClusterIP' }, sourceRanges: null } },
        },
    },
  },
  'and so is a list of anyone': {
    refused: app({ service: { type: 'ClusterIP', inCluster: false } }),
    says: 'proxies.app.sourceRanges: no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out, or write service.type LoadBalancer',
    accepted: app({ sourceRanges: ['0.0.0.0/0', '::/0'], service: { type: 'ClusterIP' } }),
  },
})

check('family-open', {
  'a dual-stack load balancer needs a range by IPv6 too': {
    refused: app(dual),
    says: "proxies.app.sourceRanges: no range is IPv6, and kube-proxy leaves a family without a range open to anyone: add App1's IPv6 range, or ::/0 for anyone",
    accepted: app({ ...dual, sourceRanges: ['1.2.3.4/32', 'fd00::/64'] }),
  },
  'and by IPv4': {
    refused: app({ sourceRanges: ['fd00::/64'] }),
    says: "proxies.app.sourceRanges: no range is IPv4, and kube-proxy leaves a family without a range open to anyone: add App1's IPv4 range, or 0.0.0.0/0 for anyone",
    accepted: app({ sourceRanges: ['fd00::/64', '1.2.3.4/32'] }),
  },
})

check('node-port-open', {
  'a node port is open to anyone, and the values say so': {
    refused: app({ service: { type: 'NodePort' } }),
    says: 'proxies.app.sourceRanges: no list holds a node port, which is open to whoever reaches a node: add 0.0.0.0/0 to say so, or write service.type LoadBalancer',
    accepted: app({ service: { type: 'NodePort' }, sourceRanges: ['0.0.0.0/0'] }),
  },
  'where the platform holds no list, no load balancer is its place': {
    refused: { platform: 'hetzner', ...app({ service: { type: 'NodePort' } }) },
    says: 'proxies.app.sourceRanges: no list holds a node port, which is open to whoever reaches a node: add 0.0.0.0/0 to say so',
    accepted: { platform: 'hetzner', ...app({ service: { type: 'NodePort' }, sourceRanges: ['0.0.0.0/0'] }) },
  },
  'by each family': {
    refused: app({ ...dual, service: { type: 'NodePort' }, sourceRanges: ['0.0.0.0/0'] }),
    says: 'proxies.app.sourceRanges: no list holds a node port, which is open to whoever reaches a node: add ::/0 to say so, or write service.type LoadBalancer',
    accepted: app({ ...dual, service: { type: 'NodePort' }, sourceRanges: ['0.0.0.0/0', '::/0'] }),
  },
  'of both in one line': {
    refused: app({ ...dual, service: { type: 'NodePort' } }),
    says: 'proxies.app.sourceRanges: no list holds a node port, which is open to whoever reaches a node: add 0.0.0.0/0 and ::/0 to say so, or write service.type LoadBalancer',
    accepted: app({ ...dual, service: { type: 'NodePort' }, sourceRanges: ['0.0.0.0/0', '::/0'] }),
  },
})
