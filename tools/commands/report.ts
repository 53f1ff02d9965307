import { resolve } from 'node:path'
import { Command } from 'commander'
import { execa } from 'execa'
import { setArguments } from '../chart/merged-values.ts'
import type { File } from '../check/check.ts'
import { writeWhole } from '../files.ts'
import { exitCodes } from '../prove/verdict.ts'
import { pageOf } from '../report/page.ts'
import { readProof } from '../report/proof.ts'
import { type Report, reportOf } from '../report/report.ts'
import { called, callersFolder, examplesOf } from '../root.ts'
import { contentOf, filesOf } from '../sources/files.ts'
import { temporaryFiles } from '../sources/values.ts'
import { print } from './print.ts'
import { run } from './run.ts'
import { type ValuesOptions, withValuesOptions } from './values-options.ts'

interface Options extends ValuesOptions {
  output?: string
  prove?: true
  proved?: string
}

/** Writes all that can be said of values on one page. */
export const command = withValuesOptions(
  new Command(called('report'))
    .description(
      'Writes one page of HTML that says of values who gets in: a picture, every door, the objects, and what is ' +
        'wrong; it needs no network and no other file. Exit code 0 when all is right, 1 when the values are refused ' +
        '(the page says why) or packets say otherwise, 2 when it could not be asked.',
    )
    .argument('<file...>', 'values files, merged as Helm merges them; - is standard input'),
)
  .option('-o, --output <file>', 'where the page goes; left out or -, standard output')
  .option('--prove', 'ask packets too, as prove does, and show what they say')
  .option('--proved <json>', 'show what prove --json printed before, of the same values')
  .addHelpText(
    'after',
    examplesOf(
      'report',
      'examples/app1-to-app2.yaml -o report.html',
      'examples/two-addresses.yaml --prove -o report.html',
    ),
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action((names: string[], options: Options) =>
    run(async () => {
      const files = await filesOf(names)
      const { set, setString, setJson, output = '-' } = options
      const report = await reportOf(files, { set, setString, setJson })
      const proof = await proofOf(files, options, report)
      const page = await pageOf({ ...report, ...(proof && { proof }) })
      if (output === '-') await print(page.trimEnd())
      else await writeWhole(resolve(callersFolder, output), page)
      if (report.wrong.length > 0) return 1
      return proof ? exitCodes[proof.verdict] : 0
    }, 2),
  )

// --- utils ---

/** What packets say, where they are asked and the values are not refused. */
async function proofOf(files: readonly File[], { prove, proved, ...set }: Options, { made }: Report) {
  if (prove && proved !== undefined) throw new Error('--prove asks now, --proved shows what was: name one')
  if (!made || !(prove || proved !== undefined)) return undefined
  if (proved !== undefined) return readProof(await contentOf(proved), proved, made)
  const named = files.map(({ name, bytes }) => ({ name, content: bytes }))
  return temporaryFiles(named, async (paths) => {
    const [script = ''] = process.argv.slice(1)
    const args = [...process.execArgv, script, 'prove', '--json', ...paths, ...setArguments(set)]
    const { stdout } = await execa(process.execPath, args, { stderr: 'inherit', reject: false })
    return readProof(stdout, 'prove', made)
  })
}
