import { expect } from 'vitest'
import { app, contour } from '../../values.ts'
import { cluster, installed } from '../cluster.ts'
import { app2, prepare } from '../presets/cases.ts'
import { answered, byContour, host, install, type Sights, unanswered } from './see.ts'
import { isInVain, isTaken, unchecked } from './unchecked.ts'

const anyone = ['0.0.0.0/0', '::/0']
/** Contour has judged the host, and found it wrong. */
const refusedByContour = () =>
  cluster.until('Contour says invalid', async () => {
    const query = ['get', 'httpproxy', 'app', '--output=jsonpath={.status.currentStatus}']
    return (await cluster.kubectl(query)) === 'invalid' || undefined
  })
/** App2 by TLS alone, its certificate from an authority that no machine trusts by itself. */
const byTls = { ports: { main: { port: 443, targetPort: app2.tls } } }
const trusted = { protocol: 'https', host: app2.name } as const

/** Host names, by an Ingress or an HTTPProxy, and how App2 is spoken to there. */
export const hosts: Sights = {
  'controller-open': {
    'the intruder gets in by an Ingress': async () => {
      await install({ ingress: { hosts: [host], className: 'contour' } })
      await answered('the intruder gets in', () => byContour('intruder'))
    },
  },
  'host-twice': {
    'Contour serves neither': async () => {
      const { proxies } = app(contour())
      await installed({ proxies }, { from: unchecked })
      await answered('App1 gets through', () => byContour('app1'))
      await installed({ proxies: { app: proxies.app, other: proxies.app } }, { from: unchecked })
      await unanswered(() => byContour('app1'))
    },
  },
  'class-annotation': {
    'the API server refuses another class beside that of an Ingress': async () => {
      const of = (annotation: string) =>
        app({
          sourceRanges: anyone,
          ingress: {
            hosts: [host],
            className: 'contour',
            annotations: { 'kubernetes.io/ingress.class': annotation },
          },
        })
      expect(await isTaken(of('contour'))).toBe(true)
      expect(await isTaken(of('other'))).toBe(false)
    },
    'of an HTTPProxy the annotation alone is heeded': async () => {
      const annotations = { 'kubernetes.io/ingress.class': 'other' }
      await install(contour({ className: 'contour' }))
      await answered('App1 gets through', () => byContour('app1'))
      await install(contour({ className: 'contour', annotations }))
      await unanswered(() => byContour('app1'))
    },
  },
  'ingress-path': {
    'the API server refuses it of an Ingress': async () => {
      const of = (path: string) =>
        app({ sourceRanges: anyone, ingress: { hosts: [host], paths: [{ path }] } })
      expect(await isTaken(of('/a/b'))).toBe(true)
      for (const path of ['/a//b', '/a/..', '/a%2Fb']) expect(await isTaken(of(path))).toBe(false)
    },
    'of an HTTPProxy it opens another path': async () => {
      await install(contour({ paths: [{ path: '/a//b' }] }))
      await answered('App1 gets through', () => byContour('app1', { path: '/a/b' }))
    },
  },
  'ingress-path-twice': {
    'the first matches already what the second would': async () => {
      await install(contour({ paths: [{ path: '/a' }] }))
      await answered('App1 gets through', () => byContour('app1', { path: '/a/' }))
    },
  },
  'ingress-port-unknown': {
    'nothing is served by UDP': async () => {
      const ports = { dns: { port: 53, targetPort: 8080, protocol: 'UDP' } } as const
      await install({ ports, ...contour({ port: 'dns' }) })
      await refusedByContour()
      await unanswered(() => byContour('app1'))
    },
  },
  'tls-certificate-required': {
    'without a certificate the host is not served at all': async () => {
      await install(contour({ tls: { enabled: true } }))
      await refusedByContour()
      await unanswered(() => byContour('app1'))
    },
  },
  'tls-host': {
    'the host is served in the clear': async () => {
      const names = [host, 'b.example.com']
      await install(contour({ hosts: names, tls: { certificates: [{ secretName: 'a', hosts: [host] }] } }))
      await answered('App1 gets through', () => byContour('app1', { name: 'b.example.com' }))
    },
  },
  'tls-host-unknown': {
    'no host shows the certificate': async () => {
      const certificates = [host, 'b.example.com'].map((name) => ({ secretName: name, hosts: [name] }))
      const values = app(contour({ tls: { certificates } }))
      expect(await isInVain(values, 'proxies.app.ingress.tls.certificates[1]')).toBe(true)
      expect(await isInVain(values, 'proxies.app.ingress.tls.certificates[0]')).toBe(false)
    },
  },
  'backend-tls-twice': {
    'Contour verifies all the same': async () => {
      await prepare()
      const tls = { caSecret: 'wrong-ca', insecureSkipVerify: true }
      const values = { ...byTls, ...contour(), backend: { ...trusted, tls } }
      expect(await isInVain(app(values), 'proxies.app.backend.tls.insecureSkipVerify')).toBe(true)
      await install({ ...values, backend: { ...trusted, tls: { insecureSkipVerify: true } } })
      await answered('App1 gets through', () => byContour('app1'))
      await install(values)
      await unanswered(() => byContour('app1'))
    },
  },
  'preset-lacks': {
    "Contour reads no CA of a ConfigMap: anyone's certificate is App2's": async () => {
      await prepare()
      await install({ ...byTls, ...contour(), backend: { ...trusted, tls: { caSecret: 'wrong-ca' } } })
      await unanswered(() => byContour('app1'))
      await install({ ...byTls, ...contour(), backend: { ...trusted, tls: { caConfigMap: 'wrong-ca' } } })
      await answered('it is not verified', () => byContour('app1'))
    },
    "nor the system's": async () => {
      await prepare()
      await install({ ...byTls, ...contour(), backend: trusted })
      await answered('it is not verified', () => byContour('app1'))
    },
    'an Ingress speaks no HTTP/2 to App2': async () => {
      await prepare()
      const backend = { protocol: 'h2c' } as const
      const fields = { sourceRanges: anyone, ports: { main: { port: 80, targetPort: app2.h2c } }, backend }
      await install({ ...fields, ...contour() })
      await answered('App1 gets through by an HTTPProxy', () => byContour('app1'))
      await install({ ...fields, ingress: { hosts: [host], className: 'contour' } })
      await unanswered(() => byContour('app1'))
    },
  },
}
