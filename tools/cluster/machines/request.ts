import { isIPv6 } from 'node:net'
import type { Echo } from './echo.ts'

/** One request from a machine outside of the cluster, over a connection of its own. */
export interface Request {
  /**
   * HTTP/1.1, the same over TLS, HTTP/2 by prior knowledge, gRPC the same way, gRPC over TLS, a connection that says
   * nothing and waits for a word, or one datagram.
   */
  protocol: 'http' | 'https' | 'h2c' | 'grpc' | 'grpcs' | 'tcp' | 'udp'
  /** The IP address, or a name to look up, and the port it goes to. */
  address: string
  port: number
  /** Which of the machine's own addresses it comes from; the kernel's choice where left out. */
  from?: string
  /** The port it comes from; the kernel's choice where left out. */
  sourcePort?: number
  /** Host header, or `:authority`: address and port where left out. */
  host?: string
  /** TLS server name: the host's where left out; none where that is an address. */
  serverName?: string
  /** PEM of the authority that the server's certificate must come from; any certificate will do where left out. */
  ca?: string
  /** GET where left out; gRPC knows POST alone. */
  method?: string
  /** With its query; of gRPC, `/SERVICE/METHOD`. */
  path?: string
  headers?: Record<string, string>
  /** After how many seconds it gives up: 2 where left out. */
  seconds?: number
  /** Has the kernel ask after so many idle seconds, and every second from then on, whether the other side is there. */
  keepAlive?: number
}

/** An answer, whoever gave it: with status 200 where there is none, as with `tcp` and `udp`. */
export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
  /** What App2 said, where it was App2. */
  echo?: Echo
  /** gRPC's own status: 0 is OK, 7 permission denied, 14 unavailable. */
  grpcStatus?: number
  /** The certificate that was shown, as node:crypto's X509Certificate says it: `CN=app2`, `DNS:app2.example`. */
  certificate?: { subject: string; subjectAltName: string; issuer: string; serialNumber: string }
}

/** Why there was no answer. `untrusted`: the certificate is not what `ca` and the server name ask for. */
export interface Failure {
  failure: 'refused' | 'timed out' | 'no route' | 'untrusted' | 'other'
  detail: string
}

/** How a request ended. */
export type Outcome = Answer | Failure

/** An address as it stands in a URL. */
export const urlHost = (address: string) => (isIPv6(address) ? `[${address}]` : address)
