import { expect, it } from 'vitest'
import { anyName } from '../../../tools/prove/host-names.ts'

it.each<[string, string[], string]>([
  ['a.example.com', ['a.example.com'], 'a.example.com'],
  ['*.example.com', ['*.example.com', 'a.example.com'], 'any.example.com'],
  ['*.example.com', ['any.example.com', 'any2.example.com'], 'any3.example.com'],
])('%s beside %j: %s', (hostName, others, name) => {
  expect(anyName(hostName, others)).toBe(name)
})
