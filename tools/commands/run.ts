import { errorColors } from '../colors.ts'

/**
 * Does a command's work, which gives the exit code; where it throws, says only the error's words.
 * @param failed the exit code then
 */
export async function run(work: () => Promise<number>, failed = 1): Promise<void> {
  try {
    process.exitCode = await work()
  } catch (error) {
    console.error(errorColors.red(error instanceof Error ? error.message : String(error)))
    process.exitCode = failed
  }
}
