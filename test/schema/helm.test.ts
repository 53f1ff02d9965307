import { describe, expect, it } from 'vitest'
import { helmVersions } from '../../tools/chart/helm.ts'
import { RefusedError, render } from '../../tools/chart/render.ts'
import { app } from '../values.ts'

const proxy = app().proxies.app
const wrong = {
  platform: 'onprem',
  unknown: true,
  proxies: {
    addresses: { ...proxy, addresses: ['1.2.3.400', 'fd00::ABCD'] },
    ports: { ...proxy, ports: { http: { port: 0, protocol: 'tcp' } } },
    ranges: { ...proxy, sourceRanges: ['1.2.3.4/33'] },
    unknown: { ...proxy, backends: {} },
  },
}

describe.each(helmVersions)('Helm %s', (helm) => {
  it("holds values to the schema, and says every problem by the value's path", async () => {
    const refused = await render(wrong, { helm }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(RefusedError)
    const { problems } = refused as RefusedError
    expect([...new Set(problems.map(({ path }) => path))].sort()).toEqual([
      '(root)',
      'platform',
      'proxies.addresses.addresses[0]',
      'proxies.addresses.addresses[1]',
      'proxies.ports.ports.http.port',
      'proxies.ports.ports.http.protocol',
      'proxies.ranges.sourceRanges[0]',
      'proxies.unknown',
    ])
    expect(problems.every(({ code }) => code === 'schema')).toBe(true)
  })

  it("holds a map's keys to their form", async () => {
    await expect(render({ proxies: { App: proxy } }, { helm })).rejects.toThrow(/App/)
    await expect(render({ proxies: { app: proxy } }, { helm })).resolves.toBeDefined()
  })
})
