import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { mayBeWider } from '../doors/changes.ts'
import {
  admin,
  clusterIP,
  expectMade,
  ingress,
  ofText,
  read,
  route,
  routeOf,
  service,
  toApp80,
} from './manifests.ts'

const named = (names: string) =>
  ingress(`traefik.ingress.kubernetes.io/router.middlewares: "${names}"`).replace('nginx', 'traefik')
const middleware = (spec: string, name = 'ours', namespace = 'default', group = 'traefik.io') =>
  `---\napiVersion: ${group}/v1alpha1\nkind: Middleware\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {${spec}}\n`
const list = (...ranges: string[]) => `ipAllowList: {sourceRange: [${ranges.join(', ')}]}`
const ours = 'default-ours@kubernetescrd'

describe.concurrent("the list of Traefik's Middleware, which alone holds an Ingress, becomes sourceRanges", () => {
  it.each<[string, string, string[]]>([
    ['behind it', named(ours) + middleware(list('1.2.3.4/32')), ['1.2.3.4/32']],
    ['before it', middleware(list('1.2.3.4/32', '10.0.0.0/8')) + named(ours), ['1.2.3.4/32', '10.0.0.0/8']],
    [
      'with another answer',
      named(ours) + middleware('ipAllowList: {sourceRange: [1.2.3.4], rejectStatusCode: 404}'),
      ['1.2.3.4/32'],
    ],
    [
      'of another namespace',
      named('edge-ours@kubernetescrd') + middleware(list('1.2.3.4/32'), 'ours', 'edge'),
      ['1.2.3.4/32'],
    ],
    [
      'what two of them have',
      named(`${ours}, default-two@kubernetescrd`) +
        middleware(list('1.2.0.0/16')) +
        middleware(list('1.2.3.0/24'), 'two'),
      ['1.2.3.0/24'],
    ],
    ['nobody, where an entry is none', named(ours) + middleware(list('1.2.3.4/32', 'nonsense')), []],
    [
      'called as App2',
      named('default-app@kubernetescrd') + middleware(list('1.2.3.4/32'), 'app'),
      ['1.2.3.4/32'],
    ],
  ])('%s', async (_, text, sourceRanges) => {
    const { proxies, said } = read(ofText(clusterIP + text))
    expect(proxies.app).toMatchObject({
      sourceRanges,
      ingress: { hosts: ['a.example'], controller: 'traefik' },
    })
    expectMade(proxies.app?.ingress, { hosts: ['a.example'] })
    expect(said.join('\n')).toMatch(
      /left out Middleware (ours|app): its list is in sourceRanges; delete it once nothing names it any more \(now Ingress app\)/,
    )
    expect(said.join('\n')).not.toContain('may keep somebody out')
  })

  it('and nobody new gets in', async () => {
    const text = clusterIP + named(ours) + middleware(list('1.2.3.4/32'))
    const made = async (one: string) => (await render(load(ofText(one).values) as object)).objects
    const before = text.split(/^---\n/m).map((one) => load(one))
    const [same, wider] = await Promise.all([
      made(text),
      made(text.replace('1.2.3.4/32', '1.2.3.4/32, 5.6.7.8')),
    ])
    expect(mayBeWider(before, same)).toBe(false)
    expect(mayBeWider(before, wider)).toBe(true)
  })
})

