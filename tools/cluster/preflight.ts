import { readFile } from 'node:fs/promises'
import { delimiter } from 'node:path'
import { execa } from 'execa'
import { type Built, missing } from '../programs/build.ts'
import { goTool, problemsWith, type Tool } from '../programs/tools.ts'
import { unshareArguments } from './sandbox/sandbox.ts'

/** What was found missing: all of it at once, each with the command that mends it. */
class PreflightError extends Error {
  override name = 'PreflightError'
  constructor(problems: readonly string[]) {
    super(`The embedded cluster can't start here:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  }
}

const tools: Tool[] = [
  { command: ['unshare', '--version'], debian: 'util-linux' },
  { command: ['setpriv', '--version'], debian: 'util-linux' },
  { command: ['ip', '-V'], debian: 'iproute2', fetch: 'network tools' },
  { command: ['nft', '--version'], debian: 'nftables', fetch: 'network tools' },
]
const pipTool: Tool = { command: ['python3', '-m', 'pip', '--version'], debian: 'python3-pip' }
const captureTool: Tool = { command: ['python3', '--version'], debian: 'python3' }
const redisTool: Tool = { command: ['redis-server', '--version'], debian: 'redis-server', fetch: 'redis' }
const gitTool: Tool = { command: ['git', '--version'], debian: 'git' }

/**
 * Makes sure, before anything is built or started, that this machine can run the embedded cluster, and adds
 * to PATH the folders in which Debian keeps `ip` and `nft`. What of Go, `ip` and `nft` is missing is fetched.
 * @param names what the run will need built
 * @param options.capture whether the run will capture packets
 * @returns whether the sandbox gets a user namespace: always, but for root where the system forbids them
 * @throws PreflightError naming everything that is missing
 */
export async function preflight(
  names: readonly (keyof Built)[],
  { capture = false }: { capture?: boolean } = {},
): Promise<boolean> {
  if (process.platform !== 'linux') {
    throw new PreflightError([
      `it needs Linux's namespaces, and this is ${process.platform}: use a Linux machine or a virtual one`,
    ])
  }
  process.env.PATH = [process.env.PATH, '/usr/local/sbin', '/usr/sbin', '/sbin'].join(delimiter)
  const lacking = await missing(names)
  const compiled = lacking.filter((name) => name !== 'envoy')
  const problems = await problemsWith([
    ...tools,
    ...(names.includes('chart-testing') || names.includes('argo-cd') ? [gitTool] : []),
    ...(names.includes('argo-cd') ? [redisTool] : []),
    ...(capture ? [captureTool] : []),
    ...(lacking.includes('envoy') ? [pipTool] : []),
    ...(compiled.length > 0 ? [await goTool(compiled)] : []),
  ])
  if (problems.length > 0) throw new PreflightError(problems)
  const refusal = await tryNamespaces(true)
  if (refusal === undefined) return true
  if (process.getuid?.() === 0 && (await tryNamespaces(false)) === undefined) return false
  throw new PreflightError(await namespaceProblems(refusal))
}

// --- utils ---

/** Does in a sandbox of its own what the network will need. Gives the words of what failed. */
async function tryNamespaces(user: boolean): Promise<string | undefined> {
  const script = [
    'set -e',
    'ip netns add probe',
    'ip link add probe type veth peer name probe0 netns probe',
    'ip link add probe1 type bridge',
    'nft add table inet probe',
    "nft 'add chain inet probe forward { type filter hook forward priority 0; }'",
    'nft add rule inet probe forward ct status dnat accept',
  ].join('\n')
  const { failed, stderr } = await execa('unshare', [...unshareArguments(user), 'sh', '-c', script], {
    reject: false,
  })
  return failed ? stderr || 'unshare failed without a word' : undefined
}

/** Why namespaces are refused: the settings known to do it, else the kernel's own words. */
async function namespaceProblems(refusal: string): Promise<string[]> {
  const settings = [
    { name: 'kernel.unprivileged_userns_clone', refuses: '0', mend: '1' },
    { name: 'user.max_user_namespaces', refuses: '0', mend: '15000' },
    { name: 'kernel.apparmor_restrict_unprivileged_userns', refuses: '1', mend: '0' },
  ]
  const problems: string[] = []
  for (const { name, refuses, mend } of settings) {
    const value = await readFile(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').catch(() => '')
    if (value.trim() !== refuses) continue
    problems.push(
      `user namespaces are forbidden by ${name} = ${refuses}: sudo sysctl -w ${name}=${mend} (or run this as root)`,
    )
  }
  if (problems.length > 0) return problems
  return [
    `namespaces, veth, bridge or nftables are refused: ${refusal.trim().split('\n').at(-1)}. Try: sudo modprobe -a veth bridge nf_tables nft_ct; in a container, give it --privileged`,
  ]
}
