import { addOns, usualAddOns } from '../../cluster/addons/addons.ts'
import { programsOf } from '../../cluster/cluster.ts'
import { runInSandbox } from '../../cluster/sandbox/sandbox.ts'
import { prepared } from './sandboxed.ts'

export async function act(words: string[], { with: more }: { with: string[] }): Promise<number> {
  const programs = programsOf([...usualAddOns, ...more.map(addOnNamed)])
  const names = [...new Set([...programs, 'chart-testing', 'helm-3', 'helm-4', 'registry'] as const)]
  return runInSandbox(words, await prepared(names))
}

// --- utils ---

/** @throws Error where there is no add-on of that name. */
function addOnNamed(text: string) {
  const found = addOns.find(({ name }) => name === text)
  if (!found) throw new Error(`--with ${text}: add-ons are ${addOns.map(({ name }) => name).join(', ')}`)
  return found.name
}