describe.concurrent('a Middleware may go', () => {
  const app = named(ours) + middleware(list('1.2.3.4/32'))
  const object = (kind: string, spec: string, group = 'traefik.io/v1alpha1') =>
    `---\napiVersion: ${group}\nkind: ${kind}\nmetadata: {name: other}\nspec: {${spec}}\n`
  const second = named(ours)
    .replace('metadata: {name: app', 'metadata: {name: two')
    .replace('a.example', 'b.example')
  it.each<[string, string, string]>([
    ['an Ingress that is left out', second, ', Ingress two'],
    [
      'an HTTPRoute',
      object('HTTPRoute', `rules: [{filters: [${filter('ours')}]}]`, 'gateway.networking.k8s.io/v1'),
      ', HTTPRoute other',
    ],
    [
      'an IngressRoute',
      object('IngressRoute', 'routes: [{match: Path(`/x`), middlewares: [{name: ours}]}]'),
      ', IngressRoute other',
    ],
    [
      'an IngressRoute of another namespace',
      object('IngressRoute', 'routes: [{middlewares: [{name: ours, namespace: default}]}]').replace(
        '{name: other}',
        '{name: other, namespace: edge}',
      ),
      ', IngressRoute other',
    ],
    [
      'an IngressRoute, as an Ingress names it',
      object('IngressRoute', `routes: [{middlewares: [{name: ${ours}}]}]`),
      ', IngressRoute other',
    ],
    ['a chain', object('Middleware', 'chain: {middlewares: [{name: ours}]}'), ', Middleware other'],
    [
      "Traefik's argument",
      object('Deployment', `args: ["--entryPoints.web.http.middlewares=${ours}"]`, 'apps/v1'),
      ', Deployment other',
    ],
    ['one of its name only', object('Middleware', 'chain: {middlewares: [{name: theirs}]}'), ''],
    [
      'one of another namespace only',
      object('IngressRoute', 'routes: [{middlewares: [{name: ours, namespace: edge}]}]'),
      '',
    ],
    ['a Service of its name only', object('IngressRoute', 'routes: [{services: [{name: ours}]}]'), ''],
  ])('once nothing names it any more: %s', (_, other, more) => {
    const { said } = read(ofText(clusterIP + app + other))
    expect(said.join('\n')).toContain(`delete it once nothing names it any more (now Ingress app${more})`)
  })

  it('not because of an Ingress that is left out: its list is not in sourceRanges', () => {
    const theirs = second.replace(ours, 'default-wide@kubernetescrd')
    const text = clusterIP + app + theirs + middleware(list('1.2.0.0/16'), 'wide')
    const { proxies, said } = read(ofText(text))
    expect(proxies.app?.sourceRanges).toEqual(['1.2.3.4/32'])
    expect(said.join('\n')).toContain('decide Middleware wide is left out: see whether it kept somebody out')
    expect(said.join('\n')).not.toContain('Middleware wide: its list')
  })
})

const gateway = routeOf(
  'Gateway',
  'name: edge',
  'gatewayClassName: traefik, listeners: [{name: web, port: 8000, protocol: HTTP}]',
)
const filter = (name: string, group = 'traefik.io', kind = 'Middleware') =>
  `{type: ExtensionRef, extensionRef: {group: ${group}, kind: ${kind}, name: ${name}}}`
const held = (filters: string, more = '') => route(`{${more} filters: [${filters}], ${toApp80}}`)

