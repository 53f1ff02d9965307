import { describe, expect, it } from 'vitest'
import { helmVersions } from '../../tools/chart/helm.ts'
import { RefusedError, render } from '../../tools/chart/render.ts'
import type { RenderOptions } from '../../tools/chart/template.ts'
import { temporaryFiles } from '../../tools/sources/values.ts'

const base = `
proxies:
  app:
    addresses: [2.3.4.5]
    ports: {http: {port: 80, targetPort: 8080}}
    sourceRanges: [1.2.3.4/32]
`

/** The Service that values files give, or the paths that are refused. */
async function service(texts: readonly string[], options: RenderOptions) {
  const named = texts.map((content, index) => ({ name: `${index}.yaml`, content }))
  return temporaryFiles(named, (files) => render(files, options)).then(
    ({ get }) => get('Service', 'app'),
    (error: unknown) => {
      if (error instanceof RefusedError) return error.problems.map(({ path }) => path)
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
]
const annotated = (write: (word: string) => string) =>
  `${base}    service:\n      annotations:\n${words.map((word, index) => `        k${index}: ${write(word)}\n`).join('')}`

describe.concurrent.each(helmVersions)('Helm %s', (helm) => {
  it('a quoted word of YAML 1.1 is that text', async () => {
    const made = await service([annotated((word) => `"${word}"`)], { helm })
    expect(made).toMatchObject({
      metadata: { annotations: Object.fromEntries(words.map((word, index) => [`k${index}`, word])) },
    })
  })

  it('one without quotes is that text, or is refused, but for null, which is not written', async () => {
    const made = await service([annotated((word) => word)], { helm })
    const refused = Array.isArray(made) ? made : []
    const left = words
      .map((word, index) => [`k${index}`, word])
      .filter(([key]) => !refused.includes(`proxies.app.service.annotations.${key}`))
    expect(refused.length).toBeGreaterThan(0)
    const again = await service(
      [`${base}    service: {annotations: {${left.map(([key, word]) => `${key}: ${word}`).join(', ')}}}`],
      { helm },
    )
    const texts = left.filter(([, word]) => word !== '~' && word !== 'null')
    expect(again).toMatchObject({ metadata: { annotations: Object.fromEntries(texts) } })
  })

  const port = { spec: { ports: [{ port: 81, targetPort: 8080 }] } }
  const replaced = { spec: { ports: [{ port: 81, targetPort: 81 }] } }
  it.each([
    ['--set', { set: ['proxies.app.ports.http.port=81'] }, port],
    ['--set-json, which replaces a map,', { setJson: ['proxies.app.ports.http={"port":81}'] }, replaced],
    [
      '--set-string',
      { setString: ['proxies.app.service.annotations.a=010'] },
      { metadata: { annotations: { a: '010' } } },
    ],
    [
      '--set of a text as a number',
      { set: ['proxies.app.service.annotations.a=10'] },
      ['proxies.app.service.annotations.a'],
    ],
    [
      '--set-string of a number',
      { setString: ['proxies.app.ports.http.port=81'] },
      ['proxies.app.ports.http.port'],
    ],
    [
      '--set of a list',
      { set: ['proxies.app.sourceRanges={5.6.7.8/32}'] },
      { spec: { loadBalancerSourceRanges: ['5.6.7.8/32'] } },
    ],
  ])('%s is as meant, or refused', async (_, options, expected) => {
    const made = await service([base], { helm, ...options })
    if (Array.isArray(expected)) expect(made).toEqual(expected)
    else expect(made).toMatchObject(expected)
  })

  it('of several files the last holds: maps are merged, lists replaced', async () => {
    const later = 'proxies: {app: {ports: {http: {port: 81}}, sourceRanges: [5.6.7.8/32]}}'
    expect(await service([base, later], { helm })).toMatchObject({
      spec: { ports: [{ port: 81, targetPort: 8080 }], loadBalancerSourceRanges: ['5.6.7.8/32'] },
    })
  })
})
