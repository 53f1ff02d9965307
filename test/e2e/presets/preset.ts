import { isIPv6 } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Proxy as ProxyValues, Values } from '../../../schema/generated/values.ts'
import { chart } from '../../../tools/chart/render.ts'
import { cluster } from '../cluster.ts'
import { ask, type Case, cases, prepare, valuesOf } from './cases.ts'

interface Preset {
  /** The fields of a case's proxy that open the door. */
  door(name: string, one: Case): ProxyValues
  /** More values of the release, such as a Gateway. */
  more?: Values
  /** The addresses of the controller's Envoy, one of each family, once the release is installed. */
  addresses(): Promise<readonly string[]>
  /** The cases that the chart refuses, since the preset declares that it can't do them. */
  refuses: string[]
}

/** Holds a preset to every case: App1 gets what it should, and the intruder nothing. */
export async function specify(name: string, { door, more, addresses, refuses }: Preset) {
  const { proxies, refused } = await valuesOf(door)
  const names = Object.keys(proxies)

  describe(name, () => {
    let found: readonly string[] = []
    beforeAll(async () => {
      await prepare()
      const input = JSON.stringify({ ...more, proxies })
      await cluster.helm(['install', 'presets', chart, '--values', '-'], { input })
      found = await addresses()
    })
    afterAll(() => cluster.helm(['uninstall', 'presets', '--wait']))

    it('refuses what it declares that it can not do, and nothing else', () => {
      expect(refused).toEqual(refuses)
    })

    /** Waits until App1 gets what it should: then the host is served, and a refusal is one. */
    const served = (one: string, address = found[0] ?? '') =>
      cluster.until(`${one} is as it should be`, async () => {
        const outcome = await ask('app1', address, one)
        try {
          expect(outcome).toMatchObject(cases[one]?.expected ?? {})
          return true
        } catch (error) {
          throw new Error(`${JSON.stringify(outcome)}: ${error}`)
        }
      })

    it.each(names)('%s: App1', async (one) => {
      await served(one)
    })

    it.each(names)('%s: the intruder, by each family', async (one) => {
      await served(one)
      for (const address of found) {
        const outcome = await ask('intruder', address, one)
        const refusal = cases[one]?.request?.protocol === 'grpc' ? { grpcStatus: 7 } : { status: 403 }
        expect(outcome).toMatchObject(refusal)
        expect(outcome).not.toHaveProperty('echo')
      }
    })

    it('App1 by IPv6', async () => {
      await served('plain', found.find(isIPv6))
    })

    it('a forged X-Forwarded-For does not let the intruder in', async () => {
      await served('plain')
      const request = {
        protocol: 'http',
        address: found[0] ?? '',
        port: 80,
        host: 'plain.example.com',
      } as const
      const headers = { 'X-Forwarded-For': '1.2.3.4' }
      expect(await cluster.machine('intruder').send({ ...request, headers })).toMatchObject({ status: 403 })
    })

    it('with health checks no more requests go to an address that dies', async () => {
      const dying = cluster.machine('app2-moved')
      const failures = async () => {
        let count = 0
        for (let request = 0; request < 40; request++) {
          const outcome = await ask('app1', found[0] ?? '', 'health-checks')
          if (!('echo' in outcome)) count++
        }
        return count
      }
      await dying.ip(['rule add pref 1 blackhole'])
      try {
        await cluster.until('40 of 40 are answered', async () => (await failures()) === 0 || undefined, {
          seconds: 90,
        })
        expect(await failures()).toBe(0)
      } finally {
        await dying.ip(['rule del pref 1'])
      }
      await cluster.until('the other gets requests again', async () => {
        const outcome = await ask('app1', found[0] ?? '', 'health-checks')
        return ('echo' in outcome && outcome.echo?.machine === 'app2-moved') || undefined
      })
    })
  })
}
