import { readFile } from 'node:fs/promises'
import { loadAll } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { anyone, dual, nobody, service, slice, theDoor } from './objects.ts'

const file = new URL('fixtures/original.yaml', import.meta.url)
const original = loadAll(await readFile(file, 'utf8')) as object[]

describe('the proxy as blogs print it: what was seen on the wire', () => {
  it.each([
    ['load balancer', { IPv4: ['1.2.3.4/32'], IPv6: [] }, ['kube-proxy']],
    ['node port', { ...anyone, IPv6: [] }, []],
    ['ClusterIP', { ...anyone, IPv6: [] }, []],
    ['Ingress', anyone, []],
  ])('%s', (way, who, heldBy) => {
    expect(theDoor(way, original)).toMatchObject({ who, heldBy, to: ['2.3.4.5:8080'] })
  })

  it('dual-stack with a range of one family: the other is open', () => {
    const objects = [service(dual), slice(['2.3.4.5']), slice(['2001:db8:2::5'])]
    const { who, reasons } = theDoor('load balancer', objects)
    expect(who).toEqual({ IPv4: ['1.2.3.4/32'], IPv6: ['::/0'] })
    expect(reasons).toEqual(['IPv6 has no range'])
  })

  it('as the chart writes it, every other door is closed, or held', () => {
    const objects = [service(), slice(['2.3.4.5'])]
    expect(theDoor('node port', objects)).toMatchObject({ who: nobody, heldBy: ['nodePort: 0'] })
    expect(theDoor('ClusterIP', objects)).toMatchObject({
      who: nobody,
      heldBy: ['internalTrafficPolicy Local'],
    })
  })
})
