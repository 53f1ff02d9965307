import { build } from '../../release/build.ts'

export async function act(): Promise<number> {
  await build()
  return 0
}
