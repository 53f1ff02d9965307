import { describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import { notes } from '../notes.ts'
import { app, contour, dual, route } from '../values.ts'

const byEnvoyGateway: ProxyValues = {
  routes: { web: { controller: 'envoy-gateway', parentRefs: [{ name: 'edge' }] } },
}

it.concurrent('say of each door to whom it is open, and what to do next', async ({ expect }) => {
  expect(await notes(app(contour()))).toMatchInlineSnapshot(`
    "app: TCP 80 → 8080 at 2.3.4.5
      load balancer  open to 1.2.3.4/32
      node port      closed
      ClusterIP      closed
      HTTPProxy      http://a.example.com open to 1.2.3.4/32
      Next:
      - wait for the load balancer's address: kubectl --namespace default get service app --watch
      - Contour must see App1's own address: its Envoy's Service needs externalTrafficPolicy Local; neither X-Forwarded-For nor PROXY protocol is trusted
      - Contour takes whoever comes by its own ClusterIP for a node: no range of IPv4 may hold a node's (see clusterRanges)
      - External DNS needs --source=contour-httpproxy to make the hosts' records
      - let App1 try it (port 80), and another machine, which must be refused

    Argo CD leaves EndpointSlice and Endpoints out by default: take their block out of resource.exclusions in argocd-cm."
  `)
})

it.concurrent('of TCP and UDP, the numbers that both have are shared, and no other', async () => {
  const ports = {
    a: { port: 53 },
    b: { port: 53, protocol: 'UDP' },
    c: { port: 80 },
    d: { port: 123, protocol: 'UDP' },
  } as const
  expect(await notes(app({ ports }))).toContain('TCP and UDP share port 53, which')
})

it.concurrent('say all where there are several of each', async ({ expect }) => {
  const hostnames = ['a.example.com', 'b.example.com']
  const values = {
    clusterRanges: ['10.0.0.0/8', 'fd00::/16'],
    ...app({
      addresses: ['2.3.4.5', '2.3.4.6', 'fd01::5'],
      sourceRanges: ['1.2.3.4/32', '10.1.0.0/16', 'fd00::/64'],
      allowClusterSources: true,
      ports: {
        dns: { port: 53 },
        'dns-udp': { port: 53, protocol: 'UDP' },
        web: { port: 443 },
        'web-udp': { port: 443, protocol: 'UDP' },
      },
      dns: { hostnames: ['lb.example.com', 'lb.example.net'] },
      ingress: {
        controller: 'contour',
        hosts: hostnames,
        port: 'web',
        tls: { certificates: hostnames.map((host) => ({ secretName: host, hosts: [host] })) },
      },
      routes: {
        web: {
          controller: 'envoy-gateway',
          port: 'web',
          hostnames: ['c.example.com', 'd.example.com'],
          parentRefs: [{ name: 'edge' }, { kind: 'ListenerSet', name: 'mine' }],
        },
      },
    }),
    gateways: {
      edge: {
        className: 'eg',
        issuer: { name: 'ca' },
        listeners: Object.fromEntries(
          ['c', 'd'].map((name) => [
            name,
            { port: 443, protocol: 'HTTPS', hostname: `${name}.example.com`, tls: { secretName: name } },
          ]),
        ),
      },
    },
  }
  expect(await notes(values)).toMatchInlineSnapshot(`
    "app: TCP 53 → 53, UDP 53 → 53, TCP 443 → 443, UDP 443 → 443 at 2.3.4.5, 2.3.4.6, fd01::5
      load balancer  open to 1.2.3.4/32, 10.1.0.0/16, fd00::/64
      node port      closed if applied on the server: else an upgrade may leave one open for port 53, 443
      ClusterIP      closed
      HTTPProxy      https://a.example.com, https://b.example.com open to 1.2.3.4/32, 10.1.0.0/16, fd00::/64
      HTTPRoute      c.example.com, d.example.com on Gateway edge, ListenerSet mine open to 1.2.3.4/32, 10.1.0.0/16, fd00::/64
      Next:
      - TCP and UDP share port 53, 443, which Helm 3 and client-side apply take for one: apply on the server (helm upgrade
        --server-side=true with Helm 4, ServerSideApply=true with Argo CD), and see after an upgrade that both are there, with no nodePort:
        kubectl --namespace default get service app --output yaml
      - wait for the load balancer's address: kubectl --namespace default get service app --watch
      - IPv4 stays its first family as long as the Service is there: let the first address stay of that family
      - External DNS points lb.example.com, lb.example.net to its address
      - allowClusterSources: sourceRanges share addresses with 10.0.0.0/8, fd00::/16, so whoever is taken for a node or pod there gets in
      - Contour must see App1's own address: its Envoy's Service needs externalTrafficPolicy Local; neither X-Forwarded-For nor PROXY protocol is trusted
      - Envoy Gateway must see App1's own address: the Service of its Envoy has externalTrafficPolicy Local by default, and needs it; X-Forwarded-For and PROXY protocol are trusted only where a ClientTrafficPolicy says so
      - External DNS needs --source=contour-httpproxy to make the hosts' records
      - the certificate must be in Secret a.example.com
      - the certificate must be in Secret b.example.com
      - where routes.web is the first held route of its listener, each connection that is older gets one answer: install it with its
        addresses drained, and make them ready a minute later
      - before routes.web goes while the proxy stays, drain the addresses and upgrade: its policy goes first
      - HTTPRoute app.web leads nowhere until its parent is there and takes it: kubectl --namespace default describe httproute app.web
      - let App1 try it (port 53), and another machine, which must be refused

    edge: Gateway with certificates of ClusterIssuer ca
      Next:
      - let cert-manager read Gateways: enableGatewayAPI true in its configuration
      - an ACME issuer should solve by DNS-01: for HTTP-01 the authority comes from addresses that are on no list
      - cert-manager gets the certificates: kubectl --namespace default get certificate c d

    Argo CD leaves EndpointSlice and Endpoints out by default: take their block out of resource.exclusions in argocd-cm."
  `)
})

it.concurrent.each([
  ['node ports of a platform', { platform: 'aws', ...app() }, /node port +OPEN .*\(platform aws\)/],
  ['type NodePort', app({ sourceRanges: ['0.0.0.0/0'], service: { type: 'NodePort' } }), /node port +OPEN/],
  [
    "a load balancer's own families alone: the others are for the Ingress",
    {
      platform: 'digitalocean',
      ...app({
        ...contour(),
        sourceRanges: ['1.2.3.4/32', 'fd00::/64'],
      }),
    },
    /load balancer +open to 1\.2\.3\.4\/32\n(.*\n){2} +HTTPProxy .* open to 1\.2\.3\.4\/32, fd00::\/64/,
  ],
  ['inCluster', app({ service: { inCluster: true } }), /ClusterIP +open to pods/],
  ['type ClusterIP', app({ sourceRanges: [], service: { type: 'ClusterIP' } }), /load balancer +none/],
  [
    'an Ingress for anyone',
    app({ sourceRanges: ['::/0', '0.0.0.0/0'], ingress: { hosts: ['a.b'] } }),
    /a\.b open to anyone/,
  ],
  ['an issuer', app(contour({ tls: { issuer: { name: 'ca' } } })), /get certificate app$/m],
  [
    "what a Gateway's issuer needs",
    {
      ...app(route()),
      gateways: {
        edge: {
          className: 'istio',
          issuer: { name: 'ca' },
          listeners: {
            https: {
              port: 443,
              protocol: 'HTTPS',
              hostname: 'a.example.com',
              tls: { secretName: 'edge-tls' },
            },
          },
        },
      },
    },
    /^edge: Gateway with certificates of ClusterIssuer ca\n(.*\n)+.*enableGatewayAPI(.*\n)+.*DNS-01(.*\n)+.*get certificate edge-tls\n/m,
  ],
  ['how an issuer can solve', app(contour({ tls: { issuer: { name: 'ca' } } })), /solve by DNS-01/],
  [
    'where the client address must come from',
    app(byEnvoyGateway),
    /Envoy Gateway must see App1's own address: .*externalTrafficPolicy Local/,
  ],
  [
    'whom a platform does not hold',
    { platform: 'cilium', ...app() },
    /against clients inside of the cluster/,
  ],
  [
    'that a controller gets no fixes any more',
    app({ ingress: { controller: 'nginx', className: 'nginx', hosts: ['a.b'] } }),
    /leave ingress-nginx: it was archived in March 2026/,
  ],
  [
    "no more of the nodes' addresses where they are written",
    { clusterRanges: ['10.0.0.0/16'], ...app(contour()) },
    /^((?!clusterRanges).)*$/s,
  ],
  [
    'who else gets in from the cluster',
    {
      clusterRanges: ['1.2.0.0/16', '10.0.0.0/16'],
      ...app({ ...contour(), allowClusterSources: true }),
    },
    /allowClusterSources: sourceRanges share addresses with 1\.2\.0\.0\/16, so whoever/,
  ],
  [
    'which family stays the first',
    app({ ...dual, addresses: [...dual.addresses].reverse() }),
    /IPv6 stays its first family/,
  ],
  [
    'what a grant to another namespace allows',
    app({
      routes: { web: { controller: 'envoy-gateway', namespace: 'edge', parentRefs: [{ name: 'edge' }] } },
    }),
    /any HTTPRoute of namespace edge may lead to app, since a ReferenceGrant/,
  ],
  [
    'where names point to',
    app({ dns: { hostnames: ['a.example.com'], target: 'lb.example.com' } }),
    /External DNS points a\.example\.com to lb\.example\.com$/m,
  ],
  [
    "or to the load balancer's own address",
    app({ dns: { hostnames: ['a.example.com'] } }),
    /External DNS points a\.example\.com to its address$/m,
  ],
  ['a Secret', app(contour({ tls: { secretName: 'mine' } })), /must be in Secret mine/],
  [
    'a route',
    app({
      ...route({ kind: 'TCPRoute', parentRefs: [{ name: 'edge' }, { kind: 'ListenerSet', name: 'mine' }] }),
    }),
    /TCPRoute +on Gateway edge, ListenerSet mine open to anyone/,
  ],
  [
    'where to see that a route is taken',
    app({ ...route({ hostnames: ['a.example.com'] }) }),
    /- HTTPRoute app\.web leads nowhere until .*: kubectl --namespace default describe httproute app\.web$/m,
  ],
  [
    'who gets an answer from the first held route of Envoy Gateway, and what to do',
    app(byEnvoyGateway),
    /- where routes\.web is the first held route of its listener, each connection that is older gets one answer/,
  ],
  [
    'what to do before a route of Envoy Gateway goes',
    app(byEnvoyGateway),
    /- before routes\.web goes while the proxy stays, drain the addresses and upgrade: its policy goes first/,
  ],
  [
    'each family of which a range could hold a node, once',
    app({ ...contour(), ...dual, sourceRanges: ['fd00::/64', '1.2.3.4/32', '1.2.3.6/32'] }),
    /no range of IPv4 or IPv6 may hold a node's/,
  ],
  [
    'what Contour needs for an externalName',
    {
      proxies: {
        app: {
          externalName: 'app2.example.com',
          ports: { http: { port: 80 } },
          sourceRanges: ['1.2.3.4/32'],
          ...contour(),
        },
      },
    },
    /enableExternalNameService: true/,
  ],
  [
    'that a headless Service is open to pods',
    app({
      sourceRanges: [],
      service: { type: 'ClusterIP', clusterIP: 'None', inCluster: true },
      ports: { http: { port: 80 } },
    }),
    /ClusterIP +none: DNS gives App2's addresses to every pod/,
  ],
  ['Endpoints', app({ endpoints: { kind: 'Endpoints' } }), /Endpoints are deprecated/],
  ['drained addresses', app({ addresses: [{ ip: '2.3.4.5', ready: false }] }), /every connection is refused/],
  ['an externalName', { proxies: { app: { externalName: 'a.example.com' } } }, /nothing is held here/],
  ['no proxy', {}, /nothing was made/],
])('name %s', async (_, values, expected) => {
  expect(await notes(values)).toMatch(expected)
})

describe.concurrent('of more than a hundred proxies', () => {
  /** So many as the app, and the others beside them. */
  const many = (count: number, others: Record<string, ProxyValues>) => {
    const [proxy] = Object.values(app().proxies)
    const proxies = Array.from({ length: count }, (_, index) => [`app-${index}`, proxy])
    const beside = Object.entries(others).map(([name, fields]) => [name, { ...proxy, ...fields }])
    return { proxies: Object.fromEntries([...proxies, ...beside]) }
  }

  it('describe one of each kind whose doors are closed or held, and count the others', async () => {
    const said = await notes(many(100, { web: contour() }))
    expect(said.match(/^.* at 2\.3\.4\.5$/gm)).toEqual([
      'app-0: TCP 80 → 8080 at 2.3.4.5',
      'web: TCP 80 → 8080 at 2.3.4.5',
    ])
    expect(said).toContain(
      [
        '',
        '99 more as app-0: all their doors are closed, or held to sourceRanges of their own.',
        'Each door of all: helm get manifest release --namespace default | npx --no-install external-service-proxy doors --manifests -',
        '',
        'Argo CD leaves',
      ].join('\n'),
    )
  })

  it('take for a kind of its own what differs in doors, their controllers and certificates', async () => {
    const held = (fields: ProxyValues['ingress']): ProxyValues => ({
      ingress: { className: 'nginx', controller: 'nginx', ...fields },
    })
    const routed = (kind: 'HTTPRoute' | 'GRPCRoute', namespace = ''): ProxyValues => ({
      backend: { protocol: 'grpc' },
      routes: {
        web: { controller: 'envoy-gateway', kind, namespace, parentRefs: [{ name: kind.toLowerCase() }] },
      },
    })
    const others: Record<string, ProxyValues> = {
      ingress: held({ hosts: ['a.example.com'] }),
      'of-another': held({ controller: 'haproxy', className: 'haproxy', hosts: ['b.example.com'] }),
      'with-a-certificate': held({ hosts: ['c.example.com'], tls: { secretName: 'mine' } }),
      'with-an-issuer': held({ hosts: ['d.example.com'], tls: { issuer: { name: 'ca' } } }),
      http: routed('HTTPRoute'),
      grpc: routed('GRPCRoute'),
      elsewhere: routed('HTTPRoute', 'edge'),
      named: { dns: { hostnames: ['e.example.com'] } },
      ipv6: { addresses: ['fd00::5'], sourceRanges: ['fd00::/64'] },
      endpoints: { endpoints: { kind: 'Endpoints' } },
      inside: { sourceRanges: [], service: { type: 'ClusterIP', inCluster: false } },
      'of-another-platform': { service: { loadBalancerClass: 'example.com/lb' } },
    }
    const loadBalancerClasses = { 'example.com/lb': 'gcp' }
    const said = await notes({ loadBalancerClasses, ...many(100, others) })
    expect(said.match(/^[a-z].*(?=: TCP)/gm)?.sort()).toEqual(['app-0', ...Object.keys(others)].sort())
  })

  it('describe each that is open', async () => {
    const open: Record<string, ProxyValues> = {
      'to-ipv4': { sourceRanges: ['0.0.0.0/0'] },
      'to-all-ipv4-in-two': { sourceRanges: ['0.0.0.0/1', '128.0.0.0/1'] },
      'to-ipv6': { ...dual, sourceRanges: ['1.2.3.4/32', '::/0'] },
      'node-ports': { service: { allocateLoadBalancerNodePorts: true } },
      'node-port-after-an-upgrade': { ports: { tcp: { port: 53 }, udp: { port: 53, protocol: 'UDP' } } },
      'cluster-ip': { service: { inCluster: true } },
      'to-cluster-sources': { allowClusterSources: true },
      drained: { addresses: [{ ip: '2.3.4.5', ready: false }] },
    }
    const twice = Object.entries(open).flatMap(([name, fields]) => [
      [name, fields],
      [`${name}-too`, fields],
    ])
    const said = await notes(many(100, Object.fromEntries(twice)))
    expect(said.match(/^[a-z].*(?=: (TCP|UDP))/gm)?.sort()).toEqual(
      ['app-0', ...twice.map(([name]) => name)].sort(),
    )
  })

  it('describe each of a hundred', async () => {
    const said = await notes(many(100, {}))
    expect(said.match(/^app.*: /gm)).toHaveLength(100)
    expect(said).not.toContain('Each door of all')
  })
})

it.concurrent('say of access who may deploy, and to which addresses', async () => {
  const access = {
    namespace: 'edge',
    subjects: [{ kind: 'User' as const, name: 'deployer' }],
    addresses: ['2.3.4.0/24', 'fd00::/64'],
  }
  expect(await notes({ access })).toBe(
    'Who is named in access.subjects may deploy proxies in the namespace edge, to addresses in 2.3.4.0/24, fd00::/64 alone.',
  )
})

it.concurrent('say that nothing was made where all is off', async () => {
  expect(await notes({ ...app(), enabled: false })).toContain('No proxy is enabled: nothing was made.')
})

it.concurrent('say no such thing where extra objects are all there is', async () => {
  const secret = { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: { name: 'own' } }
  expect(await notes({ extraObjects: { own: secret } })).not.toContain('nothing was made')
})

it.concurrent('say once of a controller what its doors need', async () => {
  const said = await notes(
    app({
      routes: Object.fromEntries(
        ['a', 'b'].map((name) => [
          name,
          {
            controller: 'envoy-gateway',
            parentRefs: [{ name: 'edge' }],
            hostnames: [`${name}.example.com`],
          },
        ]),
      ),
    }),
  )
  expect(said.match(/Envoy Gateway must see App1's own address/g)).toHaveLength(1)
})
