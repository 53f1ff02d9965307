import type { Service } from 'kubernetes-types/core/v1.d.ts'
import { afterEach, describe, expect, it } from 'vitest'
import { load, lost } from '../../tools/cluster/machines/load.ts'
import { inputsOf } from '../../tools/import/from-cluster.ts'
import { imported } from '../../tools/import/import.ts'
import { loadBalancerAddresses } from '../../tools/prove/places.ts'
import { answeredBy, chart, cluster, uninstall } from './cluster.ts'

/** What somebody wrote by hand. */
const byHand = `apiVersion: v1
kind: Service
metadata: {name: app}
spec:
  type: LoadBalancer
  loadBalancerSourceRanges: [1.2.3.4/32]
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: v1
kind: Endpoints
metadata: {name: app}
subsets: [{addresses: [{ip: 2.3.4.5}], ports: [{port: 8080}]}]
`

const ofSlices = 'endpointslice.kubernetes.io/managed-by=external-service-proxy'

const objects = async (kinds: string): Promise<unknown[]> =>
  JSON.parse(await cluster.kubectl(['get', kinds, '--output=json'])).items

describe('objects made by hand', () => {
  afterEach(uninstall)

  it.each([
    ['3.17', []],
    ['4.1', ['--force-conflicts']],
  ] as const)('are taken over by Helm %s without one lost request', async (version, flags) => {
    await cluster.kubectl(['apply', '--validate=false', '--filename=-'], { input: byHand })
    const address = await cluster.until('the Service has an address', async () => {
      const service: Service = JSON.parse(await cluster.kubectl(['get', 'service', 'app', '--output=json']))
      return loadBalancerAddresses(service)[0]
    })
    const send = () => cluster.machine('app1').http(`http://${address}/`)
    await answeredBy('app2', send)
    const requests = load(send)

    const { values } = imported(inputsOf(await objects('services,endpoints,endpointslices'), 'default'))
    // Its port gets a name: the slice that knows it must be there before the Service does.
    const rendered = await cluster.helm(['template', 'test', chart, '--values', '-'], {
      version,
      input: values,
    })
    await cluster.kubectl(['apply', '--validate=false', `--selector=${ofSlices}`, '--filename=-'], {
      input: rendered,
    })
    const install = ['install', 'test', chart, '--take-ownership', ...flags, '--values', '-']
    await cluster.helm(install, { version, input: values })
    await cluster.kubectl(['delete', 'endpoints', 'app'])
    await cluster.until('the mirrored slice is gone', async () => {
      const slices = await cluster.kubectl(['get', 'endpointslices', '--output=name'])
      return (
        slices
          .trim()
          .split('\n')
          .filter((name) => name.includes('/app-')).length === 1 || undefined
      )
    })
    await answeredBy('app2', send)

    const outcomes = await requests.stop()
    expect(outcomes.length).toBeGreaterThan(10)
    expect(lost(outcomes)).toEqual([])
    expect(values).toContain('addresses: [2.3.4.5]')
  })
})
