import { describe, expect, it } from 'vitest'
import type { Options } from '../../../tools/doors/door.ts'
import { anyone, app1, app2, codes, custom, ingress, service, slice, theDoor } from './objects.ts'

const list = { 'nginx.ingress.kubernetes.io/whitelist-source-range': '1.2.3.4/32' }
const door = (annotations: object, spec: object = {}, options: Options = {}, more: object[] = []) =>
  theDoor('Ingress', [ingress({ ...annotations }, { ...spec }), ...app2, ...more], options)
const ingressClass = (controller: string) =>
  custom('networking.k8s.io/v1', 'IngressClass', 'edge', { controller })

describe('where it is, and what it leads to', () => {
  it('its host and path, and the addresses themselves', () => {
    const { where, to, service: through } = door(list)
    expect(where).toEqual({ protocol: 'http', host: 'a.example.com', path: '/' })
    expect([to, through]).toEqual([['2.3.4.5:8080'], 'default/app'])
  })

  it('https where a certificate covers the host', () => {
    expect(door(list, { tls: [{ hosts: ['a.example.com'] }] }).where.protocol).toBe('https')
  })

  it('any host by a default backend', () => {
    const spec = { rules: [], defaultBackend: { service: { name: 'app', port: { name: 'http' } } } }
    expect(door({}, spec)).toMatchObject({
      where: { protocol: 'http', path: '/' },
      who: anyone,
      to: ['2.3.4.5:8080'],
    })
  })

  it('a Service that is not here may lead to App2; in a cluster it leads nowhere', () => {
    const alone = [ingress(list)]
    expect(theDoor('Ingress', alone).to).toEqual(['Service default/app'])
    expect(() => theDoor('Ingress', alone, { live: true })).toThrow('but: ')
  })

  it('a resource of another kind may be App2', () => {
    const resource = { apiGroup: 'example.com', kind: 'Bucket', name: 'a' }
    expect(door({}, { rules: [], defaultBackend: { resource } })).toMatchObject({
      service: 'Bucket default/a',
      who: anyone,
    })
  })

  it('one of the old group leads there too', () => {
    const old = { ...ingress({}, { rules: [], defaultBackend: { serviceName: 'app', servicePort: 80 } }) }
    expect(theDoor('Ingress', [{ ...old, apiVersion: 'extensions/v1beta1' }, ...app2]).to).toEqual([
      '2.3.4.5:8080',
    ])
  })

  it('a controller may dial a port of another name, and a host name', () => {
    const other = slice(['app2.example.com'], {}, { ports: [{ name: 'web', port: 8080 }] })
    expect(theDoor('Ingress', [ingress(list), service(), other]).to).toEqual(['app2.example.com:8080'])
  })

  it('an ExternalName is dialled by the controller', () => {
    const objects = [ingress(list), service({ type: 'ExternalName', externalName: 'app2.example.com' })]
    expect(theDoor('Ingress', objects).to).toEqual(['app2.example.com:80'])
  })

  it('drained addresses may be dialled where there are no others', () => {
    const drained = slice(['2.3.4.5'], { conditions: { ready: false } })
    const { to, conditions } = theDoor('Ingress', [ingress(list), service(), drained])
    expect(to).toEqual(['2.3.4.5:8080'])
    expect(conditions[0]).toContain('drained')
  })
})

describe('who serves its class', () => {
  it.each<[string, object, Options, object[]]>([
    ['its name, by convention', {}, {}, []],
    ['the options', { ingressClassName: 'edge' }, { controllers: { edge: 'nginx' } }, []],
    ['an IngressClass', { ingressClassName: 'edge' }, {}, [ingressClass('k8s.io/ingress-nginx')]],
  ])('%s says: it is held', (_, spec, options, more) => {
    expect(door(list, spec, options, more)).toMatchObject({ who: app1, sure: 'read' })
  })

  it.each<[string, object, Options, object[]]>([
    ['nobody', { ingressClassName: 'edge' }, {}, []],
    ['it has none', { ingressClassName: undefined }, {}, []],
    [
      'an IngressClass of another',
      { ingressClassName: 'edge' },
      {},
      [ingressClass('nginx.org/ingress-controller')],
    ],
    [
      'an IngressClass whose controller begins alike',
      { ingressClassName: 'edge' },
      {},
      [ingressClass('k8s.io/ingress-nginx-of-ours')],
    ],
    ['a controller that has no list', { ingressClassName: 'contour' }, {}, []],
    ['the options, that it holds nothing', {}, { controllers: { nginx: 'none' } }, []],
  ])('%s says: it is open', (_, spec, options, more) => {
    expect(door(list, spec, options, more)).toMatchObject({ who: anyone, heldBy: [] })
  })

  it('two classes that differ: it is open', () => {
    expect(door({ ...list, 'kubernetes.io/ingress.class': 'other' }).who).toEqual(anyone)
  })

  it('the condition is said', () => {
    expect(door(list).conditions[0]).toBe("class nginx is served by ingress-nginx (not NGINX Inc.'s)")
  })
})

describe('ranges that contain the nodes', () => {
  it('are a condition where nobody says which nodes there are', () => {
    expect(door(list).conditions.at(-1)).toContain("no node's address is in the ranges")
  })

  it('let in whoever looks like a node', () => {
    const { who, reasons } = door(list, {}, { nodes: ['1.2.3.0/24'] })
    expect(who).toEqual(anyone)
    expect(reasons[0]).toContain('1.2.3.4/32 of the nodes and their pods are in the ranges')
  })

  it('are no matter where the nodes are elsewhere', () => {
    const { who, conditions } = door(list, {}, { nodes: ['10.0.0.7'] })
    expect([who, conditions.filter((one) => one.includes('node'))]).toEqual([app1, []])
  })
})

it('two Ingresses of one name: either may be installed', () => {
  const objects = [ingress(list), ingress({}), ...app2]
  expect(theDoor('Ingress', objects).who).toEqual(anyone)
  expect(codes(objects)).toEqual(['identity-twice'])
})
