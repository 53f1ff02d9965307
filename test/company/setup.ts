import { vi } from 'vitest'

// Whatever asks Helm for the chart's objects, or for values, asks in company.
vi.mock(import('../../tools/chart/template.ts'), async (original) => {
  const { template } = await import('./company.ts')
  return { ...(await original()), template }
})
vi.mock(import('../../tools/chart/merged-values.ts'), async (original) => {
  const { mergedValues } = await import('./company.ts')
  return { ...(await original()), mergedValues }
})
