import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { execa } from 'execa'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { NotTried } from '../../tools/prove/plan.ts'
import schema from '../../tools/prove/prove.schema.json' with { type: 'json' }
import type { Row } from '../../tools/prove/rows.ts'

const tsx = ['--import', 'tsx']
/** In a sandbox of its own, beside the cluster that the other tests share. */
const prove = (...args: string[]) =>
  execa(
    process.execPath,
    [...tsx, 'test/e2e/fixtures/sandbox.ts', process.execPath, ...tsx, 'tools/cli.ts', 'prove', ...args],
    { reject: false },
  )
const fixture = (name: string) => join('test', 'e2e', 'fixtures', 'prove', name)

interface Result {
  rows: Row[]
  notTried: NotTried[]
}

describe('everything at once', () => {
  let result: Result = { rows: [], notTried: [] }
  let exitCode: number | undefined
  const of = (fields: Partial<Row>) =>
    result.rows.filter((row) =>
      Object.entries(fields).every(([key, value]) => row[key as keyof Row] === value),
    )

  beforeAll(async () => {
    const run = await prove(fixture('everything.yaml'), '--json', '--strict')
    if (!run.stdout) throw new Error(run.stderr)
    result = JSON.parse(run.stdout)
    exitCode = run.exitCode
  })

  it('goes as the values say', () => {
    expect(result.rows.filter(({ ok }) => !ok)).toEqual([])
  })

  it('is printed as the schema has it', () => {
    const validate = new Ajv({ strict: true }).compile(schema)
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true)
  })

  it('is tried from both ends of each range, from just outside, and as an intruder', () => {
    const from = (who: Row['who']) => [...new Set(of({ proxy: 'dns', who }).map((row) => row.from))]
    expect(from('App1')).toEqual([
      '1.2.3.1',
      '1.2.3.254',
      '2001:db8:1::1',
      '2001:db8:1:0:ffff:ffff:ffff:fffe',
    ])
    expect(from('just outside')).toHaveLength(4)
    expect(from('intruder')).toEqual(['203.0.113.66', '2001:db8:bad::66'])
  })

  it('by TCP and by UDP, by IPv4 and by IPv6', () => {
    const answered = of({ proxy: 'dns', door: 'load balancer', expected: 'App2 answers' }).map(({ at }) => at)
    for (const kind of [/^http:\/\/\d/, /^http:\/\/\[/, /^udp:\/\/\d/, /^udp:\/\/\[/]) {
      expect(answered.filter((at) => kind.test(at))).not.toHaveLength(0)
    }
  })

  it('each address gets its share, and a drained one nothing', () => {
    const [spread] = of({ proxy: 'dns', door: 'spread' })
    expect(spread?.seen).toMatch(/^2\.3\.4\.5 ×\d+, 2\.3\.4\.6 ×\d+$/)
  })

  it('with session affinity one address gets all', () => {
    expect(of({ proxy: 'web', door: 'spread' })).toEqual([
      expect.objectContaining({ seen: expect.stringMatching(/^2\.3\.4\.[58] ×21$/) }),
    ])
  })

  it('Endpoints lead to App2 as slices do', () => {
    expect(of({ proxy: 'legacy', door: 'load balancer', expected: 'App2 answers' })).not.toHaveLength(0)
  })

  it('the sandbox makes way for addresses in its own networks', () => {
    const [row] = of({ proxy: 'legacy', who: 'App1', door: 'load balancer' })
    expect(row?.from).toMatch(/^198\.18\./)
    expect(row?.at).not.toMatch(/198\.1[89]\./)
  })

  it('what could not be tried is said, and with --strict is a failure', () => {
    expect(result.notTried.map(({ proxy, what }) => `${proxy} ${what}`)).toEqual([
      'legacy port sctp',
      'name all',
    ])
    expect(exitCode).toBe(1)
  })
})

describe('every controller', () => {
  let result: Result = { rows: [], notTried: [] }
  let said = ''
  beforeAll(async () => {
    const run = await prove(fixture('controllers.yaml'), '--json')
    if (!run.stdout) throw new Error(run.stderr)
    result = JSON.parse(run.stdout)
    said = run.stderr
  })
  const open = (proxy: string) =>
    result.rows
      .filter((row) => row.proxy === proxy && row.expected === 'App2 answers')
      .map(({ at }) => at.replace(/ \(.*/, ''))

  it('goes as the values say', () => {
    expect(result.rows.filter(({ ok }) => !ok)).toEqual([])
    expect(said).not.toContain('FAILED')
  })

  it('routes lead from the listeners that take them, by HTTP, HTTPS, TCP and UDP', () => {
    expect(open('routes')).toEqual(
      expect.arrayContaining([
        'http://web.example.com:80/',
        'https://web.example.com:443/',
        expect.stringMatching(/^http:\/\/[\d.]+:80\/api$/),
      ]),
    )
    expect(open('anyone')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^udp:\/\/[\d.]+:53$/),
        expect.stringMatching(/^http:\/\/[\d.]+:9000\/$/),
        expect.stringMatching(/^http:\/\/\[[\da-f:]+\]:9000\/$/),
      ]),
    )
  })

  it('a wildcard and a plain host each show their own certificate', () => {
    expect(new Set(open('wildcard'))).toEqual(
      new Set(['https://any.wildcard.example.com/', 'https://plain.example.com/']),
    )
  })

  it("an Envoy's own ClusterIP, node ports and pod are tried, from outside, from a node and from a pod", () => {
    const own = result.rows.filter(({ door }) => door === 'controller')
    for (const proxy of ['routes', 'wildcard']) {
      const tried = own.filter((row) => row.proxy === proxy)
      for (const place of ['ClusterIP', 'node port', 'pod'])
        expect(tried.map(({ at }) => at)).toContainEqual(expect.stringContaining(`(${place} of `))
      expect(new Set(tried.map(({ who }) => who))).toEqual(new Set(['intruder', 'a node', 'a pod']))
      expect(tried.filter(({ notHeld }) => notHeld)).toEqual([])
    }
  })

  it('where the ranges hold the nodes, the intruder gets in by the ClusterIP, which is open and not held', () => {
    const open = result.rows.filter(({ proxy, notHeld }) => proxy === 'wide' && notHeld)
    const nodes = result.rows.filter(({ who }) => who === 'a node').map(({ from }) => from)
    expect(nodes.filter((address) => !/^(10\.64|fdc0)[.:]/.test(address))).toEqual([])
    expect(open).toContainEqual(
      expect.objectContaining({ who: 'intruder', at: expect.stringContaining('(ClusterIP of default/own') }),
    )
  })

  it('those that can not run here are said', () => {
    expect(result.notTried.map(({ proxy, what }) => `${proxy} ${what}`)).toEqual([
      'routes route mesh',
      'traefik host names',
    ])
  })
})

