import { describe, expect, it } from 'vitest'
import { helmVersions } from '../../tools/chart/helm.ts'
import { RefusedError, render } from '../../tools/chart/render.ts'
import { app } from '../values.ts'

const proxy = app().proxies.app
const wrong = {
  platform: 'onprem',
  proxies: {
    addresses: { ...proxy, addresses: [5, { ready: true }, '2.3.4.5', '2.3.4.5'] },
    ports: { ...proxy, ports: { http: { port: '80', protocol: 'tcp' } } },
    ranges: { ...proxy, sourceRanges: '1.2.3.4/32' },
    weight: { ...proxy, dns: { ttl: -1 } },
  },
}

describe.concurrent.each(helmVersions)('Helm %s', (helm) => {
  it("holds values to the schema, and says every problem by the value's path", async () => {
    const refused = await render(wrong, { helm }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(RefusedError)
    const { problems } = refused as RefusedError
    // One line for each: of what may be a text or an object, too.
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'platform',
      'proxies.addresses.addresses',
      'proxies.addresses.addresses[0]',
      'proxies.addresses.addresses[1]',
      'proxies.ports.ports.http.port',
      'proxies.ports.ports.http.protocol',
      'proxies.ranges.sourceRanges',
      'proxies.weight.dns.ttl',
    ])
    expect(problems.every(({ code }) => code === 'schema')).toBe(true)
  })
})
