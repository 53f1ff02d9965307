import { afterAll, beforeAll, expect, it } from 'vitest'
import { cluster } from './cluster.ts'

const binding = ['rolebinding', 'editor']

beforeAll(async () => {
  await cluster.kubectl(['create', ...binding, '--clusterrole=edit', '--user=editor'])
})
afterAll(() => cluster.kubectl(['delete', ...binding]))

it.each([
  ['services', 'yes'],
  ['ingresses.networking.k8s.io', 'yes'],
  ['endpointslices.discovery.k8s.io', 'no'],
  ['endpoints', 'no'],
])('who has the role edit may create %s: %s', async (resource, answer) => {
  const asked = ['auth', 'can-i', 'create', resource, '--namespace=default', '--as=editor']
  const said = await cluster.kubectl(asked).catch((error: { stdout: string }) => error.stdout)
  expect(said).toBe(answer)
})
