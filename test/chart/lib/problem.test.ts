import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues } from '../../../schema/generated/values.ts'
import { findHelm, helmVersions } from '../../../tools/chart/helm.ts'
import { chart } from '../../../tools/chart/render.ts'
import { aliases, refusedBy } from '../../aliases.ts'
import { refusals } from '../../refusals.ts'
import { app } from '../../values.ts'

/** So many proxies that differ in their addresses. */
const many = (count: number, fields: ProxyValues = {}) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `p${String(index).padStart(2, '0')}`,
      { ...app(fields).proxies.app, addresses: [`2.3.4.${index + 1}`] },
    ]),
  )
const twice = (proxy: string) =>
  `proxies.${proxy}.dns.hostnames[0]: lb.example.com is proxies.p00.dns.hostnames[0] already, and a host name leads to one place: write another [host-twice]`

/** Routes of proxies that are a name alone. */
const unled = Object.fromEntries(
  Array.from({ length: 15 }, (_, index) => [
    `n${index}`,
    {
      externalName: 'app2.example.com',
      routes: {
        web: {
          controller: 'envoy-gateway',
          parentRefs: [{ name: 'edge' }],
          hostnames: [`n${index}.example.com`],
        },
      },
    },
  ]),
)

describe.concurrent('one cause in many proxies', () => {
  const dns = { hostnames: ['lb.example.com'] }

  it('is said of twenty', async () => {
    const lines = await refusals({ defaults: { dns }, proxies: many(21) })
    expect(lines).toEqual(Object.keys(many(21)).slice(1).map(twice))
  })

  it('and of more it is said how many, and where to begin', async () => {
    const lines = await refusals({ defaults: { dns }, proxies: many(26) })
    expect(lines.slice(0, -1)).toEqual(Object.keys(many(21)).slice(1).map(twice))
    expect(lines.at(-1)).toBe(
      'proxies.p21.dns.hostnames[0]: 5 more like these, the first of them in proxies.p21, proxies.p22, proxies.p23 [host-twice]',
    )
  })

  it('hides no other of its code', async () => {
    const lines = await refusals({
      defaults: { dns },
      proxies: {
        ...many(30),
        q: {
          ...app().proxies.app,
          service: { annotations: { 'external-dns.kubernetes.io/internal-hostname': 'lb.example.com' } },
        },
      },
    })
    expect(
      lines.filter((line) => line.startsWith('proxies.q.service.annotations: lb.example.com is ')),
    ).toHaveLength(1)
    expect(lines.filter((line) => / more like these/.test(line))).toHaveLength(1)
  })

  it('is not another of a name itself: each is of its code', async () => {
    const named = Object.fromEntries(
      Array.from({ length: 15 }, (_, index) => [`Bad_${index}`, app().proxies.app]),
    )
    const lines = await refusals({ proxies: { ...named, ...unled } })
    expect(lines.filter((line) => line.endsWith('[value-form]'))).toHaveLength(15)
    expect(lines.filter((line) => line.endsWith('[route-external-name]'))).toHaveLength(15)
  })

  it('is counted in the first line, each once', async () => {
    const input = JSON.stringify({ defaults: { dns }, proxies: many(26) })
    const { stderr } = await execa(await findHelm(), ['template', 'x', chart, '--values', '-'], {
      input,
      reject: false,
    })
    expect(stderr).toContain('25 problems in the values:')
  })
})

it.concurrent.each(helmVersions)(
  'by Helm %s, in another chart each path begins where its values stand',
  async (version) => {
    const folder = await aliases()
    const refused = async (values: object) =>
      (await refusedBy(folder, values, version)).map(({ path, message }) => `${path}: ${message}`)
    // A host that looks like a path is none, and the range is said at defaults, where it stands.
    const host = 'proxies.example.com'
    const wrong = {
      hots: 1,
      namePrefix: 'a- b',
      defaults: { dns: { hostnames: [host] }, sourceRanges: ['1.2.3.4/8'] },
      proxies: Object.fromEntries(
        Object.entries(many(2)).map(([name, { sourceRanges, ...proxy }]) => [name, proxy]),
      ),
    }
    const expected = (at: string) => [
      expect.stringMatching(new RegExp(`^${at}\\.hots: no such value`)),
      expect.stringMatching(new RegExp(`^${at}\\.namePrefix: a- b is not `)),
      expect.stringMatching(new RegExp(`^${at}\\.defaults\\.sourceRanges\\[0\\]: 1\\.2\\.3\\.4/8 `)),
      `${at}.proxies.p01.dns.hostnames[0]: ${host} is ${at}.proxies.p00.dns.hostnames[0] already, and a host name leads to one place: write another`,
    ]
    expect(await refused({ second: wrong })).toEqual(expected('second'))
    expect(await refused({ inner: { edge: wrong } })).toEqual(expected('inner.edge'))
  },
)
