import { realpath, stat } from 'node:fs/promises'
import { Command, InvalidArgumentError, Option } from 'commander'
import ipaddr from 'ipaddr.js'
import { colors, errorColors } from '../colors.ts'
import { writeWhole } from '../files.ts'
import { type Change, type ResolveOptions, resolved } from '../resolve/resolve.ts'
import { called, examplesOf } from '../root.ts'
import { contentOf, found, isStandardInput } from '../sources/files.ts'
import { collect } from './values-options.ts'

interface Options {
  check?: true
  server?: string[]
  family?: 'ipv4' | 'ipv6'
  within?: string[]
  probe?: 'tcp' | 'http'
  tries: number
  timeout: number
  drainLast?: true
}

/** Keeps the addresses of values files at what their DNS names stand for. */
export const command = new Command(called('resolve'))
  .description(
    'Looks up the DNS names that addresses of values come from ({name: app2.corp.example, ip: 2.3.4.5}), and writes ' +
      'the addresses into the files; comments, order and all else stay. Nothing is written unless every name was ' +
      'answered. Exit code 1 when --check finds a difference, 2 when a name or file could not be read.',
  )
  .argument('<file...>', 'values files; - reads standard input and writes standard output')
  .option('--check', 'write nothing, say what would change')
  .option('--server <address>', 'a DNS server, ADDRESS or ADDRESS:PORT; may be repeated', collect)
  .addOption(new Option('--family <family>', 'look up one family alone').choices(['ipv4', 'ipv6']))
  .option('--within <cidr>', 'a network that every address must be in; may be repeated', network)
  .addOption(
    new Option('--probe <how>', 'drain what has a name and does not answer, take back what does').choices([
      'tcp',
      'http',
    ]),
  )
  .option('--tries <n>', 'how often an address is probed before it counts as dead', positive, 3)
  .option('--timeout <ms>', 'how long a probe may take, and the pause between two', positive, 1000)
  .option('--drain-last', 'drain the last address of a proxy, too')
  .addHelpText(
    'after',
    examplesOf('resolve', 'values.yaml --server 10.0.0.53', 'values.yaml --check --within 10.20.0.0/16'),
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .action(async (files: string[], options: Options) => {
    const results = await Promise.allSettled(files.map((file) => read(file, options)))
    const failures = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    const done = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    if (failures.length === 0 && done.every(({ names }) => names === 0)) {
      failures.push(new Error('no address has a name: write {name: app2.corp.example, ip: 2.3.4.5}'))
    }
    for (const failure of failures) console.error(errorColors.red(failure.message))
    process.exitCode = 2
    if (failures.length > 0) return
    for (const one of done) await finish(one, options)
    process.exitCode = options.check && done.some(({ changes }) => changes.length > 0) ? 1 : 0
  })

// --- utils ---

interface Read {
  file: string
  before: string
  text: string
  changes: Change[]
  names: number
}

function positive(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('Write a whole number from 1 on.')
  return number
}

function network(value: string, before: string[] = []): string[] {
  if (!ipaddr.isValidCIDR(value)) throw new InvalidArgumentError('Write a network, as 10.20.0.0/16.')
  return [...before, value]
}

async function read(file: string, options: Options): Promise<Read> {
  const { server: servers, family, within, probe: how, tries, timeout, drainLast } = options
  const resolving: ResolveOptions = {
    ...(servers && { servers }),
    ...(family && { family }),
    ...(within && { within }),
    ...(how && { probe: { how, tries, timeout } }),
    ...(drainLast && { drainLast }),
  }
  const before = await contentOf(file)
  try {
    return { file, before, ...(await resolved(before, resolving)) }
  } catch (error) {
    const lines = (error instanceof Error ? error.message : String(error)).split('\n')
    throw new Error(lines.map((line) => `${file}: ${line}`).join('\n'))
  }
}

/** Says what changed, and writes it. */
async function finish({ file, before, text, changes }: Read, { check }: Options): Promise<void> {
  const isInput = isStandardInput(file)
  for (const { path, name, ip, what } of changes)
    (isInput ? console.error : console.log)(`${file}: ${path}: ${name} ${ip} ${colors.bold(what)}`)
  if (check) return
  if (isInput) process.stdout.write(text)
  else if (text !== before) {
    const path = await realpath(found(file))
    await writeWhole(path, text, (await stat(path)).mode & 0o777)
  }
}
