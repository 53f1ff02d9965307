// @ts-check
// Loaded into each process of a run of the tests: writes down what Helm is asked to render, a line of JSON each, into
// the file that HELM_RECORD names.
import childProcess from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { resolve } from 'node:path'

const { spawn } = childProcess

/** @param {string[]} args */
const valuesFiles = (args) =>
  args.flatMap((one, index) =>
    one === '--values' ? [args[index + 1] ?? ''] : (/^--values=(.*)/.exec(one)?.[1] ?? []),
  )

/** @type {(...given: any[]) => any} */
function recorded(file, args, options) {
  const child = spawn(file, args, options)
  if (!/helm$/.test(file) || !['template', 'install', 'upgrade'].includes(args?.[0]) || !child.stdin)
    return child
  // Read now, since tests take away what they write.
  const texts = valuesFiles(args).map((file) =>
    file === '-' ? undefined : readFileSync(resolve(options?.cwd ?? '', file), 'utf8'),
  )
  const chunks = /** @type {Buffer[]} */ ([])
  for (const name of /** @type {const} */ (['write', 'end'])) {
    const original = /** @type {(...given: any[]) => any} */ (child.stdin[name]).bind(child.stdin)
    child.stdin[name] = /** @type {(...given: any[]) => any} */ (
      (chunk, ...more) => {
        if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) chunks.push(Buffer.from(chunk))
        return original(chunk, ...more)
      }
    )
  }
  child.on('close', () => {
    const input = Buffer.concat(chunks).toString()
    const line = JSON.stringify({ args, values: texts.map((text) => text ?? input) })
    appendFileSync(String(process.env.HELM_RECORD), `${line}\n`)
  })
  return child
}

childProcess.spawn = recorded
syncBuiltinESMExports()
