import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { decode, encode } from 'dns-packet'
import { describe, expect, it } from 'vitest'
import { resolved } from '../../../tools/resolve/resolve.ts'
import { ipOf, many, resolving, values, zone } from './zone.ts'

const resolve = resolving()

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
      'one more follows the last of them',
      ' [{name: three.corp.example, ip: 2.3.4.5}, 2.3.4.9, {name: three.corp.example, ip: 2.3.4.6}, 2.3.4.8]',
      ' [{name: three.corp.example, ip: 2.3.4.5}, 2.3.4.9, {name: three.corp.example, ip: 2.3.4.6}, {name: three.corp.example, ip: 2.3.4.7}, 2.3.4.8]',
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
    const names = Array.from({ length: 1000 }, (_, index) => `n${index}.corp.example`)
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

  it('of proxies below the names of an umbrella chart, as far as its umbrella', async () => {
    const proxies = (ip: string) => `{app: {addresses: [{name: app2.corp.example, ip: ${ip}}]}}`
    const text = (ip: string) => `# whose
partners: &partners
  defaults: {addresses: [{name: app2.corp.example, ip: ${ip}}]}
  proxies: ${proxies(ip)}
again: *partners
proxies: {enabled: true, proxies: ${proxies(ip)}} # an alias of that name
above: {suppliers: {namePrefix: a, proxies: ${proxies(ip)}}}
others: [{proxies: ${proxies('9.9.9.9')}}]
`
    const { text: now, changes, names } = await resolve(text('9.9.9.9'))
    expect(now).toBe(text('2.3.4.5'))
    expect(changes.flatMap(({ path, what }) => (what === 'added' ? [path] : []))).toEqual([
      'partners.defaults.addresses',
      'partners.proxies.app.addresses',
      'proxies.proxies.app.addresses',
      'above.suppliers.proxies.app.addresses',
    ])
    expect(names).toBe(1)
  })

  it('of a map that merges itself are none', async () => {
    await expect(resolve('proxies:\n  app: &app\n    <<: *app\n')).resolves.toMatchObject({ names: 0 })
    await expect(resolve('a: &a\n  a: *a\n')).resolves.toMatchObject({ names: 0 })
  })

  it('of one family alone, where that is asked for', async () => {
    const text = values(' [{name: dual.corp.example, ip: 2.3.4.5}]')
    expect((await resolve(text, { family: 'ipv4' })).text).toBe(text)
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
