import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer as httpServer } from 'node:http'
import { createSecureServer as http2SecureServer, createServer as http2Server } from 'node:http2'
import { createServer as httpsServer } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createServer as tlsServer } from 'node:tls'
import { decode, encode } from 'dns-packet'
import { generate } from 'selfsigned'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { probed, type ResolveOptions, resolved } from '../../../tools/resolve/resolve.ts'
import { fc, ofSamples } from '../../fast-check.ts'
import { dnsServer, type Zone } from './names.ts'

const ipOf = (index: number) => `10.1.${index >> 8}.${index & 255}`
/** More than UDP carries. */
const many = Array.from({ length: 1500 }, (_, index) => ipOf(index))

const zone: Zone = {
  'app2.corp.example': { a: ['2.3.4.5'] },
  'two.corp.example': { a: ['2.3.4.6', '2.3.4.5'] },
  'dual.corp.example': { a: ['2.3.4.5'], aaaa: ['2001:db8::5'] },
  'six.corp.example': { aaaa: ['2001:DB8:0::6'] },
  'empty.corp.example': {},
  'failing.corp.example': { rcode: 'SERVFAIL' },
  'refusing.corp.example': { rcode: 'REFUSED' },
  'inside.corp.example': { a: ['127.0.0.1'] },
  'local.corp.example': { aaaa: ['fe80::1'] },
  'own.corp.example': { a: ['2.3.4.7'] },
  'silent.corp.example': { silent: true },
  'unable.corp.example': { rcode: 'NOTIMP' },
  'alias.corp.example': { cname: 'second.corp.example' },
  'second.corp.example': { cname: 'two.corp.example' },
  'dangling.corp.example': { cname: 'empty.corp.example' },
  'many.corp.example': { a: many },
  'xn--bcher-kva.example': { a: ['2.3.4.5'] },
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

describe.concurrent('the addresses of a name', () => {
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
      ' [{name: six.corp.example, ip: "2001:db8::6"}]',
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

  it('are those of an alias of DNS, at the end of its chain', async () => {
    const { changes } = await resolve(values(' [{name: alias.corp.example, ip: 2.3.4.5}]'))
    expect(changes).toMatchObject([{ ip: '2.3.4.6', what: 'added' }])
  })

  it('of a name that ends in a dot, or has letters of another script, are looked up', async () => {
    for (const name of ['app2.corp.example.', 'bücher.example'])
      expect((await resolve(values(` [{name: ${name}, ip: 9.9.9.9}]`))).text).toContain('ip: 2.3.4.5}')
  })

  it('are all of them, though UDP holds no more than some', async () => {
    const { text, changes } = await resolve(values('\n      - {name: many.corp.example, ip: 10.1.0.0}'))
    expect(changes).toHaveLength(many.length - 1)
    expect(text.match(/ip: 10\.1\./g)).toHaveLength(many.length)
    expect((await resolve(text)).text).toBe(text)
  })

  it('of thousands of names are looked up, not all at once', async () => {
    const names = Array.from({ length: 3000 }, (_, index) => `n${index}.corp.example`)
    for (const [index, name] of names.entries()) zone[name] = { a: [ipOf(index)] }
    const list = names.map((name, index) => `{name: ${name}, ip: ${ipOf(index)}}`).join(', ')
    expect(await resolve(values(` [${list}]`))).toMatchObject({ changes: [], names: names.length })
  })

  it('of two names are there once, with the one that had it', async () => {
    const list = (...more: string[]) =>
      values(` [${['{name: two.corp.example, ip: 2.3.4.5}', ...more].join(', ')}]`)
    const both = list('{name: dual.corp.example, ip: "2001:db8::5"}')
    expect((await resolve(both)).text).toBe(
      list('{name: two.corp.example, ip: 2.3.4.6}', '{name: dual.corp.example, ip: "2001:db8::5"}'),
    )
    await expect(resolve(list('{name: app2.corp.example, ip: 9.9.9.9}'))).rejects.toThrow(
      'proxies.app.addresses: app2.corp.example stands for no address that another name there does not',
    )
  })

  it('of a map that merges itself are none', async () => {
    await expect(resolve('proxies:\n  app: &app\n    <<: *app\n')).resolves.toMatchObject({ names: 0 })
  })

  it('of one family alone, where that is asked for', async () => {
    const text = values(' [{name: dual.corp.example, ip: 2.3.4.5}]')
    expect((await resolve(text, { family: 'ipv4' })).text).toBe(text)
  })
})

describe.concurrent('whatever a file is written like,', () => {
  const entry = (ip: string) => `{name: app2.corp.example, ip: ${ip}}`
  it.each([
    [
      'an anchor with a dash before an entry stays one',
      '\n      - &my-app2 {name: two.corp.example, ip: 2.3.4.5}',
      '\n      - &my-app2 {name: two.corp.example, ip: 2.3.4.5}\n      - {name: two.corp.example, ip: 2.3.4.6}',
    ],
    [
      'a dash on a line of its own goes with its entry',
      '\n      -\n        name: app2.corp.example\n        ip: 9.9.9.9\n      - {name: app2.corp.example, ip: 2.3.4.5}',
      '\n      - {name: app2.corp.example, ip: 2.3.4.5}',
    ],
    [
      'an entry behind a dash on a line of its own is followed by one at the dash',
      '\n      -\n        name: two.corp.example\n        ip: 2.3.4.5',
      '\n      -\n        name: two.corp.example\n        ip: 2.3.4.5\n      - {name: two.corp.example, ip: 2.3.4.6}',
    ],
    [
      'comments between brackets stay',
      ' [\n      {name: app2.corp.example, # blue\n       ip: 9.9.9.9 # red\n      }, # green\n    ]',
      ' [\n      {name: app2.corp.example, # blue\n       ip: 2.3.4.5 # red\n      }, # green\n    ]',
    ],
    [
      'an address that is not there yet',
      '\n      - {name: app2.corp.example, ip: }',
      '\n      - {name: app2.corp.example, ip: 2.3.4.5}',
    ],
    [
      'a block without an address gets one',
      '\n      - name: app2.corp.example # the red rack\n        zone: a',
      '\n      - name: app2.corp.example # the red rack\n        zone: a\n        ip: 2.3.4.5',
    ],
  ])('%s', async (_, list, expected) => {
    expect((await resolve(values(list))).text).toBe(values(expected))
  })

  it('JSON stays JSON, whatever is added', async () => {
    const file = (list: unknown[]) => JSON.stringify({ proxies: { app: { addresses: list } } }, null, 2)
    const { text } = await resolve(
      file([{ name: 'app2.corp.example' }, '2.3.4.6', { name: 'two.corp.example', ip: '9.9.9.9' }]),
    )
    expect(JSON.parse(text)).toEqual(
      JSON.parse(
        file([
          { name: 'app2.corp.example', ip: '2.3.4.5' },
          { name: 'two.corp.example', ip: '2.3.4.6' },
        ]),
      ),
    )
  })

  it('its line ends stay', async () => {
    const text = values('\n      - {name: dual.corp.example, ip: 2.3.4.5}\n      - 2.3.4.9').replaceAll(
      '\n',
      '\r\n',
    )
    const now = (await resolve(text)).text
    expect(now).toContain(
      'ip: 2.3.4.5}\r\n      - {name: dual.corp.example, ip: "2001:db8::5"}\r\n      - 2.3.4.9\r\n',
    )
    expect(now.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it.each([
    [
      'an entry by two aliases',
      `x: &one ${entry('IP')}\nproxies:\n  a: {addresses: [*one]}\n  b: {addresses: [*one]}\n`,
    ],
    [
      'an entry of one proxy that is another’s, too',
      `proxies:\n  a: {addresses: [&one ${entry('IP')}]}\n  b: {addresses: [*one]}\n`,
    ],
    [
      'a name by a merge',
      'x: &name {name: app2.corp.example}\nproxies:\n  a: {addresses: [{<<: *name, ip: IP}]}\n',
    ],
    [
      'a proxy by a merge',
      `x: &all\n  a: {addresses: [${entry('IP')}]}\nproxies:\n  <<: *all\n  b: {addresses: [9.9.9.9]}\n`,
    ],
    ['all proxies by an alias', `x: &all {a: {addresses: [${entry('IP')}]}}\nproxies: *all\n`],
    [
      'an address of defaults by an anchor',
      `defaults: {addresses: &all [${entry('IP')}]}\nproxies: {a: {addresses: *all}, b: {}}\n`,
    ],
  ])('%s is followed', async (_, text) => {
    const now = await resolve(text.replaceAll('IP', '9.9.9.9'))
    expect(now.text).toBe(text.replaceAll('IP', '2.3.4.5'))
  })

  it('an alias goes, what it stands for stays', async () => {
    const text = `x: &one ${entry('9.9.9.9')}\nproxies:\n  a:\n    addresses:\n      - *one\n      - ${entry('2.3.4.5')}\n`
    expect((await resolve(text)).text).toBe(text.replace('      - *one\n', ''))
  })

  it('what would become wrong elsewhere is not written', async () => {
    const shared = `proxies:\n  a: {addresses: [&one ${entry('9.9.9.9')}, ${entry('2.3.4.5')}]}\n  b: {addresses: [*one]}\n`
    await expect(resolve(shared)).rejects.toThrow('its addresses are shared by anchors (&)')
    const address = 'x: &ip 9.9.9.9\nproxies: {a: {addresses: [{name: app2.corp.example, ip: *ip}]}}\n'
    expect((await resolve(address)).text).toBe(address.replace('*ip', '2.3.4.5'))
  })

  it('a list that stands elsewhere, by an anchor, may grow', async () => {
    const text = `x: &app2\n  - {name: two.corp.example, ip: 2.3.4.6}\nproxies:\n  a: {addresses: *app2}\n  b: {addresses: *app2}\n`
    expect((await resolve(text)).text).toBe(
      text.replace('2.3.4.6}\n', '2.3.4.6}\n  - {name: two.corp.example, ip: 2.3.4.5}\n'),
    )
  })

  it('either all of it is right or nothing is written', async () => {
    const names = ['app2.corp.example', 'two.corp.example', 'six.corp.example', 'own.corp.example']
    const ips = ['2.3.4.5', '2.3.4.6', '9.9.9.9', '9.9.9.8', '2001:db8::6', '2001:db8::9']
    const quote = (ip: string) => (ip.includes(':') ? `"${ip}"` : ip)
    const item = fc.record({
      name: fc.option(fc.constantFrom(...names), { nil: undefined }),
      ip: fc.constantFrom(...ips),
      zone: fc.boolean(),
      form: fc.constantFrom('flow', 'block', 'apart', 'alias', 'anchor', 'merge'),
      comment: fc.boolean(),
    })
    type Item = typeof item extends fc.Arbitrary<infer T> ? T : never
    const file = fc.record({
      lists: fc.array(
        fc.record({
          items: fc.uniqueArray(item, { selector: ({ ip }) => ip, maxLength: 4 }),
          flow: fc.boolean(),
          above: fc.boolean(),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      lineBreak: fc.constantFrom('\n', '\r\n'),
    })
    let right = 0
    const fields = ({ name, ip, zone }: Item) => [
      ...(name ? [`name: ${name}`] : []),
      `ip: ${quote(ip)}`,
      ...(zone ? ['zone: a'] : []),
    ]
    const isRight = async ({ lists, lineBreak }: typeof file extends fc.Arbitrary<infer T> ? T : never) => {
      const anchors: string[] = []
      const written = (one: Item, inFlow: boolean, index: number) => {
        const flow = `{${fields(one).join(', ')}}`
        const end = one.comment && !inFlow ? ' # said' : ''
        if (one.form === 'alias') {
          anchors.push(`x${anchors.length}: &an-${anchors.length} ${flow}`)
          return `*an-${anchors.length - 1} ${end}`
        }
        if (one.form === 'merge' && one.name) {
          anchors.push(`x${anchors.length}: &an-${anchors.length} {name: ${one.name}}`)
          return `{<<: *an-${anchors.length - 1}, ip: ${quote(one.ip)}}${end}`
        }
        if (one.form === 'anchor') return `&own-${index}-${one.ip.replaceAll(/\W/g, '')} ${flow}${end}`
        if (inFlow || one.form === 'flow' || one.form === 'merge') return `${flow}${end}`
        const lines = fields(one).map((field) => `${field}${end}`)
        return (one.form === 'apart' ? ['', ...lines] : lines).join('\n        ')
      }
      const proxies = lists.map(({ items, flow, above }, index) => {
        const all = items.map((one) => written(one, flow, index))
        const list =
          flow || all.length === 0 ? ` [${all.join(', ')}]` : all.map((one) => `\n      - ${one}`).join('')
        if (above) anchors.push(`l${index}: &list-${index}${list}`)
        return `  p${index}:\n    addresses:${above ? ` *list-${index}` : list}\n    # behind it\n    ports: {http: {port: 80}}\n`
      })
      const text = `${anchors.join('\n')}\nproxies:\n${proxies.join('')}`.replaceAll('\n', lineBreak)
      // Of two names with one address the second may be left without any.
      const now = await resolve(text).catch(({ message }) => {
        expect(message).toContain('another name there')
      })
      if (!now) return
      right += 1
      expect(now.text.split(lineBreak).join('')).not.toMatch(/[\r\n]/)
      const found = parse(now.text, { merge: true }).proxies
      for (const [index, { items }] of lists.entries()) {
        const entries: { name?: string; ip: string }[] = found[`p${index}`].addresses
        expect(found[`p${index}`].ports).toEqual({ http: { port: 80 } })
        const followed = new Set(items.flatMap(({ name }) => name ?? []))
        const looked = [...followed].flatMap((name) => [
          ...(zone[name]?.a ?? []),
          ...(zone[name]?.aaaa ?? []).map((ip) => ip.replace('DB8:0:', 'db8:')),
        ])
        const kept = items.filter(({ name }) => !name).map(({ ip }) => ip)
        expect(new Set(entries.map(({ ip }) => ip))).toEqual(new Set([...looked, ...kept]))
      }
      expect((await resolve(now.text)).text).toBe(now.text)
    }
    // At the same time, since most of it is waiting for answers.
    const files = fc.array(file, { minLength: 10, maxLength: 10 })
    await fc.assert(
      fc.asyncProperty(files, async (all) => void (await Promise.all(all.map(isRight)))),
      { numRuns: ofSamples(30) },
    )
    expect(right).toBeGreaterThan(0)
  }, 120_000)
})

describe.concurrent('nothing is written', () => {
  it.each([
    ['gone.corp.example', 'there is no such name'],
    ['empty.corp.example', 'has no address'],
    ['failing.corp.example', 'the server failed'],
    ['refusing.corp.example', 'the server refused'],
    ['inside.corp.example', '127.0.0.1 is a loopback address'],
    ['local.corp.example', 'fe80::1 is a linkLocal address'],
    ['dangling.corp.example', 'has no address'],
    ['unable.corp.example', 'the server does not answer such questions'],
    [`${'a'.repeat(64)}.corp.example`, 'it is not a DNS name'],
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

  it('into a file of two documents, of which Helm reads one', async () => {
    const text = `${values(' [{name: app2.corp.example, ip: 9.9.9.9}]')}---\nproxies: {}\n`
    await expect(resolve(text)).rejects.toThrow('line 7: Helm reads the first document alone')
  })

  it('where two names fail, and both are said', async () => {
    const list = ' [{name: gone.corp.example, ip: 2.3.4.5}, {name: empty.corp.example, ip: 2.3.4.6}]'
    await expect(resolve(values(list))).rejects.toThrow(/gone\.corp.*\n.*empty\.corp/)
  })

  it('where no server is there', async () => {
    const text = values(' [{name: app2.corp.example, ip: 2.3.4.5}]')
    await expect(resolve(text, { servers: ['127.0.0.1:1'], timeout: 50 })).rejects.toThrow(/no server/)
  })

  it('where a server does not answer', async () => {
    const text = values(' [{name: silent.corp.example, ip: 2.3.4.5}]')
    await expect(resolve(text, { timeout: 50 })).rejects.toThrow('no server answered in time')
  })
})

describe('a probe', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'app2' }])
  const certificate = { key, cert }
  const servers: Server[] = []
  afterEach(() => {
    for (const one of servers.splice(0)) one.close()
  })
  const listening = async (one: Server) => {
    servers.push(one)
    await new Promise<void>((done) => one.listen(0, '127.0.0.2', done))
    return (one.address() as AddressInfo).port
  }
  /** An address that may be drained, since another stays. */
  const lone = '[{name: a.example, ip: 127.0.0.2}, 9.9.9.9]'
  /** A server that never comes to an end of its answer's head. */
  const dripping = (socket: Socket) => {
    const drip = setInterval(() => socket.write('HTTP'), 20)
    socket.on('error', () => {}).on('close', () => clearInterval(drip))
  }
  /** What becomes of a list of addresses at that port. */
  const asked = async (how: 'tcp' | 'http', port: number, list: string, drainLast = false, more = '') => {
    const text = `proxies: {app: {ports: {http: {port: ${port}}}, ${more}addresses: ${list}}}\n`
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

  it.each<[what: string, how: 'tcp' | 'http', make: () => Server, lives: boolean]>([
    ['one that accepts and says nothing', 'http', () => createServer(), false],
    ['one that accepts and says nothing', 'tcp', () => createServer(), true],
    ['one that resets', 'http', () => createServer((socket) => socket.resetAndDestroy()), false],
    ['one that says a byte now and then', 'http', () => createServer(dripping), false],
    ['one that redirects', 'http', () => httpServer((_, response) => response.writeHead(302).end()), true],
    [
      'one that wants a login',
      'http',
      () => httpServer((_, response) => response.writeHead(401).end()),
      true,
    ],
    [
      'one that is down behind its proxy',
      'http',
      () => httpServer((_, response) => response.writeHead(503).end()),
      false,
    ],
    ['one that speaks TLS alone', 'http', () => tlsServer(certificate), false],
    [
      'one that speaks something else',
      'http',
      () => createServer((socket) => socket.end('220 mail\r\n')),
      false,
    ],
  ])('of %s, by %s', async (_, how, make, lives) => {
    const port = await listening(make())
    expect((await asked(how, port, lone)).changes).toEqual(lives ? [] : ['drained'])
  })

  it.each<[protocol: string, make: () => Server]>([
    ['https', () => httpsServer(certificate, (_, response) => response.end())],
    ['h2c', () => http2Server((_, response) => response.end())],
    ['grpc', () => http2Server((_, response) => response.stream.close())],
    ['grpcs', () => http2SecureServer(certificate, (_, response) => response.stream.close())],
  ])('speaks %s as App2 does', async (protocol, make) => {
    const port = await listening(make())
    const backend = `backend: {protocol: ${protocol}}, `
    expect((await asked('http', port, lone, true, backend)).changes).toEqual([])
    const other = await listening(createServer())
    expect((await asked('http', other, lone, true, backend)).changes).toEqual(['drained'])
  })

  it('asks for all proxies that have an address, by an anchor or by defaults', async () => {
    const port = await listening(createServer())
    const list = '[{name: a.example, ip: 127.0.0.2}, 9.9.9.9]'
    const shared = [
      `proxies: {a: {addresses: &all ${list}, ports: {x: {port: ${port}}}}, b: {addresses: *all, ports: {x: {port: 1}}}}\n`,
      `defaults: {addresses: ${list}}\nproxies: {a: {ports: {x: {port: ${port}}}}, b: {ports: {x: {port: 1}}}}\n`,
      `x: &ports {ports: {x: {port: 1}}}\nproxies: {a: {<<: *ports, addresses: ${list}}}\n`,
    ]
    for (const text of shared) {
      const { text: now } = await probed(text, { how: 'tcp', tries: 1, timeout: 200 })
      expect(now).toBe(text.replace('127.0.0.2}', '127.0.0.2, ready: false}'))
    }
  })

  it('of a list that shares its last address with another drains it in neither', async () => {
    const text =
      'x: &one {name: a.example, ip: 127.0.0.3}\nproxies: {a: {addresses: [*one], ports: {x: {port: 1}}}, b: {addresses: [*one, 9.9.9.9], ports: {x: {port: 1}}}}\n'
    expect(await probed(text, { how: 'tcp', tries: 1, timeout: 200 })).toMatchObject({
      text,
      changes: [{ what: 'dead, but the last' }, { what: 'dead, but the last' }],
    })
  })

  it('writes JSON into JSON, and beside comments', async () => {
    const json =
      '{"proxies": {"a": {"ports": {"x": {"port": 1}}, "addresses": ["9.9.9.9", {"name": "a.example", "ip": "127.0.0.3"}]}}}'
    const probe = { how: 'tcp', tries: 1, timeout: 200 } as const
    expect(JSON.parse((await probed(json, probe)).text).proxies.a.addresses[1]).toEqual({
      name: 'a.example',
      ip: '127.0.0.3',
      ready: false,
    })
    const block =
      'proxies:\n  a:\n    ports: {x: {port: 1}}\n    addresses:\n      - 9.9.9.9\n      - name: a.example\n        ip: 127.0.0.3 # red\n'
    expect((await probed(block, probe)).text).toBe(`${block}        ready: false\n`)
  })
})

it('of many names, few are asked for at once', async () => {
  const waiting = { now: 0, most: 0 }
  const socket = createSocket('udp4')
  socket.on('message', async (message, from) => {
    waiting.now += 1
    waiting.most = Math.max(waiting.most, waiting.now)
    await sleep(5)
    waiting.now -= 1
    const { id = 0, questions = [] } = decode(message)
    const answers = questions.flatMap(({ type, name }) =>
      type === 'A' ? [{ type, name, ttl: 1, data: ipOf(Number.parseInt(name.slice(1), 10)) } as const] : [],
    )
    socket.send(encode({ type: 'response', id, questions, answers }), from.port)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const list = Array.from({ length: 500 }, (_, index) => `\n      - {name: a${index}.corp.example}`)
  const { names } = await resolved(values(list.join('')), { servers: [`127.0.0.1:${socket.address().port}`] })
  socket.close()
  expect(names).toBe(500)
  expect(waiting.most).toBeGreaterThan(1)
  expect(waiting.most).toBeLessThanOrEqual(128) // Of each, both families.
})
