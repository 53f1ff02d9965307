import { describe, expect, it } from 'vitest'
import { check } from '../../../tools/check/check.ts'
import { positions } from '../../../tools/check/lines.ts'

const right = `proxies:
  app:
    addresses: [2.3.4.5]
    ports:
      http: {port: 80}
    sourceRanges: [1.2.3.4/32]
`

type Options = Parameters<typeof check>[1]

/** Each problem as `FILE:LINE:COLUMN-END PATH CODE`, and what stands there. */
async function found(files: Record<string, string | Uint8Array>, options: Options = {}) {
  const wrong = await check(
    Object.entries(files).map(([name, content]) => ({ name, bytes: Buffer.from(content) })),
    options,
  )
  return positions(wrong).map((at, index) => {
    const { path, code } = wrong[index] ?? { path: '', code: '' }
    const text = at?.text.slice(at.column - 1, at.endLine === at.line ? at.endColumn - 1 : undefined)
    return `${at?.file}:${at?.line}:${at?.column} ${path} [${code}] ${text}`
  })
}

/** What several tests look at is asked once: of all their rows together, of which each has a file or an expression. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= ask()
    return asked
  }
}

/** The same of rows, each a file that is called as its row. */
const ofFiles = (rows: Record<string, readonly [content: string | Uint8Array, ...unknown[]]>) =>
  found(Object.fromEntries(Object.entries(rows).map(([name, [content]]) => [name, content])))

/** The message of the only problem with a form, a type, a bound or a field. */
async function said(content: string): Promise<string | undefined> {
  const all = await check([{ name: 'a.yaml', bytes: Buffer.from(content) }])
  const wrong = all.filter(({ code }) => /^(schema|value-.*)$/.test(code))
  expect(wrong).toHaveLength(1)
  return wrong[0]?.message
}

it.concurrent('says nothing of what is right', async () => {
  expect(await found({ 'a.yaml': right })).toEqual([])
})

describe.concurrent('finds what the schema refuses', () => {
  const rows: Record<string, [text: string, message: string]> = {
    'a key that is misspelt': [
      'adresses: []',
      'no such value; did you mean addresses? Allowed: addresses, allowClusterSources',
    ],
    'a key that is unlike any': ['xyz: []', 'no such value; allowed: addresses'],
    'a map in place of a list': ['addresses: {}', 'it must be a list, not a map'],
    'a number in place of text': ['addresses: [1.2]', 'it must be text, not 1.2: put quotes around it'],
    'an address that is none': [
      'addresses: [1.2.3.400]',
      '1.2.3.400 is not an IP address: write one, as 2.3.4.5',
    ],
    'a bound': ['dns: {ttl: -1}', '-1 is too small: write >= 0'],
    'a value that is misspelt': ['service: {type: LoadBalancr}', 'did you mean LoadBalancer? Allowed: '],
    'a field that is missing': ['addresses: [{ready: true}]', 'ip is missing'],
    'what stands twice': [
      'sourceRanges: [1.2.3.4/32, 1.2.3.4/32]',
      'items 0 and 1 are the same: write it once',
    ],
    'a name': [
      'ports: {HTTP: {port: 80}}',
      'HTTP is not a name of lower case letters, digits and -: write one of at most 63, as http',
    ],
  }
  it.each(Object.entries(rows))('%s', async (_, [text, message]) => {
    expect(await said(`proxies: {app: {${text}}}`)).toContain(message)
  })

  it("an umbrella chart's values, whatever its key is", async () => {
    expect(await said('edge: {proxies: {app: {}}}')).toContain('the values of an umbrella chart')
  })
})

