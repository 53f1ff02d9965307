import { Resolver } from 'node:dns/promises'
import ipaddr from 'ipaddr.js'
import pLimit from 'p-limit'

export interface LookupOptions {
  /** DNS servers, `ADDRESS` or `ADDRESS:PORT`; left out, those of the machine. */
  servers?: readonly string[]
  /** Left out, both. */
  family?: 'ipv4' | 'ipv6'
  /** Networks that every address must be in; left out, any. */
  within?: readonly string[]
  /** How long the first question waits for its answer, in milliseconds, and those after it longer; left out, 2000. */
  timeout?: number
}

/** However many names there are, no more than so many are asked for at once: a server drops what comes faster than it answers. */
const atOnce = pLimit(64)

/**
 * All addresses of a DNS name, IPv4 before IPv6. One family may have none; an answer that failed is never taken for
 * "none", or a server's bad minute would drain App2.
 * @throws Error in words where the name has no address, a server did not answer, or an address can't be App2's
 */
export const lookUp = (name: string, options: LookupOptions = {}): Promise<string[]> =>
  atOnce(() => addressesOf(name, options))

// --- utils ---

async function addressesOf(name: string, options: LookupOptions): Promise<string[]> {
  const resolver = new Resolver({ timeout: options.timeout ?? 2000, tries: 3 })
  if (options.servers?.length) resolver.setServers(options.servers)
  const asked = {
    ipv4: () => resolver.resolve4(name),
    ipv6: () => resolver.resolve6(name),
  }
  const families = options.family ? [asked[options.family]] : Object.values(asked)
  const answers = await Promise.all(families.map((ask) => answered(name, ask)))
  const addresses = answers.flatMap((found) => found.map((one) => ipaddr.parse(one).toString()).sort())
  if (addresses.length === 0)
    throw new Error(`${name} has no address${options.family ? ` of ${options.family}` : ''}`)
  for (const address of addresses) refuseUnfit(name, address, options.within ?? [])
  return [...new Set(addresses)]
}

/** What the API server refuses as an endpoint (ValidateEndpointIP, pkg/apis/core/validation, Kubernetes 1.37). */
const unfit = new Set(['unspecified', 'loopback', 'linkLocal', 'multicast', 'broadcast', 'ipv4Mapped'])

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such name',
  ESERVFAIL: 'the server failed (SERVFAIL)',
  EREFUSED: 'the server refused to answer',
  ETIMEOUT: 'no server answered in time',
  ECONNREFUSED: 'no server is reached',
  EBADNAME: 'it is not a DNS name',
  EBADRESP: "the server's answer can't be read",
  EFORMERR: 'the server did not understand the question',
  ENOTIMP: 'the server does not answer such questions',
}

async function answered(name: string, ask: () => Promise<string[]>): Promise<string[]> {
  try {
    return await ask()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    if (code === 'ENODATA') return []
    throw new Error(`${name}: ${words[code] ?? code}`)
  }
}

function refuseUnfit(name: string, address: string, within: readonly string[]): void {
  const parsed = ipaddr.parse(address)
  if (unfit.has(parsed.range()))
    throw new Error(`${name}: ${address} is a ${parsed.range()} address, to which no Service can send`)
  const isInside = within.some((network) => {
    const [range, prefix] = ipaddr.parseCIDR(network)
    return range.kind() === parsed.kind() && parsed.match(range, prefix)
  })
  if (within.length > 0 && !isInside)
    throw new Error(`${name}: ${address} is outside of ${within.join(', ')}, which --within allows`)
}
