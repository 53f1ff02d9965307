import { isIPv6 } from 'node:net'
import { execa } from 'execa'
import type { Echo } from './echo.ts'
import { ip } from './network.ts'

/** How an HTTP request ended: an answer, or why there was none. */
export type Outcome =
  | { status: number; body: string; echo?: Echo }
  | { failure: 'refused' | 'timed out' | 'no route' | 'other'; detail: string }

/** A machine outside of the cluster, to try things from. */
export interface HostHandle {
  /**
   * Sends one HTTP request and gives up after `seconds` (2).
   * @param options.headers more headers, each as `Name: value`; `Host` replaces the URL's own
   * @param options.resolve the address that the URL's host name stands for: what DNS would say
   */
  http(url: string, options?: { headers?: string[]; resolve?: string; seconds?: number }): Promise<Outcome>
  /** Runs `ip` commands there, such as `route replace …`. */
  ip(commands: readonly string[]): Promise<void>
}

/** The machine of that name: its network namespace. */
export function hostHandle(name: string): HostHandle {
  return {
    async http(url, { headers = [], resolve, seconds = 2 } = {}) {
      const { hostname, port, protocol } = new URL(url)
      const { exitCode, stdout, stderr } = await execa(
        'ip',
        [
          ...['netns', 'exec', name, 'curl', '--silent', '--verbose', '--globoff', '--noproxy', '*'],
          ...['--max-time', String(seconds), '--write-out', '\n%{http_code}'],
          ...headers.flatMap((header) => ['--header', header]),
          ...(resolve
            ? ['--resolve', `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}:${resolve}`]
            : []),
          url,
        ],
        { reject: false },
      )
      if (exitCode !== 0) return failureOf(exitCode, stderr)
      const end = stdout.lastIndexOf('\n')
      const body = stdout.slice(0, end)
      const echo = echoOf(body)
      return { status: Number(stdout.slice(end + 1)), body, ...(echo && { echo }) }
    },
    ip: (commands) => ip(commands, name),
  }
}

/** An address as it stands in a URL. */
export const urlHost = (address: string) => (isIPv6(address) ? `[${address}]` : address)

// --- utils ---

/** curl's exit codes and what it tells on the way: https://curl.se/libcurl/c/libcurl-errors.html */
function failureOf(exitCode: number | undefined, log: string): Outcome {
  const lines = log.split('\n').filter((line) => line.startsWith('*') || line.startsWith('curl:'))
  const detail = lines.at(-1) ?? log
  if (exitCode === 28) return { failure: 'timed out', detail }
  if (exitCode === 7 && /Connection refused/.test(log)) return { failure: 'refused', detail }
  if (exitCode === 7 && /unreachable|No route/.test(log)) return { failure: 'no route', detail }
  return { failure: 'other', detail }
}

function echoOf(body: string): Echo | undefined {
  try {
    const found = JSON.parse(body)
    return typeof found?.host === 'string' && typeof found.peer === 'string' ? found : undefined
  } catch {
    return undefined
  }
}