describe.concurrent('lays each problem to where it was written', () => {
  it('a key, a value, what stands in a list, what lacks something', async () => {
    const text = `proxies:
  App: {}
  app:
    adresses: [2.3.4.5]
    addresses: [2.3.4.5, 1.2.3.400, {zone: a}]
    service: {type: Nope} # a comment
`
    expect(await found({ 'a.yaml': text })).toEqual([
      'a.yaml:2:3 proxies.App [value-form] App',
      'a.yaml:4:5 proxies.app.adresses [value-unknown] adresses',
      'a.yaml:5:26 proxies.app.addresses[1] [value-form] 1.2.3.400',
      'a.yaml:5:37 proxies.app.addresses[2] [schema] {zone: a}',
      'a.yaml:6:21 proxies.app.service.type [schema] Nope',
    ])
  })

  it("what the chart's checks refuse, as `defaults` that several proxies take", async () => {
    const text = `${right}  other: {addresses: [2.3.4.6], ports: {http: {port: 80}}, sourceRanges: [1.2.3.4/32]}
defaults:
  service: {clusterIP: None}
`
    expect(await found({ 'a.yaml': text })).toEqual([
      'a.yaml:9:24 defaults.service.clusterIP [headless-type] None',
    ])
  })

  it('of several files to the one that Helm takes it from', async () => {
    const over = 'proxies: {app: {addresses: [127.0.0.1]}}'
    expect(await found({ 'a.yaml': right, 'b.yaml': over })).toEqual([
      'b.yaml:1:29 proxies.app.addresses[0] [address-reserved] 127.0.0.1',
    ])
    expect(await found({ 'b.yaml': over, 'a.yaml': right })).toEqual([])
    expect(
      await found({ 'a.yaml': right.replace('2.3.4.5', '127.0.0.1'), 'b.yaml': 'platform: aws' }),
    ).toEqual(['a.yaml:3:17 proxies.app.addresses[0] [address-reserved] 127.0.0.1'])
  })

  it('to the file whose null took a map away', async () => {
    expect(await found({ 'a.yaml': right, 'b.yaml': 'proxies:\n  app:\n    ports: null\n' })).toEqual([
      'b.yaml:3:5 proxies.app.ports [ports-required] ports',
    ])
  })

  it('to an expression', async () => {
    const options = { set: ['platform=azur,proxies.app.addresses={127.0.0.1}', 'proxies.app.x\\.y=1'] }
    expect(await found({ 'a.yaml': right }, options)).toEqual([
      '--set platform=azur,proxies.app.addresses={127.0.0.1}:1:10 platform [schema] azur',
      '--set proxies.app.x\\.y=1:1:1 proxies.app.x.y [value-unknown] proxies.app.x\\.y',
    ])
  })

  const expressions: [what: string, expression: string, place: string][] = [
    [
      'a value',
      'proxies.app.addresses=["127.0.0.1"]',
      '1:24 proxies.app.addresses[0] [address-reserved] "127.0.0.1"',
    ],
    [
      'all of it one object',
      '{"proxies":{"all":{"addresses":["127.0.0.1"]}}}',
      '1:33 proxies.all.addresses[0] [address-reserved] "127.0.0.1"',
    ],
    [
      'one after the other, with commas, quotes and brackets inside',
      'commonLabels={"a":"x,\\"}"},proxies.one.addresses=["127.0.0.1"]',
      '1:51 proxies.one.addresses[0] [address-reserved] "127.0.0.1"',
    ],
    [
      'a whole map',
      'proxies.map={"addresses":["2.3.4.5"],"portz":1,"sourceRanges":["1.2.3.4/32"]}',
      '1:38 proxies.map.portz [value-unknown] "portz"',
    ],
  ]
  const bySetJson = once(() => {
    const each = ['app', 'all', 'one', 'map'].map((name) => right.replace('proxies:\n  app', `  ${name}`))
    return found(
      { 'a.yaml': `proxies:\n${each.join('')}` },
      { setJson: expressions.map(([, expression]) => expression) },
    )
  })
  it.each(expressions)('to its part of --set-json: %s', async (_, expression, place) => {
    expect(await bySetJson()).toContain(`--set-json ${expression}:${place}`)
  })

  it('through anchors and what is merged by <<', async () => {
    const text = `x-shared: &shared
  addresses: [127.0.0.1]
`
    const merged = right.replace('    addresses: [2.3.4.5]\n', '    <<: {addresses: [127.0.0.1]}\n')
    expect(await found({ 'a.yaml': merged })).toEqual([
      'a.yaml:3:22 proxies.app.addresses[0] [address-reserved] 127.0.0.1',
    ])
    const own = right.replace(
      '    addresses: [2.3',
      '    <<: {addresses: [2.3.4.5]}\n    addresses: [127.0.0.1, 2.3',
    )
    expect(await found({ 'a.yaml': own })).toEqual([
      'a.yaml:4:17 proxies.app.addresses[0] [address-reserved] 127.0.0.1',
    ])
    expect(await found({ 'a.yaml': `${text}${right}` })).toEqual([
      'a.yaml:1:1 x-shared [value-unknown] x-shared',
    ])
  })

  it('below a key that holds dots', async () => {
    const key = 'projectcontour.io/websocket-routes'
    const text = `${right}    ingress:
      controller: contour
      hosts: [a.example.com]
      annotations:
        ${key}: 5
`
    expect(await found({ 'a.yaml': text })).toEqual([
      `a.yaml:11:45 proxies.app.ingress.annotations.${key} [schema] 5`,
    ])
  })
})

