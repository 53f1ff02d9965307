import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import schema from '../../../tools/doors/doors.schema.json' with { type: 'json' }
import { app, contour } from '../../values.ts'
import { ran } from './ran.ts'

const example = 'examples/app1-to-app2.yaml'
const original = 'test/tools/doors/fixtures/original.yaml'

const doors = (args: string[], input?: object) => ran(['doors', ...args], { input: JSON.stringify(input) })

const ways = ({ stdout }: { stdout: string }) =>
  JSON.parse(stdout).doors.map(({ way, who }: { way: string; who: object }) => [way, who])

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doors-'))
})
afterAll(() => rm(folder, { recursive: true }))
const file = async (name: string, content: object) => {
  const path = join(folder, name)
  await writeFile(path, JSON.stringify(content))
  return path
}

describe.concurrent('what is judged', () => {
  it('values, as Helm merges them with --set, --set-string and --set-json', async () => {
    const args = [
      '--set',
      'proxies.app.service.inCluster=true',
      '--set-string',
      'proxies.app.ports.http.appProtocol=http',
    ]
    const json = ['--set-json', 'proxies.app.sourceRanges=["5.6.7.8/32"]', '--format', 'json']
    const result = await doors([await file('a.yaml', app()), ...args, ...json])
    expect(ways(result)).toEqual([
      ['load balancer', { IPv4: ['5.6.7.8/32'], IPv6: [] }],
      ['node port', { IPv4: [], IPv6: [] }],
      ['ClusterIP', { IPv4: ['0.0.0.0/0'], IPv6: [] }],
    ])
  })

  it.each(['-', '/dev/stdin'])('values of standard input, %s', async (name) => {
    const result = await doors([name, '--format', 'json'], app(contour()))
    expect(ways(result).map(([way]: string[]) => way)).toContain('HTTPProxy')
  })

  it('manifests, also a list as kubectl prints it', async () => {
    const result = await doors(['--manifests', original, '--format', 'json'])
    expect(ways(result).map(([way]: string[]) => way)).toEqual([
      'load balancer',
      'node port',
      'ClusterIP',
      'Ingress',
    ])
    const empty = await doors(['--manifests', '-'], { apiVersion: 'v1', kind: 'List', items: [] })
    expect(empty.stdout).toBe('No door leads to anything outside of the cluster.')
  })
})

