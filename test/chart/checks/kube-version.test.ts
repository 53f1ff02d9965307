import { expect, it } from 'vitest'
import { RefusedError, render } from '../../../tools/chart/render.ts'
import { app } from '../../values.ts'

/** The codes that values get for a version of Kubernetes; nothing where they render. */
async function codes(
  trafficDistribution: 'PreferClose' | 'PreferSameZone' | 'PreferSameNode',
  kubeVersion: string,
) {
  const addresses = [{ ip: '2.3.4.5', zone: 'a', nodeName: 'node1' }]
  const values = app({ addresses, service: { inCluster: true, trafficDistribution } })
  return render(values, { kubeVersion }).then(
    () => [],
    (error: unknown) => {
      if (error instanceof RefusedError)
        return error.problems.map(({ code, message }) => `${code}: ${message}`)
      throw error
    },
  )
}

it.concurrent.each([
  ['PreferClose', '1.30.4', '1.31', 'leave it out'],
  ['PreferSameZone', '1.33.0', '1.34', 'write PreferClose, or leave it out'],
  ['PreferSameNode', '1.33.0', '1.34', 'leave it out'],
] as const)(
  'trafficDistribution %s is refused for Kubernetes %s, and taken from %s on',
  async (word, old, since, cure) => {
    expect(await codes(word, old)).toEqual([
      `traffic-distribution-version: ${word}, which Kubernetes knows from ${since} on, and this is v${old}: ${cure}`,
    ])
    expect(await codes(word, `${since}.0-eks-1`)).toEqual([])
  },
)
