import { describe, expect, it } from 'vitest'
import { argumentsOf } from '../../../tools/doors/arguments.ts'
import { worldOf } from '../../../tools/doors/things.ts'
import { fc, ofSamples } from '../../fast-check.ts'
import { changes, type Fields, mayBeWider, said } from './changes.ts'
import { anyone, app1, app2, custom, ingress, theDoor } from './objects.ts'

const workload = (container: Fields, kind = 'Deployment', name = 'traefik') =>
  custom('apps/v1', kind, name, { template: { spec: { containers: [container] } } }, { namespace: 'edge' })
const told = (...args: string[]) => workload({ args })
const read = (container: Fields) =>
  worldOf([workload(container)], {})
    .things.flatMap(argumentsOf)
    .map(({ flag, value }) => `${flag}=${value}`)

describe('what a controller is told', () => {
  it.each<[string, Fields, string[]]>([
    ['by arguments', { args: ['--a=1', '-b=2=3'] }, ['a=1', 'b=2=3']],
    ['by its command', { command: ['/traefik', '--a=1'], args: ['serve', '--b'] }, ['a=1', 'b=true']],
    ['with the value behind it', { args: ['--a', '1', '--b', '--c'] }, ['a=1', 'b=true', 'c=true']],
    [
      'in whatever letters',
      { args: ['--entryPoints.web.proxyProtocol'] },
      ['entrypoints.web.proxyprotocol=true'],
    ],
    [
      "by Traefik's variables",
      {
        env: [
          { name: 'TRAEFIK_A_B', value: '1' },
          { name: 'OTHER', value: '2' },
        ],
      },
      ['a.b=1'],
    ],
    [
      'with the variables that Kubernetes fills in',
      {
        args: ['--a=$(NS)/$(X)', '--b=$$(NS)$(LATER)', '--c=$(POD)$(UNKNOWN)'],
        env: [
          { name: 'NS', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
          { name: 'X', value: 'x' },
          { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'LATER', value: '1' },
          { name: 'LATER', value: '2' },
          { name: 'UNKNOWN', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        ],
      },
      ['a=edge/x', 'b=$(NS)2', 'c=$(UNKNOWN)'],
    ],
    ['what is turned off', { args: ['--a=false'] }, ['a=false']],
    ['and not what is off anyway', { args: ['--enable-ssl-passthrough=false'] }, []],
    ['variables of Kong', { env: [{ name: 'KONG_TRUSTED_IPS', value: '::/0' }] }, ['kong_trusted_ips=::/0']],
    ['and nothing of another form', { args: [1, 'x', '--', '='], command: 'y', env: [{}] }, []],
  ])('%s', (_, container, expected) => expect(read(container)).toEqual(expected))

  const list = custom('traefik.io/v1alpha1', 'Middleware', 'ours', {
    ipAllowList: { sourceRange: ['1.2.3.4/32'] },
  })
  const named = { 'traefik.ingress.kubernetes.io/router.middlewares': 'default-ours@kubernetescrd' }
  const ofTraefik = [ingress(named, { ingressClassName: 'traefik' }), list, ...app2]
  const ofNginx = [ingress({ 'nginx.ingress.kubernetes.io/allowlist-source-range': '1.2.3.4/32' }), ...app2]

  it.each<[string, object[], object]>([
    ["PROXY protocol of anyone's", ofTraefik, told('--entryPoints.web.proxyProtocol.insecure')],
    [
      'the same by a variable',
      ofTraefik,
      workload({ env: [{ name: 'TRAEFIK_ENTRYPOINTS_WEB_PROXYPROTOCOL_INSECURE', value: 'true' }] }),
    ],
    ['from everywhere', ofTraefik, told('--entrypoints.web.proxyprotocol.trustedips=10.0.0.0/8,0.0.0.0/0')],
    ...[
      ['trustedips=0.0.0.0/0,10.0.0.0/8'],
      ['trustedIPs=0.0.0.0/1, 128.0.0.0/1'],
      ['trustedips=0.0.0.0/1', 'trustedips=128.0.0.0/1'],
      ['trustedips[0]=::/0'],
      ['trustedips=::ffff:0:0/96'],
      ['trustedips=2000::/3'],
      ['trustedips=$(TRUSTED)'],
    ].map((flags): [string, object[], object] => [
      flags.join(' '),
      ofTraefik,
      told(...flags.map((flag) => `--entrypoints.web.proxyprotocol.${flag}`)),
    ]),
    [
      'of a DaemonSet',
      ofTraefik,
      workload({ args: ['--entrypoints.x.proxyprotocol.insecure=true'] }, 'DaemonSet'),
    ],
    ['annotations of another name', ofNginx, told('--annotations-prefix=example.com')],
    ['the same, behind it', ofNginx, told('--annotations-prefix', 'example.com')],
  ])('undoes a list: %s', (_, objects, controller) => {
    expect(theDoor('Ingress', objects).who).toEqual(app1)
    expect(theDoor('Ingress', [...objects, controller])).toMatchObject({ who: anyone, sure: 'assumed' })
  })

  it.each<[string, object[], object]>([
    ['PROXY protocol of some', ofTraefik, told('--entrypoints.web.proxyprotocol.trustedips=10.0.0.0/8')],
    [
      'PROXY protocol of one’s own networks',
      ofTraefik,
      told('--entrypoints.web.proxyprotocol.trustedips=10.0.0.0/8,fc00::/7,192.0.2.7'),
    ],
    ['PROXY protocol of nobody', ofTraefik, told('--entrypoints.web.proxyprotocol.trustedips=')],
    ['what is off', ofTraefik, told('--entrypoints.web.proxyprotocol.insecure=false')],
    ["another's", ofNginx, told('--entrypoints.web.proxyprotocol.insecure')],
    ['the usual annotations', ofNginx, told('--annotations-prefix=nginx.ingress.kubernetes.io')],
    [
      'a Job',
      ofTraefik,
      { ...told('--entrypoints.web.proxyprotocol.insecure'), apiVersion: 'batch/v1', kind: 'Job' },
    ],
  ])('leaves a list: %s', (_, objects, controller) => {
    expect(theDoor('Ingress', [...objects, controller]).who).toEqual(app1)
  })

  it.each<[string, object, object]>([
    ['believed headers', told(), told('--entrypoints.web.forwardedHeaders.insecure')],
    ['no login for all', told('--entrypoints.web.http.middlewares=login@file'), told()],
    [
      'another one for all',
      told('--entrypoints.web.http.middlewares=login@file'),
      told('--entrypoints.web.http.middlewares=other@file'),
    ],
    ['paths as they come', told(), told('--entrypoints.web.http.sanitizePath=false')],
    [
      'whom Kong believes',
      workload({}, 'Deployment', 'kong'),
      workload({ env: [{ name: 'KONG_TRUSTED_IPS', value: '::/0' }] }, 'Deployment', 'kong'),
    ],
    ['in a file', config({}), config({ entryPoints: { web: { proxyProtocol: { insecure: true } } } })],
  ])('is to be looked at where it changed: %s', (_, before, now) => {
    expect(mayBeWider([...ofTraefik, before], [...ofTraefik, now])).toBe(true)
  })

  it('so is what a Middleware says that it names for all', () => {
    const login = (users: string) =>
      custom('traefik.io/v1alpha1', 'Middleware', 'login', { basicAuth: { secret: users } })
    const all = told('--entrypoints.web.http.middlewares=default-login@kubernetescrd')
    expect(mayBeWider([...ofTraefik, all, login('few')], [...ofTraefik, all, login('many')])).toBe(true)
  })

  it.each<[string, object, object]>([
    ['what it writes down', told('--log.level=INFO', '--ping'), told('--metrics.prometheus')],
    ['what is off', told(), told('--providers.file=false')],
    ['another order', told('--a=1', '--b=2'), told('--b=2', '--a=1')],
    [
      "another program's",
      workload({ args: ['--x'] }, 'Deployment', 'app'),
      workload({ args: ['--y'] }, 'Deployment', 'app'),
    ],
    [
      'a name of an object',
      told('--x=ours'),
      { ...told('--x=ours'), metadata: { name: 'traefik', namespace: 'other' } },
    ],
  ])('is no change: %s', (_, before, now) => {
    expect(changes([...ofTraefik, before], [...ofTraefik, now])).toEqual([])
  })

  it('changes nobody who was let in anyway, and nothing where it stays', () => {
    const open = [ingress({}, { ingressClassName: 'traefik' }), ...app2]
    const flags = fc.array(
      fc.constantFrom(
        '--entrypoints.web.address=:80',
        '--entrypoints.web.proxyprotocol.insecure',
        '--x',
        '--x=false',
      ),
    )
    fc.assert(
      fc.property(flags, flags, (one, other) => {
        expect(said([...open, told(...one)], [...open, told(...other)])).toEqual([])
        expect(changes([...ofTraefik, told(...one)], [...ofTraefik, told(...one)])).toEqual([])
      }),
      { numRuns: ofSamples(200) },
    )
  })
})

function config(content: object) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'traefik', namespace: 'edge' },
    data: { 'traefik.yml': JSON.stringify(content) },
  }
}