describe.concurrent('against what was', () => {
  it('who had got in at drained addresses is there no longer, and is new where one is taken back', async () => {
    const of = (ready: boolean) => file(`${ready}.yaml`, app({ addresses: [{ ip: '2.3.4.5', ready }] }))
    const [ready, drained] = [await of(true), await of(false)]
    const changes = async (...args: string[]) =>
      JSON.parse((await doors([...args, '--format', 'json'])).stdout).changes
    expect(
      await Promise.all([
        changes(drained, '--against', ready),
        changes(ready, '--against', drained),
        changes(drained, '--against', drained),
      ]),
    ).toMatchObject([
      [{ narrower: { IPv4: ['1.2.3.4/32'] }, to: { new: [], gone: ['2.3.4.5:8080'] } }],
      [{ wider: { IPv4: ['1.2.3.4/32'] }, to: { new: ['2.3.4.5:8080'], gone: [] } }],
      [],
    ])
  })

  it('1 when a door got wider, 0 when none did', async () => {
    const [old, wide] = await Promise.all([
      file('old.yaml', app()),
      file('wide.yaml', app({ sourceRanges: ['1.2.3.0/24'] })),
    ])
    const wider = await doors([wide, '--against', old])
    expect([wider.exitCode, wider.stdout.split('\n').at(-1)]).toEqual([1, '1 door got wider.'])
    const narrower = await doors([old, '--against', wide])
    expect([narrower.exitCode, narrower.stdout.split('\n').at(-1)]).toEqual([0, 'No door got wider.'])
  })

  it('manifests: values in the place of what blogs print close three doors', async () => {
    const { exitCode, stdout } = await doors([example, '--against', original, '--format', 'json'])
    const narrower = JSON.parse(stdout).changes.filter(
      ({ narrower: who }: { narrower: { IPv4: string[] } }) => who.IPv4.length > 0,
    )
    expect(narrower.map(({ door }: { door: { way: string } }) => door.way)).toEqual([
      'node port',
      'ClusterIP',
      'Ingress',
    ])
    expect(exitCode).toBe(1) // The HTTPProxy is new, and lets in App1.
  })

  it('a git revision of the file: one that was not there had no doors', async () => {
    const git = (...args: string[]) =>
      execa('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder })
    await git('init', '--quiet')
    await git('commit', '--quiet', '--allow-empty', '--message=empty')
    const path = await file('values.yaml', app())
    await git('add', 'values.yaml')
    await git('commit', '--quiet', '--message=first')
    await file('values.yaml', app({ sourceRanges: ['1.2.3.4/32', '5.6.7.8/32'] }))
    const changed = async (revision: string) => {
      const { stdout } = await doors([path, '--against', revision, '--format', 'json'])
      return JSON.parse(stdout).changes.map(({ wider }: { wider: { IPv4: string[] } }) => wider.IPv4)
    }
    expect(await Promise.all(['HEAD', 'HEAD~1', `HEAD:${path}`].map(changed))).toEqual([
      [['5.6.7.8/32']],
      [['1.2.3.4/32', '5.6.7.8/32']],
      [['5.6.7.8/32']],
    ])
  })
})

describe.concurrent('2, with the reason, where it can not judge', () => {
  it.each<[string, string[], RegExp]>([
    ['no file', [], /name a values file/],
    ['a file that is not there', ['no-such-file.yaml'], /no such file/],
    ['an option that is not there', [example, '--no-such-option'], /unknown option/],
    ['a format that is not there', [example, '--format', 'xml'], /Allowed choices/],
    [
      'a preset that is not there',
      [example, '--controller', 'edge=apache'],
      /--controller edge=apache: write CLASS=PRESET/,
    ],
    [
      'neither a file nor a revision',
      [example, '--against', 'no-such-revision'],
      /neither a file nor a git revision/,
    ],
    [
      'a file that a revision lacks',
      [example, '--against', 'HEAD:no-such.yaml'],
      /that revision has no such file/,
    ],
    ['values for manifests', ['--manifests', example], /no Kubernetes object/],
    [
      'values beside manifests',
      ['--manifests', original, example],
      /app1-to-app2.yaml: no Kubernetes object/,
    ],
    [
      'values that the chart refuses',
      [example, '--set', 'proxies.myapp-proxy.sourceRanges=null'],
      /sourceRanges/,
    ],
  ])('%s', async (_, args, message) => {
    const { exitCode, stderr } = await doors(args)
    expect(stderr).toMatch(message)
    expect(exitCode).toBe(2)
  })
})

it.concurrent('a file that is not YAML is said by its name', async () => {
  const path = join(folder, 'broken.yaml')
  await writeFile(path, 'a: [\n')
  const { exitCode, stderr } = await doors([example, '--against', path])
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`${path}: `)])
})

describe.concurrent('what is neither objects nor values is said, whether it is new or old', () => {
  it.each<[string, string, RegExp]>([
    ['a page', '# How\n\n```yaml\nkind: Service\n```\n', /: line 3: it is no YAML: .*give the YAML alone$/],
    ['what is for a shell', 'kubectl get pods\n', /neither Kubernetes objects nor values are there: .*shell/],
    [
      'what is for a shell, with YAML',
      'kubectl apply -f - <<EOF\nkind: Service\nEOF\n',
      /it is no YAML: .*for a shell/,
    ],
    [
      "another chart's values",
      'image: {tag: a}\nreplicaCount: 2\n',
      /nor values of this chart, which begin with proxies: it has image, replicaCount, as another chart's may$/,
    ],
    ['values of a name that is nearly right', 'proxie: {}\n', /did you mean proxies/],
    ['those of an umbrella chart', 'partners: {proxies: {}}\n', /umbrella/],
  ])('%s', async (name, content, message) => {
    const path = join(folder, `${name.replaceAll(/\W/g, '')}.yaml`)
    await writeFile(path, content)
    for (const args of [[path], [example, '--against', path]]) {
      const { exitCode, stderr } = await doors(args)
      expect(stderr).toMatch(message)
      expect(stderr).toContain(path)
      expect(exitCode).toBe(2)
    }
  })
})

