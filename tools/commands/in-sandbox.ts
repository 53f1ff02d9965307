/**
 * Runs a command in a new sandbox, after it has built what the embedded cluster and its tests need:
 *   node --import tsx tools/commands/in-sandbox.ts COMMAND…
 */

import { neededFor } from '../cluster/cluster.ts'
import { preflight } from '../cluster/preflight.ts'
import { runInSandbox } from '../cluster/sandbox/sandbox.ts'
import { build } from '../programs/build.ts'

const extras = { contour: true, envoyGateway: true, certManager: true }
const names = [...neededFor(extras), 'chart-testing', 'helm-3', 'helm-4'] as const
try {
  const user = await preflight(names)
  await build(names)
  process.exitCode = await runInSandbox(process.argv.slice(2), user)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
