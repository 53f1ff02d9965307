import { describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import { render } from '../../../tools/chart/render.ts'
import { isWider } from '../../../tools/doors/requests.ts'
import { fc, ofSamples } from '../../fast-check.ts'
import { app, contour } from '../../values.ts'
import { changes, type Fields, mayBeWider, said } from './changes.ts'
import { app2, custom, ingress, nobody, service, slice } from './objects.ts'

import { restrained } from './restrained.ts'

function without(objects: readonly Fields[], path: readonly (string | number)[]): Fields[] {
  const copy = structuredClone(objects) as Fields[]
  const [last = '', ...above] = [...path].reverse()
  const parent = above
    .reverse()
    .reduce<unknown>((found, key) => (found as Record<string | number, unknown>)[key], copy)
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else delete (parent as Record<string | number, unknown>)[last]
  return copy
}

const has = (objects: readonly Fields[], path: readonly (string | number)[]) =>
  path.reduce<unknown>(
    (found, key) => (found as Record<string | number, unknown> | undefined)?.[key],
    objects,
  ) !== undefined

/** The same in another order, that of keys and of objects; not of a list's items, of which the first may win. */
function shuffled(value: unknown, next: () => number, isTop = true): unknown {
  const mixed = <T>(those: T[]) =>
    those
      .map((one) => [next(), one] as const)
      .sort(([one], [other]) => one - other)
      .map(([, one]) => one)
  if (Array.isArray(value)) {
    const all = value.map((one) => shuffled(one, next, false))
    return isTop ? mixed(all) : all
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    mixed(Object.entries(value)).map(([key, one]) => [key, shuffled(one, next, false)]),
  )
}

/** Objects of which those of a kind and name have another, as do those who name them. */
function renamed(objects: readonly Fields[], kind: string, name: string): Fields[] {
  const all = objects.map((one) =>
    one.kind === kind && (one.metadata as { name: string }).name === name
      ? { ...one, metadata: { ...(one.metadata as Fields), name: `new-${name}` } }
      : one,
  )
  if (['Ingress', 'HTTPProxy'].includes(kind)) return all
  const word = new RegExp(`"((?:default[-/])?)${name}((?:@kubernetescrd)?)([",])(?!:)`, 'g')
  return all.map((one) => {
    const { apiVersion, kind: its, metadata, ...rest } = one
    const { annotations, ...others } = metadata as Fields
    const text = JSON.stringify({ annotations, rest }).replaceAll(word, `"$1new-${name}$2$3`)
    const made = JSON.parse(text) as { annotations?: Fields; rest: Fields }
    return { apiVersion, kind: its, metadata: { ...others, annotations: made.annotations }, ...made.rest }
  })
}

const withNotes = ({ annotations, labels, ...metadata }: Fields) => ({
  ...metadata,
  labels: { ...(labels as Fields), 'app.kubernetes.io/part-of': 'edge', team: 'a' },
  annotations: { ...(annotations as Fields), description: 'App2', 'meta.helm.sh/release-name': 'a' },
})

describe.each(Object.entries(restrained))('%s', (_, { objects, means, isUnsure }) => {
  it('any means that is taken away is missed', () => {
    for (const path of means) {
      const less = without(objects, path)
      expect(less).not.toEqual(objects)
      expect([path.join('.'), mayBeWider(objects, less)]).toEqual([path.join('.'), true])
    }
  })

  it('another order is no change', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const next = () => numbers.next().value ?? 0
        expect(changes(objects, shuffled(objects, next) as Fields[])).toEqual([])
      }),
      { numRuns: ofSamples(20) },
    )
  })

  it('nor is what describes, or has another name', () => {
    const named = objects.map(({ kind, metadata }) => [kind, (metadata as { name: string }).name] as const)
    for (const [kind, name] of named.filter((one) => !['Service', 'EndpointSlice'].includes(`${one[0]}`))) {
      // Of a door's own name a new one is another.
      // What an annotation names may be no object, and what a Secret holds need not be here.
      if (['IngressRoute', 'IngressRouteTCP', 'Gateway', 'KongPlugin', 'Secret'].includes(`${kind}`)) continue
      expect([kind, changes(objects, renamed(objects, `${kind}`, name)).filter(isWider)]).toEqual([kind, []])
    }
    const described = objects.map((one) => ({ ...one, metadata: withNotes(one.metadata as Fields) }))
    expect(changes(objects, described).filter(isWider)).toEqual([])
    expect(changes(described, objects).filter(isWider)).toEqual([])
  })

  it.skipIf(isUnsure)('a means that is added opens nothing', () => {
    const none = means.reduceRight<Fields[]>(
      (left, path) => (has(left, path) ? without(left, path) : left),
      objects,
    )
    expect(said(none, objects)).toEqual([])
    // Beside others of its kind it is to be looked at, but no door is said to have got wider.
    for (const path of means)
      for (const { wider } of changes(without(objects, path), objects))
        expect([path, wider]).toEqual([path, nobody])
  })
})

