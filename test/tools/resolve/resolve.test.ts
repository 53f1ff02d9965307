import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { fc, ofSamples } from '../../fast-check.ts'
import { resolving, values, zone } from './zone.ts'

const resolve = resolving()

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
    await expect(resolve(text)).rejects.toThrow('line 8: Helm reads the first document alone')
    const ended = (ip: string) => `${values(` [{name: app2.corp.example, ip: ${ip}}]`)}---\n# the end\n`
    expect((await resolve(ended('9.9.9.9'))).text).toBe(ended('2.3.4.5'))
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
