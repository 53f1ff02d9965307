import { print } from '../../caller.ts'
import { check } from '../../check/check.ts'
import { formats } from '../../check/formats.ts'
import { filesOf } from '../../sources/files.ts'
import type { ValuesOptions } from '../values-options.ts'

interface Options extends ValuesOptions {
  format: keyof typeof formats
}

/** 1 where something is wrong. */
export async function act(names: string[], { format, ...options }: Options): Promise<number> {
  const wrong = await check(await filesOf(names), options)
  const text = formats[format](wrong)
  if (text) await print(text)
  return wrong.length > 0 ? 1 : 0
}
