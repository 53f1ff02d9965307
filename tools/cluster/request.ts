import type { Echo } from './echo.ts'

/** One request from a machine outside of the cluster. */
export interface Request {
  /** HTTP over TCP, or over TLS; or one datagram. */
  protocol: 'http' | 'https' | 'udp'
  /** The IP address and port it goes to. */
  address: string
  port: number
  /** Which of the machine's own addresses it comes from; the kernel's choice where left out. */
  from?: string
  /** The port it comes from; the kernel's choice where left out. */
  sourcePort?: number
  /** Host header, and TLS server name: the address where left out. */
  host?: string
  path?: string
  headers?: Record<string, string>
  /** After how many seconds it gives up: 2 where left out. */
  seconds?: number
}

/** How a request ended: an answer, or why there was none. */
export type Outcome =
  | { status: number; body: string; echo?: Echo }
  | { failure: 'refused' | 'timed out' | 'no route' | 'other'; detail: string }