describe.concurrent('says of a file that is no values file what is wrong with it', () => {
  const rows: Record<string, [content: string | Uint8Array, wrong: string[]]> = {
    'a tab': ['proxies:\n\tapp: {}\n', ['2:1 (root) [yaml] \t']],
    'a bracket that is left open': ['proxies: [\nplatform: aws\n', ['2:1 (root) [yaml] p']],
    'keys that are written twice': [
      'platform: aws\nplatform: aws\nproxies: {a: {}, a: {}}\n',
      ['2:1 (root) [yaml-key-twice] p', '3:18 (root) [yaml-key-twice] a'],
    ],
    'a second document': ['platform: aws\n---\nplatform: gcp\n', ['3:1 (root) [yaml-second-document] p']],
    'one behind nothing': ['---\n---\nplatform: aws\n', ['3:1 (root) [yaml-second-document] p']],
    'a broken one': ['platform: aws\n---\n[\n', ['3:1 (root) [yaml-second-document] [']],
    'no map': ['- platform\n', ['1:1 (root) [yaml] - platform']],
    'not UTF-8': [
      Buffer.from('platform: aws\nnamePrefix: \xff\n', 'latin1'),
      ['2:1 (root) [not-utf-8] namePrefix: �'],
    ],
    'too deep': ['['.repeat(20_000) + ']'.repeat(20_000), ['1:']],
  }
  const ofAll = once(() => ofFiles(rows))
  it.each(Object.entries(rows))('%s', async (name, [, wrong]) => {
    const said = (await ofAll()).filter((one) => one.startsWith(`${name}:`))
    expect(said).toHaveLength(wrong.length)
    for (const [index, one] of wrong.entries()) expect(said[index]).toContain(`${name}:${one}`)
  })

  it('what only Helm can see', async () => {
    expect(await found({ 'a.yaml': 'platform: *there\n' })).toEqual([
      expect.stringContaining('a.yaml:1:11 (root) [yaml] *there'),
    ])
  })
})

describe.concurrent('reads whatever Helm reads', () => {
  const rows: Record<string, [content: string, wrong: string[]]> = {
    'a byte order mark': ['\ufeffplatform: nope\n', ['1:11 platform [schema] nope']],
    "Windows' ends of lines": ['enabled: true\r\nnamePrefix: 1\r\n', ['2:13 namePrefix [schema] 1']],
    nothing: ['', []],
    'an end': ['---\nproxies: {}\n---\n', []],
    'what says nothing': ['proxies: {}\n--- # the end\n---\nnull\n...\n', []],
  }
  const ofAll = once(() => ofFiles(rows))
  it.each(Object.entries(rows))('%s', async (name, [, wrong]) => {
    const said = (await ofAll()).filter((one) => one.startsWith(`${name}:`))
    expect(said).toEqual(wrong.map((one) => `${name}:${one}`))
  })
})

it.concurrent('says it once of a place that many proxies take', async () => {
  const proxy = '{<<: *one}'
  const text = `proxies:
  a: &one {addresses: [127.0.0.1], ports: {http: {port: 80}}, sourceRanges: [1.2.3.4/32]}
  b: ${proxy}
  c: ${proxy}
`
  const wrong = await check([{ name: 'a.yaml', bytes: Buffer.from(text) }])
  expect(wrong.map(({ path, also }) => [path, also])).toEqual([
    ['proxies.a.addresses[0]', ['proxies.b.addresses[0]', 'proxies.c.addresses[0]']],
  ])
})

it.concurrent('finds hundreds of problems in hundreds of proxies', async () => {
  const rest = '<<: {ports: {http: {port: 80}}, sourceRanges: [1.2.3.4/32]}'
  const proxies = Array.from(
    { length: 200 },
    (_, index) => `  p${index}:\n    adresses: [2.3.4.5]\n    ${rest}\n`,
  )
  const said = await found({ 'a.yaml': `proxies:\n${proxies.join('')}` })
  expect(said).toHaveLength(200)
  expect(said[199]).toBe('a.yaml:600:5 proxies.p199.adresses [value-unknown] adresses')
})

it.concurrent('throws what Helm says where that is not about a file', async () => {
  await expect(found({ 'a.yaml': right }, { setJson: ['a={'] })).rejects.toThrow('--set-json')
})
