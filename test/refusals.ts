import { refusals as problemsOf } from '../tools/chart/render.ts'

/** What a refused render says, as lines `PATH: MESSAGE [CODE]`; nothing where it isn't refused. */
export const refusals = async (values: object): Promise<string[]> =>
  (await problemsOf(values)).map(({ path, message, code }) => `${path}: ${message} [${code}]`)
