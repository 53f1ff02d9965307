import { complain, print } from '../../caller.ts'
import { drifted, generated, pictures, write } from '../../generate/generated.ts'

/** 1 where `--check` finds a file that is not current. */
export async function act({ check = false }: { check?: boolean }): Promise<number> {
  const stale: string[] = []
  for (const step of [generated, pictures]) {
    const files = await step()
    const found = await drifted(files)
    if (!check) await write(Object.fromEntries(found.map((file) => [file, files[file] ?? ''])))
    stale.push(...found)
  }
  if (check && stale.length > 0) {
    await complain(`${stale.join('\n')}\nnot what schema/ gives: run "npm run generate" and commit`)
    return 1
  }
  await print(stale.map((file) => `wrote ${file}`).join('\n') || 'all generated files are current')
  return 0
}