it('takes what helm install takes: several files, --set, a version of Helm; and captures what was refused', async () => {
  // Not among this sandbox's temporary files: the one that prove starts does not see them.
  const folder = await mkdtemp(join('.cache', 'captures-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const { stdout, stderr, exitCode } = await prove(
    fixture('base.yaml'),
    fixture('more.yaml'),
    '--set',
    'proxies.app.ports.http.targetPort=9090',
    '--helm-version',
    '3.17',
    '--only',
    'app',
    '--pcap',
    folder,
    '--json',
  )
  expect(exitCode, stderr).toBe(0)
  const { rows }: Result = JSON.parse(stdout)
  expect(new Set(rows.map(({ proxy }) => proxy))).toEqual(new Set(['app']))
  expect(rows.find(({ expected }) => expected === 'App2 answers')?.seen).toBe('2.3.4.7 port 9090 answered')
  expect(rows.find(({ door }) => door === 'ClusterIP')?.at).toContain('10.96.0.7')
  const captures = await readdir(folder)
  expect(captures.filter((name) => /load_balancer-intruder-.*-node[12]\.pcap$/.test(name))).toHaveLength(1)
  expect(captures.filter((name) => /load_balancer-App1/.test(name))).toEqual([])
})

it('an address is App1, App2 and an outsider at once; what only a platform opens is open, not held', async () => {
  const args = [fixture('both-ways.yaml'), '--set', 'platform=aws', '--strict', '--json']
  const { stdout, stderr, exitCode } = await prove(...args)
  const { rows, why }: Result & { why: string[] } = JSON.parse(stdout)
  expect(rows.filter(({ ok }) => !ok)).toEqual([])
  const seen = (proxy: string) => rows.find((row) => row.proxy === proxy && row.expected === 'App2 answers')
  expect(seen('there')).toMatchObject({ from: '1.2.3.4', seen: '2.3.4.5 port 8080 answered' })
  expect(seen('back')).toMatchObject({ from: '2.3.4.5' })
  // App2 greets first there, and nobody but App1 gets its greeting, or is accepted.
  expect(rows.filter(({ at }) => /^tcp:.*:25$/.test(at)).map(({ who, seen }) => [who, seen])).toContainEqual([
    'App1',
    '1.2.3.4 port 25 answered',
  ])
  expect(new Set(rows.filter(({ notHeld }) => notHeld).map(({ door }) => door))).toEqual(
    new Set(['node port']),
  )
  expect(exitCode, stderr).toBe(1)
  expect(why).toContainEqual(
    expect.stringMatching(/^\d+ tries got in where no word of the values lets them$/),
  )
})

it('has the pools, fixed addresses, classes and networks that the values name, and listeners for each route', async () => {
  const { stdout, stderr } = await prove(fixture('settings.yaml'), '--json')
  const { rows, verdict }: Result & { verdict: string } = JSON.parse(stdout)
  expect(verdict, stderr).toBe('as the values say')
  const open = (proxy: string) =>
    rows
      .filter((row) => row.proxy === proxy && row.expected === 'App2 answers' && row.door !== 'spread')
      .map(({ at }) => at)
  // Each pool has a range of its own; that of those who name none begins at 128.
  expect(open('pool')).toEqual([expect.stringMatching(/^http:\/\/198\.18\.(?!12[89]|13[01])\d+\.\d+:80$/)])
  expect(open('fixed')).toEqual(['http://192.168.77.8:80'])
  expect(open('class')).toHaveLength(1)
  expect(rows.find(({ proxy, door }) => proxy === 'fixed' && door === 'ClusterIP')?.at).toContain(
    '10.150.0.7',
  )
  expect(open('wild')).toEqual([expect.stringContaining('http://any2.somehost.net/')])
  expect(open('below')).toEqual([expect.stringContaining('http://any.somehost.net/')])
  expect(open('routes')).toEqual([
    expect.stringContaining('https://a.example.com:443/'),
    expect.stringContaining('https://b.example.com:444/'),
    'http://any.own.example.com:80/ (default/own 192.168.77.7)',
    expect.stringContaining('http://c.example.com:80/'),
  ])
})

it('an upgrade that lets fewer in leaves their flows open; what is as it was goes on, and all else is closed', async () => {
  const { stdout, stderr, exitCode } = await prove(
    fixture('upgrade.yaml'),
    '--from',
    fixture('before.yaml'),
    '--json',
  )
  const { rows, notTried, why }: Result & { why: string[] } = JSON.parse(stdout)
  expect(exitCode, stderr).toBe(1)
  const flows = rows.filter(({ door }) => door === 'open flow')
  expect(rows.filter(({ ok, door }) => !ok && door !== 'open flow')).toEqual([])
  expect(notTried).toEqual([])
  expect(flows.filter(({ proxy }) => proxy === 'kept').map(({ expected, ok }) => [expected, ok])).toEqual([
    ['may go on', true],
  ])
  // By TCP and UDP, at the load balancer and at the node ports of before, also of a proxy that is gone.
  const goOn = flows.filter(({ ok }) => !ok).map(({ proxy, who, at }) => `${proxy} ${who} ${at}`)
  for (const one of [
    /^narrowed taken out tcp.*load balancer/,
    /^narrowed taken out udp.*load balancer/,
    /^narrowed .* udp.*node port/,
    /^gone taken out http/,
  ]) {
    expect(goOn).toContainEqual(expect.stringMatching(one))
  }
  const refused = rows.filter(({ at, expected }) => at.endsWith('(before)') && expected === 'refused')
  expect(new Set(refused.map(({ door }) => door))).toEqual(new Set(['load balancer', 'node port']))
  expect(why).toEqual([expect.stringMatching(/^\d+ of \d+ tries did not go as the values say$/)])
})

describe('says, before it starts anything,', () => {
  it.each([
    [
      'every problem of the values',
      [fixture('base.yaml'), '--set', 'defaults.sourceRanges={1.2.3.4}'],
      'has no prefix length',
    ],
    ['that a file is not there', ['no-such.yaml'], 'no-such.yaml: no such file'],
    [
      'that a proxy is not there',
      [fixture('base.yaml'), '--only', 'app3'],
      'no enabled proxy is called app3, only app, other',
    ],
    [
      'which options there are',
      [fixture('base.yaml'), '--helm-version', '2'],
      'Allowed choices are 3.11, 3.17, 4.1',
    ],
  ])('%s', async (_, args, words) => {
    const { stderr, exitCode } = await prove(...args)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(words)
    expect(stderr).not.toContain('start the cluster')
  })
})
