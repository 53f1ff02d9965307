import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder; of the npm package the one that tools and chart are built into. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** Is this the npm package, rather than the project itself? Only there it is JavaScript. */
export const isPackage = import.meta.url.endsWith('.js')

/** A user who has no home, as one whom a container makes up by a number, has no file there either. */
function home(): string {
  try {
    return homedir()
  } catch {
    return '/nonexistent'
  }
}

/** What is kept from one run to the next: a package's own folder may not be ours to write. */
export const cache = isPackage
  ? join(process.env.XDG_CACHE_HOME || join(home(), '.cache'), 'external-service-proxy')
  : join(root, '.cache')

/** Node's arguments that run a script of ours beside a module, called NAME.ts in the project and NAME.js in the package. */
export const scriptArguments = (name: string, module: string): string[] => [
  ...(isPackage ? [] : ['--import', 'tsx']),
  fileURLToPath(new URL(`${name}.${isPackage ? 'js' : 'ts'}`, module)),
]

/** How the user calls a command. */
export const called = (name: string) => (isPackage ? `external-service-proxy ${name}` : `npm run ${name} --`)

/** The same where what it prints is for a program: without npm's own lines. */
export const calledQuietly = (name: string) => called(name).replace('npm run', 'npm run --silent')

/** Examples at the end of a command's help; who has the package alone has values of his own, and not the project's. */
export const examplesOf = (name: string, ...examples: readonly string[]) =>
  `\nExamples:\n${examples
    .map((one) => (isPackage ? one.replaceAll(/examples\/[\w-]+\.yaml/g, 'values.yaml') : one))
    .map((example) => `  ${(/--json|>/.test(example) ? calledQuietly : called)(name)} ${example}`)
    .join('\n')}`
