import { vi } from 'vitest'

// Most runs of Helm here are over before it is worth the while to collect their garbage.
process.env.GOGC ??= 'off'
process.env.GOMEMLIMIT ??= '200MiB'

// Whatever asks Helm for the chart's objects, or for values, asks in company.
vi.mock(import('../../tools/chart/template.ts'), async (original) => {
  const { template } = await import('./company.ts')
  return { ...(await original()), template }
})
vi.mock(import('../../tools/chart/merged-values.ts'), async (original) => {
  const { mergedValues } = await import('./company.ts')
  return { ...(await original()), mergedValues }
})
