import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { decode, encode } from 'dns-packet'

/** What a DNS server knows: addresses by name, or the code with which it fails. */
export type Zone = Record<string, { a?: string[]; aaaa?: string[]; rcode?: 'SERVFAIL' | 'REFUSED' }>

/** A DNS server on the loopback; what it knows may change while it runs. */
export async function dnsServer(zone: Zone): Promise<{ address: string; stop(): void }> {
  const socket = createSocket('udp4')
  socket.on('message', (message, from) => {
    const { id, questions: [question] = [] } = decode(message)
    if (!question) return
    const known = zone[question.name]
    const { type, name } = question
    const data = type === 'A' ? known?.a : type === 'AAAA' ? known?.aaaa : undefined
    const answers = (data ?? []).map((address) => ({ type, name, ttl: 1, data: address }) as never)
    const rcode = known?.rcode ?? (known ? 'NOERROR' : 'NXDOMAIN')
    const flags = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 }[rcode]
    socket.send(encode({ type: 'response', id: id ?? 0, flags, questions: [question], answers }), from.port)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return { address: `127.0.0.1:${socket.address().port}`, stop: () => socket.close() }
}
