/**
 * App2: answers each HTTP request with who it is and from where the request came.
 *   node --import tsx echo.ts NAME PORT…
 */
import { createServer } from 'node:http'

/** What it answers, as JSON. */
export interface Echo {
  /** The host's name. */
  host: string
  /** Its own address and port, as the request named them. */
  local: string
  /** The address that it saw the request come from. */
  peer: string
  headers: Record<string, string | string[] | undefined>
}

const [host = '', ...ports] = process.argv.slice(2)
for (const port of ports) {
  createServer(({ socket, headers }, response) => {
    const echo: Echo = {
      host,
      local: `${plain(socket.localAddress)} port ${socket.localPort}`,
      peer: plain(socket.remoteAddress),
      headers,
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(echo))
  }).listen(Number(port), '::')
}

/** An IPv4 address without the prefix that it has on a socket for both families. */
function plain(address = ''): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '')
}
