import { expect, it } from 'vitest'
import type { ProxyPlan } from '../../../tools/prove/proxy.ts'
import type { Row } from '../../../tools/prove/rows.ts'
import { exitCodes, verdictOf } from '../../../tools/prove/verdict.ts'

const row = (fields: Partial<Row> = {}): Row => ({
  proxy: 'app',
  door: 'load balancer',
  who: 'App1',
  from: '1.2.3.4',
  at: 'http://198.18.10.101:80',
  expected: 'App2 answers',
  seen: '2.3.4.5 port 8080 answered',
  ok: true,
  ...fields,
})
const proxy = (name: string): ProxyPlan => ({
  name,
  sourceRanges: ['1.2.3.4/32'],
  clients: [],
  ready: [],
  drained: [],
  ports: [],
  loadBalancer: true,
  nodePort: false,
  clusterIP: false,
  sessionAffinity: false,
  hostNames: [],
  routes: [],
})
const skipped = [{ proxy: 'app', what: 'port s', why: 'SCTP is not tried here' }]
const notHeld = row({ who: 'intruder', door: 'node port', notHeld: 'a firewall holds it' })

it.each<[string, Row[], number, string[]]>([
  ['all went well', [row()], 0, []],
  ['one did not', [row(), row({ ok: false })], 1, ['1 of 2 tries did not go as the values say']],
  ['nothing was tried', [], 2, ['nothing was tried']],
  [
    'no App1 was tried',
    [row({ who: 'intruder' })],
    2,
    ['App1 was never tried: no address of its ranges can be had here'],
  ],
  ['one of two has no App1', [row({ proxy: 'other' })], 2, ['App1 of app was never tried']],
  ['a door is open and held by nothing here', [row(), notHeld], 0, []],
])('%s', (_, rows, exitCode, why) => {
  const proxies = [...new Set(['app', ...rows.map((one) => one.proxy)])].map(proxy)
  const judged = verdictOf(rows, { notTried: [], proxies })
  expect(exitCodes[judged.verdict]).toBe(exitCode)
  expect(judged.why).toEqual(why)
})

it('App1 that was only refused proves nothing where what is to let it in was not tried', () => {
  const closed = row({ expected: 'refused', seen: 'timed out' })
  const why = ['no door that is to let App1 in to app could be tried here']
  const judged = (notTried: typeof skipped) => verdictOf([closed], { notTried, proxies: [proxy('app')] })
  expect(judged(skipped)).toEqual({ verdict: 'not proved', why })
  expect(judged([])).toEqual({ verdict: 'as the values say', why: [] })
})

it('without sourceRanges whoever is let in is App1', () => {
  const listless = { ...proxy('app'), sourceRanges: [] }
  const judged = (expected: string) =>
    verdictOf([row({ who: 'intruder', expected })], { notTried: [], proxies: [listless] }).verdict
  expect(judged('App2 answers')).toBe('as the values say')
  expect(judged('refused')).toBe('not proved')
})

it('with --strict neither what was not tried nor what is open and not held is good enough', () => {
  const strictly = (rows: Row[], notTried: typeof skipped) =>
    verdictOf(rows, { notTried, proxies: [proxy('app')] }, { strict: true })
  expect(strictly([row()], [])).toEqual({ verdict: 'as the values say', why: [] })
  expect(strictly([row(), notHeld], skipped)).toEqual({
    verdict: 'not as the values say',
    why: ['1 tries got in where no word of the values lets them', '1 not tried'],
  })
})

it('what an object’s status says fails it, with its message', () => {
  const complaints = [{ object: 'HTTPRoute default/web', message: 'not Accepted at edge: No listener fits' }]
  expect(verdictOf([row()], { notTried: [], proxies: [proxy('app')] }, { complaints })).toEqual({
    verdict: 'not as the values say',
    why: ['HTTPRoute default/web is not Accepted at edge: No listener fits'],
  })
})
