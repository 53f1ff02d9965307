import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { helmVersions } from '../../../tools/chart/helm.ts'
import { chart, RefusedError, render } from '../../../tools/chart/render.ts'
import { read } from '../../../tools/check/read.ts'
import { refusals } from '../../refusals.ts'
import { app } from '../../values.ts'
import { everyCheck } from './check.ts'
import { endsOf } from './cures.ts'

const readAll = async (folder: string, pattern: RegExp) => {
  const files = (await readdir(folder, { recursive: true })).filter((file) => pattern.test(file)).sort()
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('\n')
}

const specified = await everyCheck()

describe.concurrent.each(specified)('%s', (code, rows) => {
  it.each(Object.entries(rows))('%s', async (_, { refused, says, accepted }) => {
    const said = await Promise.all([refusals(refused), refusals(accepted)])
    expect(said).toEqual([[`${says} [${code}]`], []])
  })

  // To values that are accepted, or to other advice: never back.
  it.each(Object.entries(rows))('%s: its advice leads on', async (_, row) => {
    const ends = await endsOf(row, `${row.says} [${code}]`)
    expect(Object.keys(ends)).not.toEqual([])
    for (const [advice, end] of Object.entries(ends)) expect(end, advice).toMatch(/^(accepted|by hand)/)
  })
})

it.concurrent.each(specified)('%s: the path leads into the values that are refused', (_, rows) => {
  for (const { refused, says } of Object.values(rows)) {
    const path = says.slice(0, says.indexOf(': '))
    const { source } = read('values', Buffer.from(JSON.stringify(refused, null, 2)))
    // What is missing is laid to what should hold it.
    const { length } = source.reach(path)
    expect(length, `${path} in ${source.text}`).toBeGreaterThan(
      path.startsWith('proxies.') ? 'proxies.'.length : 0,
    )
  }
})

it.concurrent('every check of the chart has its rows, and every row a check', async () => {
  const templates = await readAll(join(chart, 'templates'), /\.tpl$/)
  // The gate names its codes before it knows of a problem.
  const calls = templates
    .replaceAll(/\s+/g, ' ')
    .matchAll(/(?:problem" \(list [^}]*?|"code" )"([a-z]+(?:-[a-z]+)+)"/g)
  // No values lead there: test/chart/lib/gate.test.ts breaks a template to see it, kube-version.test.ts is of older ones.
  const elsewhere = ['object-twice', 'traffic-distribution-version']
  const codes = [...calls].map(([, code]) => code ?? '').filter((code) => !elsewhere.includes(code))
  expect([...new Set(codes)].sort()).toEqual(specified.map(([code]) => code).sort())
})

const many = {
  proxies: {
    app: app({ addresses: ['127.0.0.1'], sourceRanges: ['1.2.3.4/8'] }).proxies.app,
    other: app({ ports: {}, service: { type: 'NodePort' } }).proxies.app,
  },
}

it.concurrent.each(helmVersions)('Helm %s says all problems at once, in the same words', async (helm) => {
  const refused = await render(many, { helm }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(RefusedError)
  expect((refused as RefusedError).problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
    'proxies.app.addresses[0] address-reserved',
    'proxies.app.sourceRanges[0] source-range-canonical',
    'proxies.other.ports ports-required',
    'proxies.other.sourceRanges node-port-open',
  ])
})

it.concurrent('a proxy that is not enabled is not checked', async () => {
  expect((await render(app({ enabled: false, addresses: [] }))).objects).toEqual([])
})

/** The rows of one proxy alone, each with how many of its code are before it: of more than twenty alike not each is said. */
const alike = specified.flatMap(([code, rows]) =>
  Object.values(rows)
    .flatMap(({ refused, says }) => {
      const { proxies = {}, ...others } = refused as { proxies?: { app?: object } }
      const isAlone = Object.keys(proxies).join() === 'app' && Object.keys(others).length === 0
      return isAlone ? [{ code, proxy: proxies.app, path: says.slice(0, says.indexOf(': ')) }] : []
    })
    .map((row, before) => ({ ...row, before })),
)
/** What the gate says, where no check says anything. */
const isOfGate = ({ code }: { code: string }) => /-not-harmless$|^annotations-size$/.test(code)
const ofChecks = alike.filter((row) => !isOfGate(row))

it.concurrent.each([
  ['the gate', alike.filter(isOfGate)],
  ['the checks', ofChecks.filter(({ before }) => before < 6)],
  ['the checks of many rows', ofChecks.filter(({ before }) => before >= 6)],
])('of several proxies alike in their fault, each is reported: %s', async (_, rows) => {
  const keysOf = (index: number) => ['one', 'two', 'three'].map((name) => `alike-${index}-${name}`)
  // A host name twice would be a fault of another kind.
  const named = (proxy: object | undefined, key: string): unknown =>
    JSON.parse(JSON.stringify(proxy).replaceAll('.example.com"', `.${key}.example.com"`))
  const proxies = rows.flatMap(({ proxy }, index) => keysOf(index).map((key) => [key, named(proxy, key)]))
  const refused = await render({ proxies: Object.fromEntries(proxies) }).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(RefusedError)
  const said = new Set((refused as RefusedError).problems.map(({ path, code }) => `${path} ${code}`))
  const due = rows.flatMap(({ path, code }, index) =>
    keysOf(index).map((key) => `${path.replace(/^proxies\.app\b/, `proxies.${key}`)} ${code}`),
  )
  expect(due.length).toBeGreaterThan(0)
  expect(due.filter((problem) => !said.has(problem))).toEqual([])
})
