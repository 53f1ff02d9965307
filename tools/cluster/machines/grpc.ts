/**
 * A gRPC message as it goes over HTTP/2: a byte that says it is not compressed, its length in 4 bytes, itself.
 * Ours are JSON (`application/grpc+json`), so no schema is needed.
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export function framed(message: string): Buffer {
  const bytes = Buffer.from(message)
  const head = Buffer.alloc(5)
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** The message of a frame; empty where none came, as with an error. */
export const unframed = (frame: Buffer): string => frame.subarray(5).toString()