it.concurrent('who serves a class can be said', async () => {
  const ingress = { className: 'edge', controller: 'nginx' as const, hosts: ['a.example.com'] }
  const path = await file('class.yaml', app({ ingress }))
  const held = async (...args: string[]) =>
    ways(await doors([path, '--format', 'json', ...args])).find(([way]: string[]) => way === 'Ingress')[1]
      .IPv4
  const nginx = ['--controller', 'edge=nginx']
  expect(await Promise.all([held(), held(...nginx), held(...nginx, '--node', '1.2.0.0/16')])).toEqual([
    ['0.0.0.0/0'],
    ['1.2.3.4/32'],
    ['0.0.0.0/0'],
  ])
})

describe.concurrent('the JSON form', () => {
  const validate = new Ajv({ allErrors: true }).compile(schema)
  it.each([
    [[example]],
    [['examples/gateway-api.yaml']],
    [['examples/dual-stack.yaml', '--against', example]],
    [['--manifests', original, '--against', example]],
  ])('of %j is as its schema says', async (args) => {
    const { stdout } = await doors([...args, '--format', 'json'])
    validate(JSON.parse(stdout))
    expect(validate.errors ?? []).toEqual([])
  })
})

describe('a cluster', () => {
  /** Stands for kubectl: a cluster that has these objects. */
  async function withCluster<T>(objects: readonly { kind?: string }[], act: () => Promise<T>): Promise<T> {
    const kinds = { services: 'Service', 'endpointslices.discovery.k8s.io': 'EndpointSlice', nodes: 'Node' }
    for (const [resource, kind] of Object.entries(kinds))
      await file(`${resource}.json`, { items: objects.filter((object) => object.kind === kind) })
    const kubectl = join(folder, 'kubectl')
    const listed = `if [ "$1" = api-resources ]; then printf '${Object.keys(kinds).join('\\n')}'`
    await writeFile(kubectl, `#!/bin/sh\n${listed}; else cat '${folder}'/"$2".json; fi\n`, { mode: 0o755 })
    vi.stubEnv('KUBECTL', kubectl)
    try {
      return await act()
    } finally {
      vi.unstubAllEnvs()
    }
  }
  const installed = async (change: object = {}) =>
    (await render(app())).objects.map((object) =>
      object.kind === 'Service' ? { ...object, spec: { ...object.spec, ...change } } : object,
    )

  it('is judged as it is', async () => {
    const result = await withCluster(await installed(), () => doors(['--live', '--format', 'json']))
    expect(ways(result)).toContainEqual(['load balancer', { IPv4: ['1.2.3.4/32'], IPv6: [] }])
  })

  it('beside files: 0 where it is as they say, 1 where a door is wider', async () => {
    const path = await file('live.yaml', app())
    const same = await withCluster(await installed(), () => doors(['--live', path]))
    expect([same.exitCode, same.stdout]).toEqual([
      0,
      expect.stringContaining('No door got wider or narrower'),
    ])
    const wider = await withCluster(await installed({ loadBalancerSourceRanges: ['1.2.3.0/24'] }), () =>
      doors(['--live', path]),
    )
    expect([wider.exitCode, wider.stdout.split('\n').at(-1)]).toEqual([1, '1 door got wider.'])
  })

  it('that can not be reached: 2, with what kubectl says', async () => {
    vi.stubEnv('KUBECTL', '/bin/false')
    const { exitCode, stderr } = await doors(['--live'])
    vi.unstubAllEnvs()
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('api-resources')])
  })
})
