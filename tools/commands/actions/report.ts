import { execa } from 'execa'
import { setArguments } from '../../chart/merged-values.ts'
import type { File } from '../../check/check.ts'
import { writeOutput } from '../../files.ts'
import { exitCodes } from '../../prove/verdict.ts'
import { pageOf } from '../../report/page.ts'
import { readProof } from '../../report/proof.ts'
import { type Report, reportOf } from '../../report/report.ts'
import { scriptArguments } from '../../root.ts'
import { contentOf, filesOf } from '../../sources/files.ts'
import { temporaryFiles } from '../../sources/values.ts'
import type { ValuesOptions } from '../values-options.ts'

interface Options extends ValuesOptions {
  output?: string
  prove?: true
  proved?: string
}

/** 1 where the values are refused, else what packets say. */
export async function act(names: string[], options: Options): Promise<number> {
  const files = await filesOf(names)
  const { set, setString, setJson, output } = options
  const report = await reportOf(files, { set, setString, setJson })
  const proof = await proofOf(files, options, report)
  const page = await pageOf({ ...report, ...(proof && { proof }) })
  await writeOutput(output, page)
  if (report.wrong.length > 0) return 1
  return proof ? exitCodes[proof.verdict] : 0
}

// --- utils ---

/** What packets say, where they are asked and the values are not refused. */
async function proofOf(files: readonly File[], { prove, proved, ...set }: Options, { made }: Report) {
  if (prove && proved !== undefined) throw new Error('--prove asks now, --proved shows what was: name one')
  if (!made || !(prove || proved !== undefined)) return undefined
  if (proved !== undefined) return readProof(await contentOf(proved), proved, made)
  const named = files.map(({ name, bytes }) => ({ name, content: bytes }))
  return temporaryFiles(named, async (paths) => {
    const prove = [...scriptArguments('../../cli', import.meta.url), 'prove', '--json']
    const args = [...prove, ...paths, ...setArguments(set)]
    const { stdout } = await execa(process.execPath, args, { stderr: 'inherit', reject: false })
    return readProof(stdout, 'prove', made)
  })
}
