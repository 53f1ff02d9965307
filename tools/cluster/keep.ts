import { writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { findHelm, findKubectl } from '../chart/helm.ts'
import { root } from '../root.ts'
import { entrance, stateFolder } from './sandbox/sandbox.ts'

/**
 * Prepares a cluster for use from other terminals.
 * @param exitCode what the command that keeps it up shall exit with when it is stopped
 * @returns what to tell the user
 */
export async function keep({ kubeconfig }: { kubeconfig: string }, exitCode: number): Promise<string> {
  const shell = join(stateFolder, 'shell')
  const programs = [dirname(await findKubectl()), dirname(await findHelm())]
  const script = `#!/bin/sh
export KUBECONFIG=${quoted(kubeconfig)} HOME=${quoted(join(stateFolder, 'home'))}
export PATH=${quoted([...programs, process.env.PATH].join(delimiter))}
cd ${quoted(root)}
exec "\${@:-\${SHELL:-sh}}"
`
  await writeFile(shell, script, { mode: 0o755 })
  const enter = `${await entrance(exitCode)} ${shell}`
  return `
The cluster stays up until Ctrl-C. From another terminal, a shell in it with kubectl and helm:
  ${enter}
or one command:
  ${enter} kubectl get services,endpointslices
  ${enter} ip netns exec app1 curl ADDRESS
The components' logs are in ${stateFolder} there.
`
}

// --- utils ---

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
