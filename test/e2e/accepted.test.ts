import { describe, expect, it } from 'vitest'
import { render } from '../../tools/chart/render.ts'
import { cluster, valuesFiles } from './cluster.ts'

/** Lets the API server judge objects, without keeping them. Any warning is a failure where asked. */
const judge = (items: readonly object[], ...flags: string[]) =>
  cluster.kubectl(
    ['create', '--dry-run=server', '--validate=strict', '--output=name', ...flags, '--filename=-'],
    {
      input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    },
  )

describe('the API server takes every object of every example, without a warning', () => {
  it.for(valuesFiles)('%s', async (file) => {
    const { objects } = await render([file])
    const endpoints = objects.filter(({ kind }) => kind === 'Endpoints')
    const others = objects.filter(({ kind }) => kind !== 'Endpoints')
    const taken = [
      ...(await judge(others, '--warnings-as-errors')).split('\n'),
      // Endpoints are deprecated since Kubernetes 1.33, and the API server says so each time.
      ...(endpoints.length > 0 ? (await judge(endpoints)).split('\n') : []),
    ]
    expect(taken).toHaveLength(objects.length)
  })

  it('and would refuse a wrong one', async () => {
    const wrong = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'wrong' },
      spec: { ports: [{ port: 0 }] },
    }
    await expect(judge([wrong])).rejects.toThrow('spec.ports[0].port')
  })
})
