import { afterAll, beforeAll, expect, it } from 'vitest'
import { cluster } from './cluster.ts'

const binding = ['rolebinding', 'editor']
const mayCreate = (resource: string) =>
  cluster
    .kubectl(['auth', 'can-i', 'create', resource, '--namespace=default', '--as=editor'])
    .catch((error: { stdout: string }) => error.stdout)

beforeAll(async () => {
  await cluster.kubectl(['create', ...binding, '--clusterrole=edit', '--user=editor'])
  // It counts some time after it is written: till then he may do nothing.
  await cluster.until('he has the role', async () => (await mayCreate('services')) === 'yes' || undefined)
})
afterAll(() => cluster.kubectl(['delete', ...binding]))

it.each([
  ['services', 'yes'],
  ['ingresses.networking.k8s.io', 'yes'],
  ['endpointslices.discovery.k8s.io', 'no'],
  ['endpoints', 'no'],
])('who has the role edit may create %s: %s', async (resource, answer) => {
  expect(await mayCreate(resource)).toBe(answer)
})
