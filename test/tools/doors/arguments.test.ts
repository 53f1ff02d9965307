import { describe, expect, it } from 'vitest'
import { argumentsOf } from '../../../tools/doors/arguments.ts'
import { worldOf } from '../../../tools/doors/things.ts'
import { fc, ofSamples } from '../../fast-check.ts'
import { changes, type Fields, mayBeWider } from './changes.ts'
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

  it('in whatever form, is compared where it matters, and undoes a list where it is told to', () => {
    const open = [ingress({}, { ingressClassName: 'traefik' }), ...app2]
    const [proxied, middlewares] = ['entryPoints.web.proxyProtocol', 'entryPoints.web.http.middlewares']
    const settings: [string, string][] = [
      [`${proxied}.insecure`, 'true'],
      [`${proxied}.insecure`, 'false'],
      [`${proxied}.trustedIPs`, '10.0.0.0/8'],
      [`${proxied}.trustedIPs`, '10.0.0.0/8,0.0.0.0/0'],
      [middlewares, 'login@file'],
      [middlewares, 'other@file'],
      ['entryPoints.web.forwardedHeaders.insecure', 'true'],
      ['log.level', 'INFO'],
    ]
    const form = fc.constantFrom('one word', 'two words', 'variable')
    const telling = fc.record({ setting: fc.constantFrom(...settings), forms: fc.tuple(form, form) })
    const edit = fc.record({ telling, isFirst: fc.boolean(), isNew: fc.boolean() })
    fc.assert(
      // All is told before and now, in one form or another, but for one setting.
      fc.property(fc.array(telling, { maxLength: 3 }), edit, (same, { telling: other, isFirst, isNew }) => {
        const edited = isFirst ? [other, ...same] : [...same, other]
        const [before, now] = [isNew ? same : edited, isNew ? edited : same].map((all, index) => {
          const told = all.map(({ setting: [flag, value], forms }) => ({ flag, value, form: forms[index] }))
          const words = told.filter(({ form }) => form !== 'variable')
          const variables = told.filter(({ form }) => form === 'variable')
          const matters = [...words, ...variables].filter(
            ({ flag, value }) => flag !== 'log.level' && value !== 'false',
          )
          return {
            controller: workload({
              args: words.flatMap(({ flag, value, form }) =>
                form === 'one word' ? [`--${flag}=${value}`] : [`--${flag}`, value],
              ),
              env: variables.map(({ flag, value }) => ({
                name: `TRAEFIK_${flag.toUpperCase().replaceAll('.', '_')}`,
                value,
              })),
            }),
            isUndone: matters.some(
              ({ flag, value }) =>
                (flag.endsWith('insecure') && flag.startsWith(proxied)) || value.includes('0.0.0.0/0'),
            ),
            isKept: matters.some(({ flag }) => flag === middlewares),
            says: settings.map(([flag]) =>
              matters.filter((one) => one.flag === flag).map(({ value }) => value),
            ),
          }
        })
        if (!before || !now) throw new Error('no samples')
        const isOther = JSON.stringify(before.says) !== JSON.stringify(now.says)
        const { who } = theDoor('Ingress', [...ofTraefik, now.controller])
        expect(who).toEqual(now.isUndone ? anyone : app1)
        expect(mayBeWider([...ofTraefik, before.controller], [...ofTraefik, now.controller])).toBe(isOther)
        // Nobody who was let in anyway is judged.
        expect(mayBeWider([...open, before.controller], [...open, now.controller])).toBe(
          isOther && before.isKept,
        )
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
