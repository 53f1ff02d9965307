import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { mayBeWider } from '../doors/changes.ts'
import { clusterIP, expectMade, ingress, ofText, read } from './manifests.ts'

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
    expect(said.join('\n')).toMatch(/left out Middleware (ours|app): its list is in sourceRanges; delete it/)
    expect(said.join('\n')).not.toContain('may keep somebody out')
  })

  it('and nobody new gets in', async () => {
    const text = clusterIP + named(ours) + middleware(list('1.2.3.4/32'))
    const { objects } = await render(load(ofText(text).values) as object)
    const before = text.split(/^---\n/m).map((one) => load(one))
    expect(mayBeWider(before, objects)).toBe(false)
    const narrower = text.replace('1.2.3.4/32', '1.2.3.4/32, 5.6.7.8')
    expect(mayBeWider(before, (await render(load(ofText(narrower).values) as object)).objects)).toBe(true)
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
