import { describe, expect, it } from 'vitest'
import { render } from '../../tools/chart/render.ts'
import { judge, valuesFiles } from './cluster.ts'

describe('the API server takes every object of every example, without a warning', () => {
  it.for(valuesFiles)('%s', async (file) => {
    const { objects } = await render([file])
    const endpoints = objects.filter(({ kind }) => kind === 'Endpoints')
    const others = objects.filter(({ kind }) => kind !== 'Endpoints')
    const taken = [
      ...(await judge(others, '--warnings-as-errors')),
      // Endpoints are deprecated since Kubernetes 1.33, and the API server says so each time.
      ...(endpoints.length > 0 ? await judge(endpoints) : []),
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
