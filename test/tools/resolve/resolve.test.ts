import { createServer as httpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { probed, type ResolveOptions, resolved } from '../../../tools/resolve/resolve.ts'
import { dnsServer, type Zone } from './names.ts'

const zone: Zone = {
  'app2.corp.example': { a: ['2.3.4.5'] },
  'two.corp.example': { a: ['2.3.4.6', '2.3.4.5'] },
  'dual.corp.example': { a: ['2.3.4.5'], aaaa: ['2001:db8::5'] },
  'six.corp.example': { aaaa: ['2001:DB8:0::5'] },
  'empty.corp.example': {},
  'failing.corp.example': { rcode: 'SERVFAIL' },
  'refusing.corp.example': { rcode: 'REFUSED' },
  'inside.corp.example': { a: ['127.0.0.1'] },
  'local.corp.example': { aaaa: ['fe80::1'] },
}
let server: Awaited<ReturnType<typeof dnsServer>>
beforeAll(async () => {
  server = await dnsServer(zone)
})
afterAll(() => server.stop())

const resolve = (text: string, options: ResolveOptions = {}) =>
  resolved(text, { servers: [server.address], ...options })

/** A values file whose one proxy has these addresses, written as the YAML of the list. */
const values = (list: string) => `# Who answers for it: team edge
proxies:
  app:
    addresses:${list}
    ports: # as App2 says
      http:   {port: 80, targetPort: 8080}
`

describe('the addresses of a name', () => {
  it.each([
    ['one that stays', '\n      - {name: app2.corp.example, ip: 2.3.4.5}', undefined],
    [
      'one that moved takes its place, and the comment behind it stays',
      '\n      - {name: app2.corp.example, ip: 9.9.9.9} # the blue rack',
      '\n      - {name: app2.corp.example, ip: 2.3.4.5} # the blue rack',
    ],
    [
      'one that only has a name gets its address',
      '\n      - {name: app2.corp.example}',
      '\n      - {name: app2.corp.example, ip: 2.3.4.5}',
    ],
    [
      'one more follows those of its name',
      '\n      - {name: two.corp.example, ip: 2.3.4.5}\n      - 2.3.4.9',
      '\n      - {name: two.corp.example, ip: 2.3.4.5}\n      - {name: two.corp.example, ip: 2.3.4.6}\n      - 2.3.4.9',
    ],
    [
      'one that is gone goes with its line',
      '\n      # both racks\n      - {name: app2.corp.example, ip: 9.9.9.9} # old\n      - {name: app2.corp.example, ip: 2.3.4.5}',
      '\n      # both racks\n      - {name: app2.corp.example, ip: 2.3.4.5}',
    ],
    [
      'one that is written as a block',
      '\n      - name: app2.corp.example\n        ip: 9.9.9.9\n      - 2.3.4.9',
      '\n      - name: app2.corp.example\n        ip: 2.3.4.5\n      - 2.3.4.9',
    ],
    [
      'with all else that its entry says',
      '\n      - name: app2.corp.example\n        # the red rack\n        ip: 9.9.9.9 # since May\n        ready: false',
      '\n      - name: app2.corp.example\n        # the red rack\n        ip: 2.3.4.5 # since May\n        ready: false',
    ],
    [
      'one that is there without a name gets it',
      ' [2.3.4.6, {ip: 2.3.4.5, zone: a}, {name: two.corp.example, ip: 9.9.9.9}]',
      ' [{name: two.corp.example, ip: 2.3.4.6}, {name: two.corp.example, ip: 2.3.4.5, zone: a}]',
    ],
    [
      'as JSON stays JSON',
      ' [{"name": "app2.corp.example", "ip": "9.9.9.9"}]',
      ' [{"name": "app2.corp.example", "ip": "2.3.4.5"}]',
    ],
    [
      'of both families, IPv6 in quotes',
      ' [{name: dual.corp.example, ip: 2.3.4.5}, 2.3.4.9]',
      ' [{name: dual.corp.example, ip: 2.3.4.5}, {name: dual.corp.example, ip: "2001:db8::5"}, 2.3.4.9]',
    ],
    [
      'between brackets, the first two gone',
      ' [{name: app2.corp.example, ip: 9.9.9.1}, {name: app2.corp.example, ip: 9.9.9.2}, {name: app2.corp.example, ip: 2.3.4.5}]',
      ' [{name: app2.corp.example, ip: 2.3.4.5}]',
    ],
    [
      'between brackets, the last two gone',
      ' [ {name: app2.corp.example, ip: 2.3.4.5}, {name: app2.corp.example, ip: 9.9.9.1}, {name: app2.corp.example, ip: 9.9.9.2} ]',
      ' [ {name: app2.corp.example, ip: 2.3.4.5} ]',
    ],
    [
      'IPv6 in the form of RFC 5952',
      ' [{name: six.corp.example, ip: 2.3.4.5}]',
      ' [{name: six.corp.example, ip: "2001:db8::5"}]',
    ],
    ['without a name are left alone', ' [9.9.9.9]', undefined],
  ])('%s', async (_, list, expected) => {
    expect((await resolve(values(list))).text).toBe(values(expected ?? list))
  })

  it('of defaults, and of two proxies by one anchor, are looked up once', async () => {
    const text = `defaults: {addresses: [{name: app2.corp.example, ip: 9.9.9.9}]}
proxies:
  a: {addresses: &same [{name: app2.corp.example, ip: 9.9.9.8}]}
  b: {addresses: *same}
`
    const { text: now, changes } = await resolve(text)
    expect(now).toBe(text.replaceAll(/9\.9\.9\.[89]/g, '2.3.4.5'))
    expect(changes.map(({ path, what, ip }) => `${path} ${what} ${ip}`)).toEqual([
      'defaults.addresses removed 9.9.9.9',
      'defaults.addresses added 2.3.4.5',
      'proxies.a.addresses removed 9.9.9.8',
      'proxies.a.addresses added 2.3.4.5',
    ])
  })

  it('of a proxy that has them by a merge', async () => {
    const text = (ip: string) =>
      `x: &common\n  addresses: [{name: app2.corp.example, ip: ${ip}}]\nproxies:\n  app:\n    <<: *common\n    ports: {http: {port: 80}}\n`
    expect((await resolve(text('9.9.9.9'))).text).toBe(text('2.3.4.5'))
  })

  it('of a map that merges itself are none', async () => {
    await expect(resolve('proxies:\n  app: &app\n    <<: *app\n')).resolves.toMatchObject({ names: 0 })
  })

  it('of one family alone, where that is asked for', async () => {
    const text = values(' [{name: dual.corp.example, ip: 2.3.4.5}]')
    expect((await resolve(text, { family: 'ipv4' })).text).toBe(text)
  })
})

describe('nothing is written', () => {
  it.each([
    ['gone.corp.example', 'there is no such name'],
    ['empty.corp.example', 'has no address'],
    ['failing.corp.example', 'the server failed'],
    ['refusing.corp.example', 'the server refused'],
    ['inside.corp.example', '127.0.0.1 is a loopback address'],
    ['local.corp.example', 'fe80::1 is a linkLocal address'],
  ])('where %s is said to be: %s', async (name, words) => {
    await expect(resolve(values(` [{name: ${name}, ip: 2.3.4.5}]`))).rejects.toThrow(words)
  })

  it('where an address is outside of what is allowed', async () => {
    const text = values(' [{name: app2.corp.example, ip: 9.9.9.9}]')
    await expect(resolve(text, { within: ['10.0.0.0/8'] })).rejects.toThrow(
      '2.3.4.5 is outside of 10.0.0.0/8',
    )
    expect((await resolve(text, { within: ['10.0.0.0/8', '2.3.4.0/24'] })).changes).toHaveLength(2)
  })

  it('where two names fail, and both are said', async () => {
    const list = ' [{name: gone.corp.example, ip: 2.3.4.5}, {name: empty.corp.example, ip: 2.3.4.6}]'
    await expect(resolve(values(list))).rejects.toThrow(/gone\.corp.*\n.*empty\.corp/)
  })

  it('where no server answers', async () => {
    const text = values(' [{name: app2.corp.example, ip: 2.3.4.5}]')
    await expect(resolve(text, { servers: ['127.0.0.1:1'] })).rejects.toThrow(/no server/)
  })
})

describe('a probe', () => {
  const servers: Server[] = []
  afterEach(() => {
    for (const one of servers.splice(0)) one.close()
  })
  const listening = async (one: Server) => {
    servers.push(one)
    await new Promise<void>((done) => one.listen(0, '127.0.0.2', done))
    return (one.address() as AddressInfo).port
  }
  /** What becomes of a list of addresses at that port. */
  const asked = async (how: 'tcp' | 'http', port: number, list: string, drainLast = false) => {
    const text = `proxies: {app: {ports: {http: {port: ${port}}}, addresses: ${list}}}\n`
    const { text: now, changes } = await probed(text, { how, tries: 2, timeout: 200 }, drainLast)
    return { list: now.slice(now.indexOf('addresses: ') + 11, -3), changes: changes.map(({ what }) => what) }
  }

  it.each<['tcp' | 'http', () => Server]>([
    ['tcp', () => createServer()],
    ['http', () => httpServer((_, response) => response.writeHead(404).end())],
  ])('by %s drains what does not answer, and takes back what does', async (how, make) => {
    const port = await listening(make())
    const list = '[{name: a.example, ip: 127.0.0.2, ready: false}, {name: a.example, ip: 127.0.0.3}]'
    expect(await asked(how, port, list)).toEqual({
      list: '[{name: a.example, ip: 127.0.0.2, ready: true}, {name: a.example, ip: 127.0.0.3, ready: false}]',
      changes: ['ready again', 'drained'],
    })
  })

  it('by http takes an answer of 500 for none', async () => {
    const port = await listening(httpServer((_, response) => response.writeHead(500).end()))
    const list = '[{name: a.example, ip: 127.0.0.2}, {name: a.example, ip: 127.0.0.3}, 9.9.9.9]'
    expect((await asked('http', port, list)).changes).toEqual(['drained', 'drained'])
  })

  it('never drains the last one, unless told', async () => {
    const list = '[{name: a.example, ip: 127.0.0.2}, {name: a.example, ip: 127.0.0.3}]'
    expect(await asked('tcp', 1, list)).toEqual({
      list,
      changes: ['dead, but the last', 'dead, but the last'],
    })
    expect((await asked('tcp', 1, list, true)).changes).toEqual(['drained', 'drained'])
  })
})