describe.concurrent('so does that of an HTTPRoute, whose filters name it', () => {
  const header = '{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}'
  it.each<[string, string, string[], unknown[] | undefined]>([
    ['alone', held(filter('ours')), ['1.2.3.4/32'], undefined],
    [
      'beside a filter of another type',
      held(`${header}, ${filter('ours')}`),
      ['1.2.3.4/32'],
      [{ filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove: ['x'] } }] }],
    ],
    [
      'what two rules have',
      route(
        `{${admin}, filters: [${filter('ours')}], ${toApp80}}, {filters: [${filter('wide')}], ${toApp80}}`,
      ),
      ['1.2.3.4/32'],
      [{ matches: [{ path: { type: 'PathPrefix', value: '/admin' } }] }, {}],
    ],
    ['what an Ingress has, too', held(filter('wide')) + named(ours), ['1.2.3.4/32'], undefined],
  ])('%s', (_, text, sourceRanges, rules) => {
    const lists = middleware(list('1.2.3.4/32')) + middleware(list('1.2.0.0/16'), 'wide')
    const { proxies, said } = read(ofText(clusterIP + gateway + lists + text))
    expect(proxies.app).toMatchObject({ sourceRanges })
    const { web } = (proxies.app?.routes ?? {}) as Record<string, Record<string, unknown>>
    expectMade(web, { controller: 'traefik' })
    expect(web?.rules).toEqual(rules)
    expect(said.join('\n')).toMatch(/its list is in sourceRanges; delete it once .*HTTPRoute web/)
  })

  it('and of a rule that was open beside it is said that it is held now', () => {
    const text = route(`{${admin}, filters: [${filter('ours')}], ${toApp80}}, {${toApp80}}`)
    const { said } = read(ofText(clusterIP + gateway + middleware(list('1.2.3.4/32')) + text))
    expect(said.join('\n')).toContain(
      "HTTPRoute web's spec.rules[1] was open to anyone; the chart holds it to sourceRanges, as it does Middleware ours",
    )
  })

  it('and nobody new gets in', async () => {
    const text = clusterIP + gateway + held(filter('ours')) + middleware(list('1.2.3.4/32'))
    const made = async (one: string) => {
      const { objects } = await render(load(ofText(one).values) as object)
      return [...objects, load(gateway.replace('---', ''))]
    }
    const before = text.split(/^---\n/m).map((one) => load(one))
    const [same, wider] = await Promise.all([
      made(text),
      made(text.replace('1.2.3.4/32', '1.2.3.4/32, 5.6.7.8')),
    ])
    expect(mayBeWider(before, same)).toBe(false)
    expect(mayBeWider(before, wider)).toBe(true)
  })

  it.each<[string, string]>([
    ['where it is not there', held(filter('ours'))],
    [
      'where it is of another namespace',
      held(filter('ours')) + middleware(list('1.2.3.4/32'), 'ours', 'edge'),
    ],
    [
      'where it is of another group',
      held(filter('ours', 'traefik.containo.us')) + middleware(list('1.2.3.4/32')),
    ],
    [
      'where it is of another kind',
      held(filter('ours', 'traefik.io', 'Other')) + middleware(list('1.2.3.4/32')),
    ],
    ['where it is a login', held(filter('ours')) + middleware('basicAuth: {secret: users}')],
    [
      'where one of several is a login',
      held(`${filter('ours')}, ${filter('login')}`) +
        middleware(list('1.2.3.4/32')) +
        middleware('basicAuth: {secret: users}', 'login'),
    ],
    [
      'where another than Traefik may serve it',
      held(filter('ours')).replace('{name: edge}', '{name: office}') + middleware(list('1.2.3.4/32')),
    ],
    [
      'where the route leads to two proxies',
      route(`{filters: [${filter('ours')}], backendRefs: [{name: app, port: 80}, {name: other, port: 80}]}`) +
        `---\n${service('ports: [{port: 80}]', 'name: other')}` +
        middleware(list('1.2.3.4/32')),
    ],
    [
      'where it is no HTTPRoute',
      held(filter('ours')).replace('HTTPRoute', 'GRPCRoute') + middleware(list('1.2.3.4/32')),
    ],
  ])('but the filters stay: %s', (_, text) => {
    const { proxies, said } = read(ofText(clusterIP + gateway + text))
    expect(proxies.app).not.toHaveProperty('sourceRanges')
    expect(JSON.stringify(proxies.app?.routes)).toContain('"name":"ours"')
    expect(said.join('\n')).not.toContain('its list is in sourceRanges')
  })
})

describe.concurrent('the hosts are closed', () => {
  it.each<[string, string]>([
    ['where it is not there', named(ours)],
    ['where one of several is not there', named(`${ours},login@file`) + middleware(list('1.2.3.4/32'))],
    [
      'where it believes a header',
      named(ours) + middleware('ipAllowList: {sourceRange: [1.2.3.4/32], ipStrategy: {depth: 1}}'),
    ],
    ['where it does more', named(ours) + middleware(`${list('1.2.3.4/32')}, basicAuth: {secret: users}`)],
    ['where it is a login', named(ours) + middleware('basicAuth: {secret: users}')],
    ['where its list is empty', named(ours) + middleware(list())],
    ['where its list is none', named(ours) + middleware('ipAllowList: {sourceRange: 1.2.3.4/32}')],
    [
      'where it is of another group',
      named(ours) + middleware(list('1.2.3.4/32'), 'ours', 'default', 'traefik.containo.us'),
    ],
    [
      'where two have its name',
      named('a-b-c@kubernetescrd') +
        middleware(list('1.2.3.4/32'), 'b-c', 'a') +
        middleware(list('1.2.3.4/32'), 'c', 'a-b'),
    ],
    [
      'where another annotation may hold somebody, too',
      `${named(`${ours}", traefik.ingress.kubernetes.io/router.new: "a`)}${middleware(list('1.2.3.4/32'))}`,
    ],
    [
      'where nobody says that Traefik serves it',
      named(ours).replace('Name: traefik', 'Name: office') + middleware(list('1.2.3.4/32')),
    ],
  ])('%s', (_, text) => {
    const { proxies, said } = read(ofText(clusterIP + text))
    expect(proxies.app?.ingress).toMatchObject({ enabled: false })
    expect(said.join('\n')).toMatch(/may keep somebody out/)
  })
})
