import { afterEach, describe, expect, it } from 'vitest'
import { acceptedAt } from '../../tools/cluster/machines/accepted.ts'
import type { Request } from '../../tools/cluster/machines/request.ts'
import { authorityOf } from './certificates.ts'
import { cluster } from './cluster.ts'

/** What App2 can be, seen from a node with nothing between: what later tests stand on. */
const app2 = { address: '2.3.4.6', tcp: 8181, h2c: 8182, tls: 8183, greeting: 8125, udp: 8153 }
const host = 'app2.example.net'
const authority = await authorityOf('an authority')
const stranger = await authorityOf('another authority')
await cluster.startEcho({
  machine: 'app2-moved',
  tcp: [app2.tcp],
  h2c: [app2.h2c],
  greeting: [app2.greeting],
  udp: [{ address: app2.address, port: app2.udp }],
  tls: [{ port: app2.tls, ...(await authority.issue([host])) }],
})

const node = cluster.machine('node1')
const ask = (port: number, request: Omit<Request, 'address' | 'port'>) =>
  node.send({ address: app2.address, port, host, ...request })

describe('App2 is spoken to', () => {
  it.for([
    ['http', app2.tcp, { protocol: 'http/1.1', method: 'GET' }],
    ['h2c', app2.h2c, { protocol: 'h2c', method: 'GET' }],
    ['https', app2.tls, { protocol: 'http/1.1', method: 'GET', serverName: host }],
    ['grpc', app2.h2c, { protocol: 'h2c', method: 'POST' }],
    ['grpcs', app2.tls, { protocol: 'h2', method: 'POST', serverName: host }],
  ] as const)('by %s, and says how', async ([protocol, port, said]) => {
    const outcome = await ask(port, { protocol, path: '/app2.Echo/Say?x=1', headers: { 'x-said': 'this' } })
    expect(outcome).toMatchObject({
      status: 200,
      ...(protocol.startsWith('grpc') && { grpcStatus: 0 }),
      echo: {
        machine: 'app2-moved',
        local: { address: app2.address, port },
        peer: cluster.addressing.node('node1').back.ipv4,
        authority: host,
        path: '/app2.Echo/Say?x=1',
        headers: { 'x-said': 'this' },
        ...said,
      },
    })
    if (!('serverName' in said)) expect(outcome).not.toHaveProperty('echo.serverName')
  })

  it.for([
    ['http', app2.h2c],
    ['https', app2.h2c],
    ['h2c', app2.tcp],
    ['grpc', app2.tcp],
    ['http', app2.tls],
    ['grpc', app2.tls],
    ['grpcs', app2.tcp],
  ] as const)('and not by %s on port %i', async ([protocol, port]) => {
    expect(await ask(port, { protocol })).toHaveProperty('failure')
  })

  it('with the method and the query of a URL', async () => {
    const url = `http://${host}:${app2.tcp}/path?query=1`
    expect(await node.http(url, { resolve: app2.address, method: 'DELETE' })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json' },
      echo: { method: 'DELETE', path: '/path?query=1', authority: `${host}:${app2.tcp}` },
    })
  })
})

it('App2 speaks first, as SMTP does, and then sends back what it gets', async () => {
  const flow = node.flow({ protocol: 'tcp', address: app2.address, port: app2.greeting })
  const greeted = await node.send({ protocol: 'tcp', address: app2.address, port: app2.greeting })
  expect(greeted).toMatchObject({
    body: `220 hello from app2-moved at ${app2.address} port ${app2.greeting}\r\n`,
  })
  expect(await flow.ask()).toMatchObject({ body: 'still there?\r\n' })
  expect(await flow.ask()).toMatchObject({ body: 'still there?\r\n' })
  flow.close()
})

describe('App2 says what it accepted', () => {
  it.for([
    ['http', app2.tcp, 'tcp', 1],
    ['tcp', app2.greeting, 'tcp', 1],
    // A connection that never gets as far as to a request is one, too.
    ['tcp', app2.tls, 'tcp', 1],
    ['http', 8184, 'tcp', 0],
    ['udp', app2.udp, 'udp', 1],
  ] as const)('%s to port %i', async ([protocol, port, transport, count]) => {
    const accepted = () => acceptedAt(cluster.machine('app2-moved'), app2.tcp, port)
    const before = (await accepted()).length
    const began = Date.now()
    await ask(port, { protocol, seconds: 0.5 })
    // It hears of a client who says nothing some time after he has given up, on a busy machine.
    const after = await cluster.until('App2 has accepted it', async () => {
      const found = (await accepted()).slice(before)
      return found.length >= count ? found : undefined
    })
    expect(after).toHaveLength(count)
    for (const { at, ...one } of after) {
      expect(at).toBeGreaterThanOrEqual(began)
      const peer = { address: cluster.addressing.node('node1').back.ipv4, port: expect.any(Number) }
      expect(one).toEqual({ protocol: transport, local: { address: app2.address, port }, peer })
    }
  })

  it('and all of one flow as one connection, or as datagrams of one peer', async () => {
    for (const [protocol, port, count] of [
      ['tcp', app2.greeting, 1],
      ['udp', app2.udp, 3],
    ] as const) {
      const accepted = () => acceptedAt(cluster.machine('app2-moved'), app2.tcp, port)
      const before = (await accepted()).length
      const flow = node.flow({ protocol, address: app2.address, port })
      for (let asked = 0; asked < 3; asked++) expect(await flow.ask()).toHaveProperty('status', 200)
      flow.close()
      const after = (await accepted()).slice(before)
      expect(after).toHaveLength(count)
      expect(new Set(after.map(({ peer }) => peer.port)).size).toBe(1)
    }
  })
})

