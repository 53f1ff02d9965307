import { execa } from 'execa'
import { type Fetchable, fetchTool } from './fetch.ts'
import { isOlder, oldestGo } from './go.ts'
import { type RecipeName, recipes } from './programs.ts'

/** A program that must be callable. */
export interface Tool {
  command: readonly [string, ...string[]]
  /** The Debian and Ubuntu package that has it. */
  debian: string
  /** What to install where that package won't do. */
  otherwise?: string
  /** What is fetched where the machine has none. */
  fetch?: Fetchable
  /** Why the one that is there won't do, by its output. */
  unfit?: (output: string) => Promise<string | undefined>
}

/** Go, as new as what is to be built needs it: most of it is content with an older one than the rest. */
export async function goTool(names: readonly RecipeName[]): Promise<Tool> {
  const oldest = await oldestGo(names.map((name) => recipes[name].module))
  return {
    command: ['go', 'version'],
    debian: 'golang',
    otherwise: `Go ${oldest} or newer from https://go.dev/dl`,
    fetch: 'go',
    unfit: async (output) => {
      const [, version = '0'] = /go(\d[\w.]*)/.exec(output) ?? []
      return isOlder(version, oldest) ? `is ${version}, older than ${oldest}` : undefined
    },
  }
}

/** For pages: what they look like, and whether everyone can read them. */
export const browserTool: Tool = {
  command: ['chromium', '--version'],
  debian: 'chromium',
  fetch: 'browser',
}

/** The shells besides bash for which there is a completion. */
export const shellTools: Tool[] = ['zsh', 'fish'].map((name) => ({
  command: [name, '--version'],
  debian: name,
  fetch: 'shells',
}))

/**
 * Makes sure that tools can be called: puts on PATH what is missing and can be fetched.
 * @returns what is still missing, each with the command that mends it
 */
export async function problemsWith(tools: readonly Tool[]): Promise<string[]> {
  const found = await Promise.all(tools.map(problemWith))
  const problems: string[] = []
  const failures = new Map<Fetchable, string>()
  for (const [index, tool] of tools.entries()) {
    const { fetch } = tool
    const before = found[index]
    if (!before) continue
    if (fetch && !failures.has(fetch)) failures.set(fetch, await failureToFetch(fetch, before))
    const failure = fetch && failures.get(fetch)
    const problem = failure === '' ? await problemWith(tool) : before
    if (problem)
      problems.push(`${problem}: ${cure(tool)}${failure ? ` (fetching it failed: ${failure})` : ''}`)
  }
  return problems
}

// --- utils ---

/** Fetches it. Gives why that fails, or nothing. */
async function failureToFetch(what: Fetchable, why: string): Promise<string> {
  try {
    await fetchTool(what, why)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function problemWith({ command: [name, ...args], unfit }: Tool): Promise<string | undefined> {
  const { failed, code, stdout, stderr } = await execa(name, args, {
    reject: false,
    env: { GOTOOLCHAIN: 'local' }, // Else an old Go would fetch a newer one itself.
  })
  const what = [name, ...args].filter((word) => !/^-+[vV]/.test(word) && word !== 'version').join(' ')
  if (!failed) {
    const reason = await unfit?.(stdout)
    return reason && `${what} ${reason}`
  }
  return `${what} ${code === 'ENOENT' ? 'is not on PATH' : `fails (${stderr?.trim().split('\n').at(-1) || code})`}`
}

/** The command that mends it. */
function cure({ command: [name], debian, otherwise }: Tool): string {
  const mend = `sudo apt-get install -y ${debian}`
  return otherwise
    ? `install ${otherwise} (Debian: ${mend})`
    : `${mend} (elsewhere: the package that has ${name})`
}
