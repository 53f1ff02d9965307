import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { complain, print } from '../../caller.ts'
import { colors } from '../../colors.ts'
import { writeWhole } from '../../files.ts'
import { type Change, type ResolveOptions, resolved } from '../../resolve/resolve.ts'
import { contentOf, found, isReadOnce } from '../../sources/files.ts'

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

/** 1 where `--check` finds a difference. */
export async function act(files: string[], options: Options): Promise<number> {
  const noNetwork = options.within?.find((text) => !ipaddr.isValidCIDR(text))
  if (noNetwork !== undefined) throw new Error(`--within ${noNetwork}: write a network, as 10.20.0.0/16`)
  const noServer = options.server?.find((text) => !isServer(text))
  if (noServer !== undefined)
    throw new Error(
      `--server ${noServer}: write an address, as 10.0.0.53, 10.0.0.53:5353 or [2001:db8::53]:53`,
    )
  const results = await Promise.allSettled(files.map((file) => read(file, options)))
  const failures = results.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  const done = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  if (failures.length === 0 && done.every(({ names }) => names === 0)) {
    failures.push(new Error('no address has a name: write {name: app2.corp.example, ip: 2.3.4.5}'))
  }
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join('\n'))
  for (const one of done) await finish(one, options)
  return options.check && done.some(({ changes }) => changes.length > 0) ? 1 : 0
}

// --- utils ---

/** Would the system's resolver take it for a server? */
function isServer(text: string): boolean {
  const [, address = text, port = '53'] =
    /^\[(.+)\](?::(\d+))?$/.exec(text) ?? /^([^:]+):(\d+)$/.exec(text) ?? []
  return isIP(address) !== 0 && Number(port) >= 1 && Number(port) <= 65_535
}

interface Read {
  file: string
  before: string
  text: string
  changes: Change[]
  names: number
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
  const isInput = isReadOnce(file)
  for (const { path, name, ip, what } of changes)
    await (isInput ? complain : print)(`${file}: ${path}: ${name} ${ip} ${colors.bold(what)}`)
  if (check) return
  if (isInput) await print(text, '')
  else if (text !== before) await writeWhole(found(file), text)
}
