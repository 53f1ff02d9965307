import { createServer as httpServer } from 'node:http'
import { createSecureServer as http2SecureServer, createServer as http2Server } from 'node:http2'
import { createServer as httpsServer } from 'node:https'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as tlsServer } from 'node:tls'
import { generate } from 'selfsigned'
import { afterAll, describe, expect, it } from 'vitest'
import { probed } from '../../../tools/resolve/resolve.ts'

describe.concurrent('a probe', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'app2' }])
  const certificate = { key, cert }
  const servers: Server[] = []
  afterAll(() => {
    for (const one of servers) one.close()
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
  /** For what says nothing; and for what answers, which on a busy machine may take long. */
  const [short, long] = [
    { tries: 2, timeout: 200 },
    { tries: 1, timeout: 30_000 },
  ]
  /** What becomes of a list of addresses at that port. */
  const asked = async (
    how: 'tcp' | 'http',
    port: number,
    list: string,
    { drainLast = false, more = '', time = short } = {},
  ) => {
    const text = `proxies: {app: {ports: {http: {port: ${port}}}, ${more}addresses: ${list}}}\n`
    const { text: now, changes } = await probed(text, { how, ...time }, drainLast)
    return { list: now.slice(now.indexOf('addresses: ') + 11, -3), changes: changes.map(({ what }) => what) }
  }

  it.each<['tcp' | 'http', () => Server]>([
    ['tcp', () => createServer()],
    ['http', () => httpServer((_, response) => response.writeHead(404).end())],
  ])('by %s drains what does not answer, and takes back what does', async (how, make) => {
    const port = await listening(make())
    const list = '[{name: a.example, ip: 127.0.0.2, ready: false}, {name: a.example, ip: 127.0.0.3}]'
    expect(await asked(how, port, list, { time: long })).toEqual({
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
    expect((await asked('tcp', 1, list, { drainLast: true })).changes).toEqual(['drained', 'drained'])
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
    const { changes } = await asked(how, port, lone, { time: lives ? long : short })
    expect(changes).toEqual(lives ? [] : ['drained'])
  })

  it.each<[protocol: string, make: () => Server]>([
    ['https', () => httpsServer(certificate, (_, response) => response.end())],
    ['h2c', () => http2Server((_, response) => response.end())],
    ['grpc', () => http2Server((_, response) => response.stream.close())],
    ['grpcs', () => http2SecureServer(certificate, (_, response) => response.stream.close())],
  ])('speaks %s as App2 does', async (protocol, make) => {
    const port = await listening(make())
    const options = { drainLast: true, more: `backend: {protocol: ${protocol}}, ` }
    expect((await asked('http', port, lone, { ...options, time: long })).changes).toEqual([])
    const other = await listening(createServer())
    expect((await asked('http', other, lone, options)).changes).toEqual(['drained'])
  })

  it('asks for all proxies that have an address, by an anchor or by defaults', async () => {
    const port = await listening(createServer())
    const list = '[{name: a.example, ip: 127.0.0.2}, 9.9.9.9]'
    const shared = [
      `proxies: {a: {addresses: &all ${list}, ports: {x: {port: ${port}}}}, b: {addresses: *all, ports: {x: {port: 1}}}}\n`,
      `defaults: {addresses: ${list}}\nproxies: {a: {ports: {x: {port: ${port}}}}, b: {ports: {x: {port: 1}}}}\n`,
      `x: &ports {ports: {x: {port: 1}}}\nproxies: {a: {<<: *ports, addresses: ${list}}}\n`,
    ]
    const umbrella = (below: string) => `one: ${below}two: {proxies: {a: {ports: {x: {port: 1}}}}}\n`
    shared.push(
      umbrella(`{defaults: {ports: {x: {port: 1}}}, proxies: {a: {addresses: ${list}}}}\n`),
      `above: {two: {proxies: {a: {addresses: ${list}, ports: {x: {port: 1}}}}}}\n`,
    )
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