describe.concurrent('what the chart makes', () => {
  const nginx: ProxyValues = {
    ingress: { controller: 'nginx', className: 'nginx', hosts: ['a.example.com'] },
  }
  const envoyGateway: ProxyValues = {
    routes: {
      web: { controller: 'envoy-gateway', parentRefs: [{ name: 'edge' }], hostnames: ['a.example.com'] },
    },
  }

  it('in place of what somebody wrote, without what had kept people out there, is wider', async () => {
    const byHand = [
      service(
        { loadBalancerSourceRanges: [] },
        { annotations: { 'networking.gke.io/load-balancer-type': 'Internal' } },
      ),
      slice(['2.3.4.5']),
      ingress({
        'nginx.ingress.kubernetes.io/auth-url': 'https://login.example.com',
        'nginx.ingress.kubernetes.io/proxy-body-size': '8m',
      }),
    ]
    const { objects } = await render(app({ ...nginx, sourceRanges: ['0.0.0.0/0'] }))
    expect(said(byHand, objects)).toEqual([
      'networking.gke.io/load-balancer-type of Service default/app',
      'nginx.ingress.kubernetes.io/auth-url of Ingress default/app',
    ])
  })

  it.each<[string, ProxyValues]>([
    ['a load balancer', {}],
    ['contour', contour()],
    ['nginx', nginx],
    ['envoy-gateway', envoyGateway],
  ])('holds by the list alone, so another list is no other restraint: %s', async (_, fields) => {
    const [before, now] = await Promise.all(
      ['1.2.3.0/24', '1.2.3.4/32'].map((range) => render(app({ ...fields, sourceRanges: [range] }))),
    )
    expect(said(before?.objects ?? [], now?.objects ?? [])).toEqual([])
    expect(said(now?.objects ?? [], before?.objects ?? [])).toEqual([])
    expect(mayBeWider(now?.objects ?? [], before?.objects ?? [])).toBe(true)
  })
})

describe('what is said', () => {
  const key = (name: string) => `nginx.ingress.kubernetes.io/${name}`
  const open = (annotations: object) => [ingress({ ...annotations }), ...app2]
  const login = { [key('auth-url')]: 'https://login.example.com' }

  it('of one that is gone: whoever gets in may be new', () => {
    expect(changes(open(login), open({}))).toMatchObject([
      {
        wider: { IPv4: ['0.0.0.0/0'], IPv6: ['::/0'] },
        restraints: { gone: [`${key('auth-url')} of Ingress default/app`], changed: [], new: [] },
      },
    ])
  })

  it('of one that says something else: look', () => {
    const [change] = changes(open(login), open({ [key('auth-url')]: 'https://example.com' }))
    expect(change).toMatchObject({
      wider: nobody,
      restraints: { gone: [], changed: [`${key('auth-url')} of Ingress default/app`], new: [] },
    })
  })

  it('of one that may undo another: look', () => {
    const satisfied = open({ ...login, [key('satisfy')]: 'any' })
    expect(said(open(login), satisfied)).toEqual([`${key('satisfy')} of Ingress default/app`])
    expect(said(open({}), open({ [key('satisfy')]: 'any' }))).toEqual([])
  })

  it('of a door that nobody gets through any more: nothing', () => {
    const drained = [ingress(), app2[0] ?? {}, slice([])]
    expect(changes(open(login), drained).filter(isWider)).toEqual([])
  })

  it('of a list that is in force and stays so: whom it lets in', () => {
    const list = (ranges: string) => open({ [key('whitelist-source-range')]: ranges })
    expect(said(list('1.2.3.0/24'), list('1.2.3.4/32'))).toEqual([])
    expect(said(list('1.2.3.0/24'), open({}))).toEqual([])
    expect(mayBeWider(list('1.2.3.0/24'), open({}))).toBe(true)
  })

  it('of two lists, of which either may be in force: nothing, to whom both let in', () => {
    const two = open({
      [key('allowlist-source-range')]: '1.2.3.0/24',
      [key('whitelist-source-range')]: '1.2.0.0/16',
    })
    const one = (range: string) => open({ [key('whitelist-source-range')]: range })
    expect(mayBeWider(two, one('1.2.3.4'))).toBe(false)
    expect(said(two, one('1.2.4.0/24'))).toEqual([`${key('allowlist-source-range')} of Ingress default/app`])
    expect(
      mayBeWider(
        open({ [key('allowlist-source-range')]: 'office', [key('whitelist-source-range')]: '1.2.3.4' }),
        one('1.2.3.4'),
      ),
    ).toBe(true)
  })

  it('of a list that the judge cannot see in force: that it is gone', () => {
    const list = [
      ingress({ [key('whitelist-source-range')]: '1.2.3.4' }, { ingressClassName: 'office' }),
      ...app2,
    ]
    const none = [ingress({}, { ingressClassName: 'office' }), ...app2]
    expect(said(list, none)).toEqual([`${key('whitelist-source-range')} of Ingress default/app`])
  })
})

describe('what is not of a door', () => {
  const login = { 'nginx.ingress.kubernetes.io/auth-url': 'https://login.example.com' }
  const controller = service({ selector: { app: 'nginx' } }, { name: 'nginx', namespace: 'ingress' })
  const held = [ingress(login), ...app2, controller]
  const settings = (author: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'data', namespace: 'shop' },
    data: { author },
  })
  const namespace = (labels: Fields) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default', labels },
  })
  const networkPolicy = (where: string) =>
    custom('networking.k8s.io/v1', 'NetworkPolicy', 'p', { podSelector: {} }, { namespace: where })

  it.each<[string, object[], object[]]>([
    ['a setting of others', [...held, settings('bob')], [...held, settings('alice')]],
    ['a setting of others, gone', [...held, settings('bob')], held],
    [
      "a Namespace's label that no controller reads",
      [...held, namespace({})],
      [...held, namespace({ 'team.example.com/cost': '7' })],
    ],
    ['a NetworkPolicy of another namespace', [...held, networkPolicy('shop')], held],
    ['a new one there', held, [...held, networkPolicy('shop')]],
  ])('%s', (_, before, now) => {
    expect(changes(before, now).filter(isWider)).toEqual([])
  })

  it.each(['ingress', 'default'])("a NetworkPolicy of the way's own is: %s", (where) => {
    expect(mayBeWider([...held, networkPolicy(where)], held)).toBe(true)
  })
})