describe("App2's certificate", () => {
  it.for(['https', 'grpcs'] as const)(
    'is shown, and trusted by its authority alone: %s',
    async (protocol) => {
      const certificate = { subject: `CN=${host}`, subjectAltName: `DNS:${host}`, issuer: 'CN=an authority' }
      expect(await ask(app2.tls, { protocol })).toMatchObject({ certificate })
      expect(await ask(app2.tls, { protocol, ca: authority.cert })).toMatchObject({
        status: 200,
        certificate,
      })
      expect(await ask(app2.tls, { protocol, ca: stranger.cert })).toMatchObject({ failure: 'untrusted' })
    },
  )

  it('is of its own name alone', async () => {
    const trusting = { protocol: 'https', ca: authority.cert } as const
    expect(await ask(app2.tls, { ...trusting, host: 'other.example.net' })).toMatchObject({
      failure: 'untrusted',
      detail: expect.stringContaining(`DNS:${host}`),
    })
    expect(await ask(app2.tls, { ...trusting, host: 'other.example.net', serverName: host })).toMatchObject({
      echo: { authority: 'other.example.net', serverName: host },
    })
  })

  it('is asked for without a name where there is an address alone', async () => {
    const outcome = await node.http(`https://${app2.address}:${app2.tls}/`)
    expect(outcome).toMatchObject({ status: 200, echo: { protocol: 'http/1.1' } })
    expect(outcome).not.toHaveProperty('echo.serverName')
  })

  it('a port that is closed is refused, whatever is trusted', async () => {
    expect(await ask(8184, { protocol: 'https', ca: stranger.cert })).toMatchObject({ failure: 'refused' })
  })
})

describe('App2 can be', () => {
  afterEach(async () => {
    await node.http(`http://${app2.address}:${app2.tcp}/echo:well`)
  })

  it.for([
    ['http', app2.tcp],
    ['h2c', app2.h2c],
    ['grpcs', app2.tls],
  ] as const)('slow, and still there for whoever waits longer: %s', async ([protocol, port]) => {
    const slow = { protocol, path: '/echo:slow/1000' } as const
    expect(await ask(port, { ...slow, seconds: 0.2 })).toMatchObject({ failure: 'timed out' })
    const began = performance.now()
    expect(await ask(port, { ...slow, seconds: 10 })).toMatchObject({ status: 200 })
    expect(performance.now() - began).toBeGreaterThanOrEqual(999)
  })

  it('ill on all of its ports, until it is well again', async () => {
    const states = () =>
      Promise.all([
        ask(app2.tcp, { protocol: 'http' }),
        ask(app2.h2c, { protocol: 'h2c' }),
        ask(app2.h2c, { protocol: 'grpc' }),
        ask(app2.tls, { protocol: 'https' }),
      ])
    await ask(app2.tcp, { protocol: 'http', path: '/echo:ill' })
    expect(await states()).toMatchObject([
      { status: 503 },
      { status: 503 },
      { status: 503, grpcStatus: 14 },
      { status: 503 },
    ])
    await ask(app2.tcp, { protocol: 'http', path: '/echo:well' })
    expect(await states()).toMatchObject([
      { status: 200 },
      { status: 200 },
      { status: 200, grpcStatus: 0 },
      { status: 200 },
    ])
  })

  it('dead to everyone, and alive again', async () => {
    const alone = cluster.machine('app2-moved')
    await alone.ip(['rule add pref 1 blackhole'])
    try {
      const dead = await ask(app2.tcp, { protocol: 'http', seconds: 0.5 })
      expect(dead).toMatchObject({ failure: 'timed out' })
    } finally {
      await alone.ip(['rule del pref 1'])
    }
    expect(await ask(app2.tcp, { protocol: 'http' })).toMatchObject({ status: 200 })
  })

  it.for([
    ['http', app2.tcp],
    ['grpcs', app2.tls],
  ] as const)('asked 40 times in a row, each by a connection of its own: %s', async ([protocol, port]) => {
    let answered = 0
    for (let sent = 0; sent < 40; sent++) {
      if ('echo' in (await ask(port, { protocol }))) answered++
    }
    expect(answered).toBe(40)
  })
})
