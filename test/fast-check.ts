import { relative } from 'node:path'
import fc, { type RunDetails } from 'fast-check'
import { expect } from 'vitest'

/** What all samples of this run are made from: GENERATED_SEED has the same ones again. */
export const seed = Number(process.env.GENERATED_SEED ?? Date.now() % 2 ** 31)

const { GENERATED_PATH: path } = process.env

fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  seed,
  ...(path !== undefined && { path }),
  reporter: (run) => {
    if (run.failed)
      throw new Error(`${fc.defaultReportMessage(run)}\n${again(run)}`, { cause: run.errorInstance })
  },
})

/** How many samples a property tries, of so many: all in test:generated, a tenth in npm test, for which people wait. */
export const ofSamples = (all: number): number => (process.env.ALL_SAMPLES ? all : all / 10)

export { fc }

// --- utils ---

/** The command that has a failed property's least sample again, at once. */
function again({ counterexamplePath }: RunDetails<unknown>): string {
  const { testPath = '', currentTestName = '' } = expect.getState()
  const sample = `GENERATED_SEED=${seed} GENERATED_PATH=${counterexamplePath}`
  const name = JSON.stringify(currentTestName.replaceAll(' > ', ' '))
  return `Again: ${sample} npx vitest run ${relative('', testPath)} -t ${name}`
}
