import type { Values } from './generated/values.ts'

export type * from './generated/values.ts'

/**
 * Values of the chart, written in TypeScript: an editor completes them, and a misspelt field doesn't compile.
 * @returns the same values, to be handed to Helm, cdk8s or Pulumi
 */
export const defineValues = (values: Values): Values => values
