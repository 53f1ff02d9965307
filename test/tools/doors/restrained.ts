import { type Fields, policy, prefixed, secret, target } from './changes.ts'
import { app2, custom, gateway, httpProxy, ingress, route, service, slice } from './objects.ts'

/** Objects that keep people out by all means of a controller, and each of these means: its path in them. */
export interface Restrained {
  /** Is there one of which nobody knows whether it keeps people out, or says from where? To add it is to be looked at. */
  isUnsure?: true
  objects: Fields[]
  means: (string | number)[][]
}

const annotated = (
  kind: 'Ingress' | 'Service',
  annotations: Record<string, string>,
  spec: Fields = {},
): Restrained => ({
  objects:
    kind === 'Ingress'
      ? [ingress(annotations, spec), ...app2]
      : [service({ loadBalancerSourceRanges: [], ...spec }, { annotations }), slice(['2.3.4.5'])],
  means: Object.keys(annotations).map((key) => [0, 'metadata', 'annotations', key]),
})

export const restrained: Record<string, Restrained> = {
  'ingress-nginx': annotated(
    'Ingress',
    prefixed('nginx.ingress.kubernetes.io/', {
      'auth-url': 'https://login.example.com/auth',
      'auth-type': 'basic',
      'auth-secret': 'users',
      'auth-tls-secret': 'default/ca',
      'auth-tls-verify-client': 'on',
      'denylist-source-range': '5.6.7.8/32',
      'limit-rps': '5',
    }),
  ),
  HAProxy: annotated(
    'Ingress',
    prefixed('haproxy.org/', {
      'auth-type': 'basic-auth',
      'auth-secret': 'default/users',
      'deny-list': '5.6.7.8/32',
      'rate-limit-requests': '5',
    }),
    { ingressClassName: 'haproxy' },
  ),
  'Traefik, Ingress': {
    objects: [
      ingress(
        prefixed('traefik.ingress.kubernetes.io/', {
          'router.middlewares': 'default-login@kubernetescrd,limit@file',
          'router.entrypoints': 'internal',
          'router.tls.options': 'default-mtls@kubernetescrd',
        }),
        { ingressClassName: 'traefik' },
      ),
      ...app2,
      custom('traefik.io/v1alpha1', 'Middleware', 'login', { basicAuth: { secret: 'users' } }),
      custom('traefik.io/v1alpha1', 'TLSOption', 'mtls', { clientAuth: { secretNames: ['ca'] } }),
      secret('users'),
    ],
    means: [
      ...['router.middlewares', 'router.entrypoints', 'router.tls.options'].map((key) => [
        0,
        'metadata',
        'annotations',
        `traefik.ingress.kubernetes.io/${key}`,
      ]),
      [3],
      [3, 'spec', 'basicAuth'],
      [4],
      [4, 'spec', 'clientAuth'],
      [5, 'data', 'users'],
    ],
  },
  'Traefik, HTTPRoute': {
    objects: [
      route('HTTPRoute', {
        rules: [
          {
            backendRefs: [{ name: 'app', port: 80 }],
            filters: [
              {
                type: 'ExtensionRef',
                extensionRef: { group: 'traefik.io', kind: 'Middleware', name: 'login' },
              },
              {
                type: 'ExtensionRef',
                extensionRef: { group: 'traefik.io', kind: 'Middleware', name: 'elsewhere' },
              },
            ],
          },
        ],
      }),
      gateway('traefik', { listeners: [{ name: 'web', protocol: 'HTTP', port: 80 }] }),
      ...app2,
      custom('traefik.io/v1alpha1', 'Middleware', 'login', { forwardAuth: { address: 'http://login' } }),
    ],
    means: [
      [0, 'spec', 'rules', 0, 'filters'],
      [0, 'spec', 'rules', 0, 'filters', 0],
      [0, 'spec', 'rules', 0, 'filters', 1],
      [4],
      [4, 'spec', 'forwardAuth'],
    ],
  },
  Contour: {
    objects: [
      httpProxy(
        {
          routes: [
            {
              conditions: [{ prefix: '/' }],
              services: [{ name: 'app', port: 80 }],
              ipDenyPolicy: [{ source: 'Peer', cidr: '5.6.7.8/32' }],
              rateLimitPolicy: { local: { requests: 1, unit: 'second' } },
              jwtVerificationPolicy: { require: 'login' },
            },
          ],
        },
        {
          ipAllowPolicy: [],
          tls: { secretName: 'cert', clientValidation: { caSecret: 'ca' } },
          authorization: { extensionRef: { name: 'login', namespace: 'default' } },
          jwtProviders: [{ name: 'login', issuer: 'https://login.example.com' }],
          rateLimitPolicy: { global: { descriptors: [] } },
        },
      ),
      ...app2,
      custom('projectcontour.io/v1alpha1', 'ExtensionService', 'login', {
        services: [{ name: 'login', port: 80 }],
      }),
    ],
    means: [
      ...['ipDenyPolicy', 'rateLimitPolicy', 'jwtVerificationPolicy'].map((field) => [
        0,
        'spec',
        'routes',
        0,
        field,
      ]),
      ...['authorization', 'jwtProviders', 'rateLimitPolicy'].map((field) => [
        0,
        'spec',
        'virtualhost',
        field,
      ]),
      [0, 'spec', 'virtualhost', 'tls', 'clientValidation'],
      [3],
    ],
  },
  ...Object.fromEntries(
    (['HTTPRoute', 'GRPCRoute'] as const).map((kind): [string, Restrained] => [
      `Envoy Gateway, ${kind}`,
      {
        objects: [
          route(kind, {
            rules: [
              {
                backendRefs: [
                  { name: 'app', port: 80, filters: [{ type: 'ExtensionRef', extensionRef: { name: 'y' } }] },
                ],
                filters: [
                  {
                    type: 'ExtensionRef',
                    extensionRef: { group: 'gateway.envoyproxy.io', kind: 'HTTPRouteFilter', name: 'x' },
                  },
                ],
              },
            ],
          }),
          gateway('envoy-gateway', {
            listeners: [
              {
                name: 'front',
                protocol: 'HTTPS',
                port: 443,
                tls: { frontendValidation: { caCertificateRefs: [] } },
              },
            ],
            infrastructure: {
              annotations: { 'service.beta.kubernetes.io/aws-load-balancer-internal': 'true' },
            },
          }),
          ...app2,
          policy(
            'SecurityPolicy',
            {
              ...target(kind, 'web'),
              basicAuth: { users: { name: 'users' } },
              jwt: { providers: [{ name: 'login' }] },
              oidc: { provider: { issuer: 'https://login.example.com' } },
              extAuth: { http: { path: '/' } },
              apiKeyAuth: { credentialRefs: [{ name: 'keys' }] },
              authorization: { rules: [{ action: 'Allow', principal: { jwt: { provider: 'login' } } }] },
            },
            'login',
          ),
          policy('BackendTrafficPolicy', { ...target(kind, 'web'), rateLimit: { type: 'Local' } }, 'limit'),
          policy(
            'ClientTrafficPolicy',
            { ...target('Gateway', 'edge', 'front'), tls: { clientValidation: { caCertificateRefs: [] } } },
            'mtls',
          ),
          policy('EnvoyExtensionPolicy', { ...target(kind, 'web'), wasm: [{ name: 'waf' }] }, 'waf'),
          secret('users'),
        ],
        means: [
          [0, 'spec', 'rules', 0, 'filters'],
          [0, 'spec', 'rules', 0, 'backendRefs', 0, 'filters'],
          [1, 'spec', 'listeners', 0, 'tls', 'frontendValidation'],
          [1, 'spec', 'infrastructure'],
          ...['basicAuth', 'jwt', 'oidc', 'extAuth', 'apiKeyAuth', 'authorization', 'targetRefs'].map(
            (field) => [4, 'spec', field],
          ),
          [4, 'spec', 'authorization', 'rules', 0, 'principal', 'jwt'],
          [5, 'spec', 'rateLimit'],
          [6, 'spec', 'tls'],
          [7, 'spec', 'wasm'],
          [8, 'data', 'users'],
          [4],
          [5],
          [6],
          [7],
        ],
      },
    ]),
  ),
  Istio: {
    objects: [
      route('HTTPRoute'),
      gateway('istio', { listeners: [{ name: 'web', protocol: 'HTTP', port: 80 }] }),
      ...app2,
      policy(
        'AuthorizationPolicy',
        {
          ...target('Gateway', 'edge'),
          rules: [
            { from: [{ source: { requestPrincipals: ['login.example.com/*'] } }] },
            {
              from: [{ source: { principals: ['a'] } }],
              when: [{ key: 'request.auth.claims[a]', values: ['b'] }],
            },
          ],
        },
        'login',
      ),
      policy(
        'RequestAuthentication',
        { ...target('Gateway', 'edge'), jwtRules: [{ issuer: 'https://a' }] },
        'login',
      ),
      policy(
        'PeerAuthentication'.replace('Peer', 'Request'),
        { jwtRules: [{ issuer: 'https://b' }] },
        'of-all',
      ),
    ],
    means: [
      [4],
      [4, 'spec', 'rules', 0, 'from', 0, 'source', 'requestPrincipals'],
      [4, 'spec', 'rules', 1, 'when'],
      [4, 'spec', 'targetRefs'],
      [5],
      [5, 'spec', 'jwtRules'],
      [6],
    ],
  },
  AWS: annotated(
    'Service',
    prefixed('service.beta.kubernetes.io/aws-load-balancer-', {
      internal: 'true',
      scheme: 'internal',
      'security-groups': 'sg-1',
      subnets: 'subnet-1',
    }),
  ),
  Azure: annotated(
    'Service',
    prefixed('service.beta.kubernetes.io/azure-', {
      'load-balancer-internal': 'true',
      'allowed-ip-ranges': '1.2.3.0/24',
      'allowed-service-tags': 'AzureFrontDoor.Backend',
    }),
  ),
  Google: annotated('Service', { 'networking.gke.io/load-balancer-type': 'Internal' }),
  DigitalOcean: annotated('Service', {
    'service.beta.kubernetes.io/do-loadbalancer-deny-rules': 'cidr:5.6.7.8/32',
    'service.beta.kubernetes.io/do-loadbalancer-network': 'INTERNAL',
  }),
  OpenStack: annotated('Service', { 'service.beta.kubernetes.io/openstack-internal-load-balancer': 'true' }),
  Hetzner: annotated('Service', { 'load-balancer.hetzner.cloud/disable-public-network': 'true' }),
  MetalLB: annotated('Service', { 'metallb.io/address-pool': 'internal' }),
  'one that nobody knows': {
    objects: [
      service(
        { loadBalancerClass: 'example.com/internal', loadBalancerIP: '10.0.0.7', ipDenyList: ['5.6.7.8'] },
        { annotations: { 'example.com/login': 'true', 'source-ranges': '1.2.3.4/32' } },
      ),
      slice(['2.3.4.5']),
    ],
    means: [
      [0, 'metadata', 'annotations', 'example.com/login'],
      [0, 'metadata', 'annotations', 'source-ranges'],
      [0, 'spec', 'loadBalancerClass'],
      [0, 'spec', 'loadBalancerIP'],
      [0, 'spec', 'loadBalancerSourceRanges'],
      [0, 'spec', 'ipDenyList'],
    ],
  },
  "Kong's, by a name": {
    objects: [
      ingress({ 'konghq.com/plugins': 'login' }, { ingressClassName: 'kong' }),
      ...app2,
      {
        apiVersion: 'configuration.konghq.com/v1',
        kind: 'KongPlugin',
        metadata: { name: 'login' },
        plugin: 'key-auth',
      },
    ],
    means: [[0, 'metadata', 'annotations', 'konghq.com/plugins'], [3], [3, 'plugin']],
  },
  "Traefik's IngressRoute": {
    isUnsure: true,
    objects: [
      ...app2,
      custom('traefik.io/v1alpha1', 'IngressRoute', 'app', {
        routes: [{ middlewares: [{ name: 'login' }], services: [{ name: 'app', port: 80 }] }],
      }),
      custom('traefik.io/v1alpha1', 'Middleware', 'login', { basicAuth: { secret: 'users' } }),
    ],
    means: [[2, 'spec', 'routes', 0, 'middlewares'], [3], [3, 'spec', 'basicAuth']],
  },
  'of TCP': {
    objects: [
      ...app2,
      custom('traefik.io/v1alpha1', 'IngressRouteTCP', 'app', {
        entryPoints: ['db'],
        routes: [
          {
            match: 'HostSNI(`a.example.com`)',
            middlewares: [{ name: 'few' }],
            services: [{ name: 'app', port: 80 }],
          },
        ],
        tls: { options: { name: 'mtls' } },
      }),
      custom('traefik.io/v1alpha1', 'MiddlewareTCP', 'few', { inFlightConn: { amount: 1 } }),
    ],
    means: [
      [2, 'spec', 'entryPoints'],
      [2, 'spec', 'routes', 0, 'middlewares'],
      [2, 'spec', 'tls', 'options'],
      [3],
      [3, 'spec', 'inFlightConn'],
    ],
  },
  'by a TraefikService, and by a Service': {
    objects: [
      ...app2,
      custom('traefik.io/v1alpha1', 'IngressRoute', 'app', {
        routes: [
          {
            match: 'Host(`a.example.com`)',
            services: [{ kind: 'TraefikService', name: 'both', middlewares: [{ name: 'login' }] }],
          },
        ],
      }),
      custom('traefik.io/v1alpha1', 'TraefikService', 'both', {
        weighted: { services: [{ name: 'app', port: 80, middlewares: [{ name: 'list' }] }] },
      }),
      custom('traefik.io/v1alpha1', 'Middleware', 'login', { basicAuth: { secret: 'users' } }),
      custom('traefik.io/v1alpha1', 'Middleware', 'list', { ipAllowList: { sourceRange: ['1.2.3.4'] } }),
    ],
    means: [
      [2, 'spec', 'routes', 0, 'services', 0, 'middlewares'],
      [3, 'spec', 'weighted', 'services', 0, 'middlewares'],
      [4],
      [4, 'spec', 'basicAuth'],
      [5],
      [5, 'spec', 'ipAllowList'],
    ],
  },
  'what stands around a controller': {
    isUnsure: true,
    objects: [
      ingress(),
      ...app2,
      custom('networking.k8s.io/v1', 'NetworkPolicy', 'only-office', {
        podSelector: {},
        ingress: [{ from: [] }],
      }),
      custom('cilium.io/v2', 'CiliumNetworkPolicy', 'only-office', { endpointSelector: {}, ingress: [] }),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'ingress-nginx-controller' },
        data: { 'global-auth-url': 'https://login', 'denylist-source-range': '5.6.7.8' },
      },
      service(
        { selector: { app: 'nginx' } },
        {
          name: 'ingress-nginx-controller',
          annotations: { 'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal' },
        },
      ),
    ],
    means: [
      [3],
      [3, 'spec', 'ingress'],
      [4],
      [5, 'data', 'global-auth-url'],
      [5, 'data', 'denylist-source-range'],
      [6, 'spec', 'loadBalancerSourceRanges'],
      [6, 'metadata', 'annotations', 'service.beta.kubernetes.io/aws-load-balancer-scheme'],
    ],
  },
}
