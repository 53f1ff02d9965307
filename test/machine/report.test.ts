/** The page of `report` in a real browser: run outside of the sandbox, where that can be fetched. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { execa } from 'execa'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { browserTool, problemsWith } from '../../tools/programs/tools.ts'
import { pageOf } from '../../tools/report/page.ts'
import { type Report, reportOf } from '../../tools/report/report.ts'
import { app } from '../values.ts'

const noSet = { set: [], setString: [], setJson: [] }
const of = (values: object) =>
  reportOf([{ name: 'values.yaml', bytes: Buffer.from(JSON.stringify(values)) }], noSet)

/** Doors of every state, so that each of its colors is there; and tries of every outcome. */
async function everything(): Promise<Report> {
  const [proxy] = Object.values(app({ ingress: { controller: 'contour', hosts: ['a.example.com'] } }).proxies)
  const { ingress: _, ...plain } = { ...proxy }
  const proxies = {
    held: proxy,
    alike: plain,
    open: { ...plain, sourceRanges: ['0.0.0.0/0'] },
    drained: { ...plain, addresses: [{ ip: '2.3.4.6', ready: false }] },
  }
  const row = { proxy: 'held', door: 'load balancer', who: 'App1', from: '1.2.3.4', at: '10.0.0.1' } as const
  const rows = [
    { ...row, expected: 'App2 answers', seen: '2.3.4.5 port 8080 answered', ok: true },
    { ...row, expected: 'refused', seen: '2.3.4.5 port 8080 answered', ok: true, notHeld: 'the firewall' },
    { ...row, expected: 'App2 answers', seen: 'timed out', ok: false },
  ]
  const why = ['1 of 3 tries did not go as the values say']
  return {
    ...(await of({ proxies })),
    proof: { version: 1, verdict: 'not as the values say', why, rows, notTried: [] },
  }
}

let folder = ''
let browser: Browser
let context: BrowserContext
const asked: string[] = []

beforeAll(async () => {
  expect(await problemsWith([browserTool])).toEqual([])
  folder = await mkdtemp(join(tmpdir(), 'report-'))
  await writeFile(join(folder, 'all.html'), await pageOf(await everything()))
  await writeFile(join(folder, 'refused.html'), await pageOf(await of(app({ sourceRanges: ['1.2.3.4'] }))))
  const { stdout: executablePath } = await execa('sh', ['-c', 'command -v chromium'])
  browser = await chromium.launch({ executablePath })
})
afterEach(() => context.close())
afterAll(async () => {
  await browser?.close()
  await rm(folder, { recursive: true })
})

/** So long a busy machine may take. */
const soon = { timeout: 60_000 }

/** A page in a window of its own; what it asks for, and what goes wrong in it, is an error. */
async function opened(name: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  context = await browser.newContext(options)
  context.setDefaultTimeout(soon.timeout)
  const page = await context.newPage()
  asked.length = 0
  page.on('request', (request) => asked.push(request.url()))
  page.on('pageerror', (error) => asked.push(error.message))
  page.on('console', (message) => asked.push(message.text()))
  const { href } = pathToFileURL(join(folder, name))
  await page.goto(href)
  expect(asked).toEqual([href])
  return page
}

describe.each(['all.html', 'refused.html'])('%s', (name) => {
  describe.each([500, 1280])('%s pixels wide', (width) => {
    it.each(['light', 'dark'] as const)('in the %s, everyone can read it', async (colorScheme) => {
      const page = await opened(name, { viewport: { width, height: 800 }, colorScheme, bypassCSP: true })
      await page.addScriptTag({ content: axe.source })
      const { violations } = (await page.evaluate('axe.run()')) as {
        violations: { id: string; nodes: { html: string }[] }[]
      }
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(overflow).toBeLessThanOrEqual(0)
    })
  })
})

it('letters of the picture are as large as they were drawn, in a narrow window too', async () => {
  const page = await opened('all.html', { viewport: { width: 500, height: 800 } })
  const picture = page.locator('svg:visible')
  expect(await picture.count()).toBe(1)
  const [drawn, shown] = [await picture.getAttribute('width'), (await picture.boundingBox())?.width]
  expect(shown).toBeCloseTo(Number(drawn), 0)
})

describe('with the keyboard', () => {
  it('the first stop leads to the content, and every stop is to be seen', async () => {
    const page = await opened('all.html')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toBe('content')
    const outlines = new Set()
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press('Tab')
      outlines.add(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'))
    }
    expect([...outlines]).toEqual(['solid'])
  })

  it('doors are filtered by words and states, and the number is said', async () => {
    const page = await opened('all.html')
    const shown = () => page.locator('tr[data-state]:visible').count()
    const said = () => page.locator('#filter [role=status]').textContent()
    const all = await shown()
    expect(await said()).toBe(`${all} of ${all} doors`)
    await page.getByLabel('Show doors with').fill('HTTPProxy')
    expect([await shown(), await said()]).toEqual([1, `1 of ${all} doors`])
    expect(await page.locator('[scope=rowgroup]:visible').allTextContents()).toEqual(['default/held'])
    await page.getByLabel('Show doors with').fill('')
    await page.getByRole('checkbox', { name: 'held' }).press('Space')
    await page.getByRole('checkbox', { name: 'closed' }).press('Space')
    const left = page.locator('tr[data-state]:visible .state')
    await expect.poll(() => left.allTextContents(), soon).toEqual(['drained', 'open'])
  })
})

describe('a button copies', () => {
  it('an object, and says so', async () => {
    const page = await opened('all.html', { permissions: ['clipboard-read', 'clipboard-write'] })
    const object = page.locator('details').first()
    await object.locator('summary').click()
    await object.getByRole('button').click()
    await expect.poll(() => page.locator('#said').textContent(), soon).toMatch(/^Copied Service default\//)
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/^apiVersion: v1\nkind: Service\n/)
  })

  it('nothing where the browser forbids it, but marks it for the keyboard', async () => {
    const page = await opened('all.html')
    await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error())')
    const object = page.locator('details').first()
    await object.locator('summary').click()
    await object.getByRole('button').click()
    await page.getByText('Marked: press Ctrl+C').first().waitFor()
    const marked = () => page.evaluate('String(getSelection())')
    await expect.poll(marked, soon).toMatch(/^apiVersion: v1\nkind: Service\n/)
  })
})

it('is printed with every object, and without what only a screen has use for', async () => {
  const page = await opened('all.html')
  expect(await page.locator('details:not([open])').count()).toBeGreaterThan(6)
  await page.evaluate('dispatchEvent(new Event("beforeprint"))')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('details:not([open])').count()).toBe(0)
  expect(await page.locator('button:visible, form:visible, nav:visible').count()).toBe(0)
  expect((await page.pdf()).length).toBeGreaterThan(10_000)
})

it('says all of it without a script', async () => {
  const page = await opened('all.html', { javaScriptEnabled: false })
  expect(await page.locator('button:visible, form:visible').count()).toBe(0)
  expect(await page.locator('tr[data-state]:visible').count()).toBeGreaterThan(6)
})
