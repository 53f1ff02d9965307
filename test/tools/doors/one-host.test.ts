import { describe, expect, it } from 'vitest'
import { type Fields, prefixed, said } from './changes.ts'
import { app2, ingress } from './objects.ts'

describe('annotations of an Ingress that do nothing alone', () => {
  const on = (path: string, annotations: Fields, spec: Fields = {}) => {
    const backend = { service: { name: 'app', port: { number: 80 } } }
    const rules = [{ host: 'a.example.com', http: { paths: [{ path, backend }] } }]
    return {
      ...ingress(annotations, { rules, ...spec }),
      metadata: { name: `at-${path.length}`, annotations },
    }
  }
  const nginx = (annotations: Record<string, string>) => prefixed('nginx.ingress.kubernetes.io/', annotations)
  const traefik = (annotations: Record<string, string>) =>
    prefixed('traefik.ingress.kubernetes.io/', annotations)
  const certificate = { 'auth-tls-secret': 'default/ca' }
  const tls = { tls: [{ hosts: ['a.example.com'], secretName: 'a' }] }
  const ofTraefik = { ingressClassName: 'traefik' }
  const login = traefik({ 'router.middlewares': 'login@file' })
  const list = nginx({ 'whitelist-source-range': '1.2.3.4' })

  it.each<[string, object[], object[]]>([
    [
      'ssl-redirect "false" lets plain text past a certificate',
      [on('/', nginx(certificate), tls)],
      [on('/', nginx({ ...certificate, 'ssl-redirect': 'false' }), tls)],
    ],
    ['so does no tls', [on('/', nginx(certificate), tls)], [on('/', nginx(certificate))]],
    [
      'and no force-ssl-redirect',
      [on('/', nginx({ ...certificate, 'force-ssl-redirect': 'true' }))],
      [on('/', nginx(certificate))],
    ],
    [
      'router.priority of the one beside',
      [on('/', {}, ofTraefik), on('/admin', login, ofTraefik)],
      [on('/', traefik({ 'router.priority': '1000' }), ofTraefik), on('/admin', login, ofTraefik)],
    ],
    [
      'router.pathmatcher',
      [on('/', {}, ofTraefik), on('/admin', login, ofTraefik)],
      [
        on('/', {}, ofTraefik),
        on('/admin', { ...login, ...traefik({ 'router.pathmatcher': 'Path' }) }, ofTraefik),
      ],
    ],
    [
      'use-regex',
      [on('/adm[i]n/.*', {}), on('/admin', nginx({ 'auth-url': 'https://login' }))],
      [
        on('/adm[i]n/.*', nginx({ 'use-regex': 'true' })),
        on('/admin', nginx({ 'auth-url': 'https://login' })),
      ],
    ],
    [
      'rewrite-target, beside a list',
      [on('/adm[i]n/.*', {}), on('/admin', list)],
      [on('/adm[i]n/.*', nginx({ 'rewrite-target': '/x' })), on('/admin', list)],
    ],
  ])('%s', (_, before, now) => {
    expect(said([...before, ...app2], [...now, ...app2])).not.toEqual([])
    expect(said([...now, ...app2], [...now, ...app2])).toEqual([])
  })

  it('nor where nothing is held', () => {
    const open = [on('/', {}), on('/admin', {}), ...app2]
    const keys = { 'use-regex': 'true', 'ssl-redirect': 'false', 'force-ssl-redirect': 'true' }
    const other = [on('/', nginx(keys), tls), on('/admin', nginx({ 'rewrite-target': '/x' })), ...app2]
    expect(said(open, other)).toEqual([])
    expect(said(other, open)).toEqual([])
  })
})
