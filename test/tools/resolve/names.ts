import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { decode, encode, TRUNCATED_RESPONSE } from 'dns-packet'

/** What a DNS server knows of a name: addresses, another name for it, or how it fails. */
export type Zone = Record<
  string,
  { a?: string[]; aaaa?: string[]; cname?: string; rcode?: 'SERVFAIL' | 'REFUSED' | 'NOTIMP'; silent?: true }
>

/**
 * A DNS server on the loopback; what it knows may change while it runs. What is more than a packet of UDP may hold it
 * says by TCP alone.
 */
export async function dnsServer(zone: Zone): Promise<{ address: string; stop(): void }> {
  const answer = (message: Buffer, most = 65_535): Buffer | undefined => {
    const { id = 0, questions = [] } = decode(message)
    const [question] = questions
    if (!question || zone[question.name]?.silent) return undefined
    const { type, name } = question
    const answers = recordsOf(zone, name, type)
    const known = zone[name]
    const rcode = known?.rcode ?? (known ? 'NOERROR' : 'NXDOMAIN')
    const flags = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 }[rcode]
    const packet = { type: 'response', id, questions } as const
    const whole = encode({ ...packet, flags, answers: answers as never })
    return whole.length > most ? encode({ ...packet, flags: flags | TRUNCATED_RESPONSE }) : whole
  }
  const tcp = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      const whole = answer(data.subarray(2))
      if (!whole) return
      const length = Buffer.alloc(2)
      length.writeUInt16BE(whole.length)
      socket.end(Buffer.concat([length, whole]))
    })
  })
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const { port } = tcp.address() as { port: number }
  const udp = createSocket('udp4')
  udp.on('message', (message, from) => {
    const packet = answer(message, 512)
    if (packet) udp.send(packet, from.port)
  })
  udp.bind(port, '127.0.0.1')
  await once(udp, 'listening')
  return {
    address: `127.0.0.1:${port}`,
    stop: () => {
      udp.close()
      tcp.close()
    },
  }
}

// --- utils ---

/** The records of a name, with those of what it is another name for. */
function recordsOf(zone: Zone, name: string, type: string): object[] {
  const { a = [], aaaa = [], cname } = zone[name] ?? {}
  if (cname) return [{ type: 'CNAME', name, ttl: 1, data: cname }, ...recordsOf(zone, cname, type)]
  const data = type === 'A' ? a : type === 'AAAA' ? aaaa : []
  return data.map((address) => ({ type, name, ttl: 1, data: address }))
}
