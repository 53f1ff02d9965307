import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { isWider } from '../../../tools/doors/requests.ts'
import { app } from '../../values.ts'
import { changes, type Fields, mayBeWider, policy, said, target } from './changes.ts'
import { app2, custom, gateway, httpProxy, ingress, route, service, slice } from './objects.ts'

describe('a way past a login', () => {
  const login = { 'nginx.ingress.kubernetes.io/auth-url': 'https://login.example.com' }
  /** Two Ingresses of one place, each with its login. */
  const two = (...urls: string[]) =>
    ['app', 'beside'].map((name, index) => ({
      ...ingress(),
      metadata: {
        name,
        annotations: urls[index] ? { 'nginx.ingress.kubernetes.io/auth-url': urls[index] } : {},
      },
    }))
  const policies = (...specs: Fields[]) =>
    specs.map((spec, index) => policy('SecurityPolicy', spec, `p${index}`))
  const basic = { basicAuth: { users: { name: 'users' } } }
  const http = [
    route('HTTPRoute'),
    gateway('envoy-gateway', { listeners: [{ name: 'web', port: 80 }] }),
    ...app2,
  ]
  const mesh = [route('HTTPRoute'), gateway('istio', { listeners: [{ name: 'web', port: 80 }] }), ...app2]
  const allow = (rules: Fields[], more: Fields = {}, name = 'login') => ({
    ...policy('AuthorizationPolicy', { ...target('Gateway', 'edge'), rules }, name),
    ...more,
  })
  const ofNginx = 'nginx.ingress.kubernetes.io/'
  const wider = `${ofNginx}whitelist-source-range`
  const deny = { action: 'Deny', principal: { clientCIDRs: ['1.2.3.4/32'] } }
  const office = { action: 'Allow', principal: { clientCIDRs: ['1.2.3.0/24'] } }
  const byLogin = { from: [{ source: { requestPrincipals: ['*'] } }] }

  it.each<[string, object[], object[]]>([
    [
      'an Ingress of the same place beside it',
      [ingress(login), ...app2],
      [ingress(login), { ...ingress(), metadata: { name: 'beside' } }, ...app2],
    ],
    [
      'none of two logins, of which each had an Ingress of its own',
      [...two('http://x/', 'http://y/'), ...app2],
      [...two(), ...app2],
    ],
    [
      'one of two Ingresses that had logins of their own',
      [...two('http://x/', 'http://y/'), ...app2],
      [...two('http://x/'), ...app2],
    ],
    [
      'a rule that denies before one that allows',
      ...([[deny, office], [office]].map((rules) => [
        ...http,
        ...policies({ ...target('HTTPRoute', 'web'), authorization: { defaultAction: 'Deny', rules } }),
      ]) as [object[], object[]]),
    ],
    [
      'the narrower of two lists, of which either may be in force',
      [ingress({ [`${ofNginx}allowlist-source-range`]: '1.2.3.4', [wider]: '1.2.0.0/16' }), ...app2],
      [ingress({ [wider]: '1.2.0.0/16' }), ...app2],
    ],
    [
      'addresses that a second policy denies',
      [
        ...mesh,
        allow([{ from: [{ source: { ipBlocks: ['1.2.3.0/24'] } }] }]),
        policy(
          'AuthorizationPolicy',
          {
            ...target('Gateway', 'edge'),
            action: 'DENY',
            rules: [{ from: [{ source: { ipBlocks: ['1.2.3.4'] } }] }],
          },
          'deny',
        ),
      ],
      [...mesh, allow([{ from: [{ source: { ipBlocks: ['1.2.3.0/24'] } }] }])],
    ],
    [
      'addresses that a rule leaves out',
      [...mesh, allow([{ from: [{ source: { ipBlocks: ['1.2.3.0/24'], notIpBlocks: ['1.2.3.4'] } }] }])],
      [...mesh, allow([{ from: [{ source: { ipBlocks: ['1.2.3.0/24'] } }] }])],
    ],
    [
      'another host alone, that a rule allows',
      [
        ...mesh,
        allow([
          {
            from: [{ source: { ipBlocks: ['1.2.3.0/24'] } }],
            to: [{ operation: { hosts: ['b.example.com'] } }],
          },
        ]),
      ],
      [...mesh, allow([{ from: [{ source: { ipBlocks: ['1.2.3.0/24'] } }] }])],
    ],
    [
      'a policy that is nearer than the one that asks for it',
      [...http, ...policies({ ...target('Gateway', 'edge'), ...basic })],
      [
        ...http,
        ...policies({ ...target('Gateway', 'edge'), ...basic }, { ...target('HTTPRoute', 'web'), cors: {} }),
      ],
    ],
    [
      'a policy that is now for another listener',
      [...http, ...policies({ ...target('Gateway', 'edge', 'web'), ...basic })],
      [...http, ...policies({ ...target('Gateway', 'edge', 'other'), ...basic })],
    ],
    [
      'a policy of a group that its controller does not know',
      [...http, ...policies({ ...target('HTTPRoute', 'web'), ...basic })],
      [
        ...http,
        ...policies({
          targetRefs: [{ group: 'networking.k8s.io', kind: 'HTTPRoute', name: 'web' }],
          ...basic,
        }),
      ],
    ],
    [
      'a policy that chooses by a label, which is gone',
      [
        { ...http[0], metadata: { name: 'web', labels: { login: 'yes' } } },
        ...http.slice(1),
        ...policies({
          targetSelectors: [
            { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', matchLabels: { login: 'yes' } },
          ],
          ...basic,
        }),
      ],
      [
        ...http,
        ...policies({
          targetSelectors: [
            { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', matchLabels: { login: 'yes' } },
          ],
          ...basic,
        }),
      ],
    ],
    [
      'the same key, as a label',
      [ingress(login), ...app2],
      [{ ...ingress(), metadata: { name: 'app', labels: login } }, ...app2],
    ],
    [
      "a stranger's policy of the same name",
      [...http, ...policies({ ...target('HTTPRoute', 'web'), ...basic })],
      [
        ...http,
        ...policies({ ...target('HTTPRoute', 'web'), ...basic }).map((one) => ({
          ...one,
          apiVersion: 'example.com/v1',
        })),
      ],
    ],
    [
      'a longer path of its own',
      [ingress(login), ...app2],
      [
        ingress(login),
        {
          ...ingress(
            {},
            {
              rules: [
                {
                  host: 'a.example.com',
                  http: {
                    paths: [
                      {
                        path: '/admin',
                        pathType: 'Prefix',
                        backend: { service: { name: 'app', port: { number: 80 } } },
                      },
                    ],
                  },
                },
              ],
            },
          ),
          metadata: { name: 'admin' },
        },
        ...app2,
      ],
    ],
    [
      'a list that a header gets past, for a wide one',
      [httpProxy({}, { ipAllowPolicy: [{ source: 'Remote', cidr: '1.2.3.4/32' }] }), ...app2],
      [httpProxy({}, { ipAllowPolicy: [{ source: 'Peer', cidr: '0.0.0.0/1' }] }), ...app2],
    ],
    [
      'another setting of what an annotation names inside of JSON',
      ...(([true, false] as const).map((enabled) => [
        ingress({ 'ingress.gcp.kubernetes.io/x': '{"default":"iap"}' }, { ingressClassName: 'gce' }),
        ...app2,
        custom('cloud.google.com/v1', 'BackendConfig', 'iap', { iap: { enabled } }),
      ]) as [object[], object[]]),
    ],
    [
      'other options of TLS for all',
      [
        ingress(),
        ...app2,
        custom('traefik.io/v1alpha1', 'TLSOption', 'default', { clientAuth: { secretNames: ['a'] } }),
      ],
      [ingress(), ...app2, custom('traefik.io/v1alpha1', 'TLSOption', 'default', {})],
    ],
    ['a rule for anyone', [...mesh, allow([byLogin])], [...mesh, allow([byLogin, {}])]],
    ['a policy for anyone', [...mesh, allow([byLogin])], [...mesh, allow([byLogin]), allow([{}], {}, 'all')]],
    [
      'a policy that is for trial',
      [...mesh, allow([byLogin])],
      [
        ...mesh,
        allow([byLogin], { metadata: { name: 'login', annotations: { 'istio.io/dry-run': 'true' } } }),
      ],
    ],
    [
      'a policy that its deployer leaves out',
      [...mesh, allow([byLogin])],
      [...mesh, allow([byLogin], { metadata: { name: 'login', annotations: { 'helm.sh/hook': 'test' } } })],
    ],
    [
      'a route that turns it off',
      [httpProxy({}, { ipAllowPolicy: [], authorization: { extensionRef: { name: 'a' } } }), ...app2],
      [
        httpProxy(
          {
            routes: [
              {
                conditions: [{ prefix: '/' }],
                services: [{ name: 'app', port: 80 }],
                authPolicy: { disabled: true },
              },
            ],
          },
          { ipAllowPolicy: [], authorization: { extensionRef: { name: 'a' } } },
        ),
        ...app2,
      ],
    ],
    [
      'plain text beside a client certificate',
      [httpProxy({}, { ipAllowPolicy: [], tls: { clientValidation: { caSecret: 'a' } } }), ...app2],
      [
        httpProxy(
          { routes: [{ services: [{ name: 'app', port: 80 }], permitInsecure: true }] },
          { ipAllowPolicy: [], tls: { clientValidation: { caSecret: 'a' } } },
        ),
        ...app2,
      ],
    ],
    [
      'another name of the Service',
      [ingress(login), ...app2],
      JSON.parse(
        JSON.stringify([ingress(), ...app2])
          .replaceAll('"name":"app","port"', '"name":"new","port"')
          .replace('"Service","metadata":{"name":"app"', '"Service","metadata":{"name":"new"')
          .replace('service-name":"app"', 'service-name":"new"'),
      ),
    ],
    [
      'an address outside of the cluster, for one inside',
      [
        service({}, { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' } }),
        slice(['2.3.4.5']),
      ],
      [
        service(
          {},
          {
            annotations: {
              'service.beta.kubernetes.io/aws-load-balancer-type': 'external',
              'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internet-facing',
            },
          },
        ),
        slice(['2.3.4.5']),
      ],
    ],
    [
      'externalTrafficPolicy Cluster, where no address has its nodeName',
      [service({ externalTrafficPolicy: 'Local' }), slice(['2.3.4.5'])],
      [service({ externalTrafficPolicy: 'Cluster' }), slice(['2.3.4.5'])],
    ],
  ])('%s', (_, before, now) => {
    expect(changes(before, before)).toEqual([])
    expect(mayBeWider(before, now)).toBe(true)
  })
})

describe('from where a door can be reached, by its class', () => {
  const classed = (kind: string, group: string, spec: Fields) => custom(`${group}/v1`, kind, 'front', spec)
  const proxied = (spec: Fields, annotations: Fields = {}) => [httpProxy(spec, {}, { annotations }), ...app2]
  const hung = (gatewayClassName: string, ...more: Fields[]) => [
    route('HTTPRoute'),
    gateway(gatewayClassName, { listeners: [{ name: 'web', protocol: 'HTTP', port: 80 }] }),
    ...more,
    ...app2,
  ]
  const both = (name: string) => [
    ingress({ 'kubernetes.io/ingress.class': name }, { ingressClassName: 'front' }),
    ...app2,
  ]
  const middlewares = ['internal', 'public'].map((name) =>
    custom('traefik.io/v1alpha1', 'Middleware', name, {}),
  )

  it.each<[string, (word: string) => object[]]>([
    ['an Ingress', (word) => [ingress({}, { ingressClassName: word }), ...app2]],
    ['an Ingress, by the second of two', both],
    [
      'an Ingress, where other objects have the same names',
      (word) => [ingress({}, { ingressClassName: word }), ...app2, ...middlewares],
    ],
    [
      "an IngressClass's controller",
      (word) => [
        ingress({}, { ingressClassName: 'front' }),
        classed('IngressClass', 'networking.k8s.io', { controller: `k8s.io/${word}` }),
        ...app2,
      ],
    ],
    ['an HTTPProxy', (word) => proxied({ ingressClassName: word })],
    [
      "an HTTPProxy, by Contour's annotation",
      (word) => proxied({}, { 'projectcontour.io/ingress.class': word }),
    ],
    ["an HTTPProxy, by Kubernetes's", (word) => proxied({}, { 'kubernetes.io/ingress.class': word })],
    ['a Gateway', (word) => hung(word)],
    [
      "a GatewayClass's controller",
      (word) =>
        hung(
          'front',
          classed('GatewayClass', 'gateway.networking.k8s.io', { controllerName: `example.com/${word}` }),
        ),
    ],
  ])('%s', (_, at) => {
    expect(changes(at('internal'), at('internal'))).toEqual([])
    expect(said(at('internal'), at('public'))).toHaveLength(1)
    expect(mayBeWider(at('internal'), at('public'))).toBe(true)
  })

  it('is the same by a field and by an annotation', () => {
    const annotation = { 'kubernetes.io/ingress.class': 'internal' }
    expect(
      changes(
        [ingress(annotation, { ingressClassName: undefined }), ...app2],
        [ingress({}, { ingressClassName: 'internal' }), ...app2],
      ).filter(isWider),
    ).toEqual([])
    expect(
      changes(proxied({}, annotation), proxied({ ingressClassName: 'internal' })).filter(isWider),
    ).toEqual([])
  })

  it.concurrent.each(['contour', 'nginx'] as const)("by the chart's values: %s", async (controller) => {
    const [internal, everywhere] = await Promise.all(
      ['internal', 'public'].map((word) =>
        render(
          app({ ingress: { controller, className: `${controller}-${word}`, hosts: ['a.example.com'] } }),
        ),
      ),
    )
    expect(said(internal?.objects ?? [], everywhere?.objects ?? [])).toHaveLength(1)
  })
})

describe('a listener that asks for less than another', () => {
  const https = { name: 'https', port: 443, protocol: 'HTTPS' }
  const http = { name: 'http', port: 80, protocol: 'HTTP' }
  const at = (listeners: Fields[], more: Fields[] = [], spec: Fields = {}) => [
    route('HTTPRoute'),
    gateway('envoy-gateway', { listeners, ...spec }),
    ...more,
    ...app2,
  ]
  const validation = { tls: { clientValidation: { caCertificateRefs: [] } } }
  const ofHttps = { ...target('Gateway', 'edge', 'https') }
  const login = policy('SecurityPolicy', { ...ofHttps, basicAuth: { users: { name: 'users' } } }, 'login')
  const certificate = { validation: { caCertificateRefs: [{ name: 'ca' }] } }
  const means: [string, Fields[], Fields][] = [
    ["a Gateway's client certificate", [], { tls: { frontend: { default: certificate } } }],
    [
      'a client certificate of one port',
      [],
      { tls: { frontend: { default: {}, perPort: [{ port: 443, tls: certificate }] } } },
    ],
    [
      "a policy's client certificate",
      [policy('ClientTrafficPolicy', { ...ofHttps, ...validation }, 'mtls')],
      {},
    ],
    [
      "a policy's client certificate, of the whole Gateway",
      [policy('ClientTrafficPolicy', { ...target('Gateway', 'edge'), ...validation }, 'mtls')],
      {},
    ],
    ["a policy's login", [login], {}],
  ]

  it.each(means)('is a way past %s', (_, more, spec) => {
    const held = at([https], more, spec)
    const passed = at([https, http], more, spec)
    expect(said(held, passed)).not.toEqual([])
    expect(said(passed, held)).toEqual([])
    expect(changes(passed, passed)).toEqual([])
    expect(
      said(
        held,
        at(
          [
            { ...https, name: 'https' },
            { ...http, hostname: 'b.example.com' },
          ],
          more,
          spec,
        ),
      ),
    ).toEqual([])
  })

  it('keeps out by what each asks for, though none by what all do', () => {
    const both = [
      login,
      policy('SecurityPolicy', { ...target('Gateway', 'edge', 'http'), jwt: { providers: [] } }, 'jwt'),
    ]
    expect(said(at([https, http], both), at([https, http]))).not.toEqual([])
  })
})
