import { fileURLToPath } from 'node:url'
import type { Values } from './generated/values.ts'

export type * from './generated/values.ts'

/**
 * Values of the chart, written in TypeScript: an editor completes them, and a misspelt field doesn't compile.
 * @returns the same values, to be handed to Helm, cdk8s or Pulumi
 */
export const defineValues = (values: Values): Values => values

/** The chart's folder in this package, for what renders charts by itself, as cdk8s and Pulumi do. */
export const chart = fileURLToPath(new URL('../charts/external-service-proxy', import.meta.url))
