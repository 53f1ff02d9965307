import { beforeAll, describe, expect, it } from 'vitest'
import { helmVersions } from '../../tools/chart/helm.ts'
import type { KubernetesObject } from '../../tools/chart/objects.ts'
import { RefusedError, render } from '../../tools/chart/render.ts'
import type { RenderOptions } from '../../tools/chart/template.ts'
import { temporaryFiles } from '../../tools/sources/values.ts'

/** A proxy of that name, in a file of values. */
const proxy = (name: string, more = '') => `  ${name}:
    addresses: [2.3.4.5]
    ports: {http: {port: 80, targetPort: 8080}}
    sourceRanges: [1.2.3.4/32]
${more}`

/** The Services that values files give, by name, or the paths that are refused. */
async function services(texts: readonly string[], options: RenderOptions) {
  const named = texts.map((content, index) => ({ name: `${index}.yaml`, content }))
  return temporaryFiles(named, (files) => render(files, options)).then(
    ({ list }) => ({
      made: Object.fromEntries(list('Service').map((one) => [one.metadata?.name ?? '', one])),
      refused: [],
    }),
    (error: unknown) => {
      if (error instanceof RefusedError) return { made: {}, refused: error.problems.map(({ path }) => path) }
      throw error
    },
  )
}

/** What YAML 1.1 takes for something else than a text. */
const words = [
  'yes',
  'no',
  'on',
  'off',
  'y',
  '010',
  '0x10',
  '1e3',
  '.5',
  '12:30',
  '1_000',
  '2026-01-01',
  '~',
  'null',
].map((word, index) => [`k${index}`, word] as const)
const annotated = (some: typeof words, write: (word: string) => string) =>
  `    service:\n      annotations:\n${some.map(([key, word]) => `        ${key}: ${write(word)}\n`).join('')}`

/** Each has a proxy of its own, so that one run of Helm shows them all. */
const taken: [way: string, name: string, options: RenderOptions, expected: object][] = [
  ['--set', 'set', { set: ['proxies.set.ports.http.port=81'] }, { ports: [{ port: 81, targetPort: 8080 }] }],
  [
    '--set-json, which replaces a map,',
    'json',
    { setJson: ['proxies.json.ports.http={"port":81}'] },
    { ports: [{ port: 81, targetPort: 81 }] },
  ],
  [
    '--set of a list',
    'list',
    { set: ['proxies.list.sourceRanges={5.6.7.8/32}'] },
    { loadBalancerSourceRanges: ['5.6.7.8/32'] },
  ],
]
const refusing: [way: string, path: string, options: RenderOptions][] = [
  [
    '--set of a text as a number',
    'proxies.number.service.annotations.a',
    { set: ['proxies.number.service.annotations.a=10'] },
  ],
  [
    '--set-string of a number',
    'proxies.text.ports.http.port',
    { setString: ['proxies.text.ports.http.port=81'] },
  ],
]
const text = { setString: ['proxies.string.service.annotations.a=010'] }

/** The expressions of all. */
const together = (all: readonly RenderOptions[]): RenderOptions => ({
  set: all.flatMap(({ set = [] }) => set),
  setString: all.flatMap(({ setString = [] }) => setString),
  setJson: all.flatMap(({ setJson = [] }) => setJson),
})

describe.concurrent.each(helmVersions)('Helm %s', (helm) => {
  let made: Record<string, KubernetesObject> = {}
  let refused: string[] = []
  /** Words that are taken without quotes. */
  let left: typeof words = []
  beforeAll(async () => {
    const wrong = [
      'proxies:\n',
      proxy(
        'words',
        annotated(words, (word) => word),
      ),
      proxy('number'),
      proxy('text'),
    ]
    const options = together(refusing.map(([, , one]) => one))
    refused = (await services([wrong.join('')], { helm, ...options })).refused
    left = words.filter(([key]) => !refused.includes(`proxies.words.service.annotations.${key}`))
    const right = [
      'proxies:\n',
      proxy(
        'quoted',
        annotated(words, (word) => `"${word}"`),
      ),
      proxy(
        'words',
        annotated(left, (word) => word),
      ),
      ...['set', 'json', 'list', 'string', 'merged'].map((name) => proxy(name)),
    ]
    const later = 'proxies: {merged: {ports: {http: {port: 81}}, sourceRanges: [5.6.7.8/32]}}'
    const all = together([text, ...taken.map(([, , one]) => one)])
    made = (await services([right.join(''), later], { helm, ...all })).made
  })

  it('a quoted word of YAML 1.1 is that text', () => {
    expect(made.quoted).toMatchObject({ metadata: { annotations: Object.fromEntries(words) } })
  })

  it('one without quotes is that text, or is refused, but for null, which is not written', () => {
    expect(left.length).toBeLessThan(words.length)
    const texts = left.filter(([, word]) => word !== '~' && word !== 'null')
    expect(made.words?.metadata?.annotations).toEqual(Object.fromEntries(texts))
  })

  it.each(taken)('%s is as meant', (_, name, __, expected) => {
    expect(made[name]).toMatchObject({ spec: expected })
  })

  it('--set-string is text, whatever it looks like', () => {
    expect(made.string).toMatchObject({ metadata: { annotations: { a: '010' } } })
  })

  it.each(refusing)('%s is refused', (_, path) => {
    expect(refused).toContain(path)
  })

  it('nothing else is refused', () => {
    const paths = [
      ...refusing.map(([, path]) => path),
      ...words
        .filter((word) => !left.includes(word))
        .map(([key]) => `proxies.words.service.annotations.${key}`),
    ]
    expect(refused.sort()).toEqual(paths.sort())
  })

  it('of several files the last holds: maps are merged, lists replaced', () => {
    expect(made.merged).toMatchObject({
      spec: { ports: [{ port: 81, targetPort: 8080 }], loadBalancerSourceRanges: ['5.6.7.8/32'] },
    })
  })
})
