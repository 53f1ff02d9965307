import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { html } from '../../../tools/html.ts'
import { pageOf } from '../../../tools/report/page.ts'
import { reportOf } from '../../../tools/report/report.ts'
import { app } from '../../values.ts'
import { ran } from '../commands/ran.ts'

const noSet = { set: [], setString: [], setJson: [] }
const reported = (values: unknown, name = 'values.yaml') =>
  reportOf([{ name, bytes: Buffer.from(JSON.stringify(values)) }], noSet)
const page = async (values: unknown, name?: string) => pageOf(await reported(values, name))
const text = (markup: string) => markup.replaceAll(/<[^>]*>/g, '')

describe.concurrent('what stands in a page is text', () => {
  const tag = '<img src=x onerror="alert(1)">'
  it('in a template', () => {
    expect(html`<p title="${tag}">${[tag, html`<b>${"&'"}</b>`]}</p>`.markup).toBe(
      '<p title="&#60;img src=x onerror=&#34;alert(1)&#34;&#62;">&#60;img src=x onerror=&#34;alert(1)&#34;&#62;<b>&#38;&#39;</b></p>',
    )
  })

  it('a thing that looks like markup is none', () => {
    const forged: unknown = JSON.parse(JSON.stringify({ markup: tag }))
    expect(html`${forged as string}`.markup).toBe('[object Object]')
  })

  it.each([
    ['a file’s name', app(), `${tag}.yaml`],
    ['a key', { proxies: { [tag]: {} } }, undefined],
    ['a value that is refused', app({ addresses: [tag] }), undefined],
    [
      'an object',
      app({ service: { annotations: { 'a.example.com/b': tag } }, sourceRanges: ['0.0.0.0/0'] }),
      undefined,
    ],
  ])('%s', async (_, values, name) => {
    const markup = await page(values, name)
    expect(markup).not.toContain('<img')
    expect(markup).toContain('img src=x')
  })
})

describe.concurrent('a page', async () => {
  const whole = await page(app({ ingress: { controller: 'contour', hosts: ['a.example.com'] } }))

  it('asks nothing of the network', () => {
    expect(whole).not.toMatch(/<link|<img|<iframe|@import|url\(|src=|href="[^#]/)
    expect(whole).toContain('content="default-src &#39;none&#39;; ')
  })

  it('says each door, with what must be so for it', () => {
    expect(text(whole)).toMatch(
      /held\s*HTTPProxy\s*http:\/\/a\.example\.com\/\s*2\.3\.4\.5:8080\s*1\.2\.3\.4\/32/,
    )
    const ids = [...whole.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    const links = [...whole.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(links))
  })

  it('has each object as Helm prints it, in colors', async () => {
    const { made } = await reported(app())
    expect(made?.manifests.map(({ title }) => title)).toEqual([
      'Service default/app',
      'EndpointSlice default/app-ipv4',
    ])
    expect(text(made?.manifests[0]?.code.markup ?? '')).toMatch(/^apiVersion: v1\nkind: Service\n/)
    expect(whole).toContain('<span class="hljs-attr">loadBalancerSourceRanges:</span>')
  })

  it('of values that are refused says why, and where', async () => {
    const refused = await page(app({ sourceRanges: ['1.2.3.4'] }))
    expect(text(refused)).toMatch(/Refused: a problem[\s\S]*values\.yaml:1:\d+: proxies\.app\.sourceRanges/)
    expect(refused).toContain('<mark>&#34;1.2.3.4&#34;</mark>')
    expect(refused).not.toContain('<table')
  })
})

describe('report', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'report-'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const report = (...args: string[]) => ran(['report', ...args], { folder, input: JSON.stringify(app()) })

  it('writes the file whole, where the user is, or not at all', async () => {
    expect((await report('-', '-o', 'page.html')).exitCode).toBe(0)
    expect(await readFile(join(folder, 'page.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
    const lost = await report('none.yaml', '-o', 'lost.html')
    expect([lost.exitCode, lost.stderr]).toEqual([2, 'none.yaml: no such file'])
    expect(await readdir(folder)).toEqual(['page.html'])
  })

  it('of refused values writes the page and exits with 1', async () => {
    const { stdout, exitCode } = await report('-', '--set', 'platform=azur', '--output', '-')
    expect(exitCode).toBe(1)
    expect(text(stdout)).toContain('did you mean azure?')
  })

  describe('--proved', () => {
    const row = { proxy: 'app', door: 'load balancer', who: 'App1', from: '1.2.3.4', at: '10.0.0.1:80' }
    const proof = {
      version: 1,
      verdict: 'not as the values say',
      why: ['1 of 1 tries did not go as the values say'],
      rows: [{ ...row, expected: 'App2 answers', seen: 'timed out', ok: false }],
      notTried: [{ proxy: 'app', what: 'the node port', why: 'it has none' }],
    }
    const proved = async (content: unknown) => {
      await writeFile(
        join(folder, 'proof.json'),
        typeof content === 'string' ? content : JSON.stringify(content),
      )
      return report('-', '--proved', 'proof.json')
    }

    it('shows what packets said, and exits as prove does', async () => {
      const { stdout, exitCode } = await proved(proof)
      expect(exitCode).toBe(1)
      expect(text(stdout)).toMatch(
        /wrong\s*app\s*load balancer\s*App1\s*1\.2\.3\.4\s*10\.0\.0\.1:80\s*App2 answers\s*timed out/,
      )
      expect(text(stdout)).toContain('app: the node port: it has none')
    })

    it.each([
      ['is no JSON', '{', /^proof\.json: it is no JSON/],
      ['is another', { version: 1 }, /^proof\.json: it is not what "prove --json" prints: .*verdict/],
      [
        'is of other values',
        { ...proof, judged: { doors: [{ id: 'load balancer default/other TCP 80' }], problems: [] } },
        /^proof\.json: it is of other values, which have a door load balancer default\/other TCP 80/,
      ],
    ])('says in words that a file %s', async (_, content, words) => {
      const { stdout, stderr, exitCode } = await proved(content)
      expect([stdout, exitCode]).toEqual(['', 2])
      expect(stderr).toMatch(words)
    })
  })
})
