import { afterAll, beforeAll } from 'vitest'
import { type ResolveOptions, resolved } from '../../../tools/resolve/resolve.ts'
import { dnsServer, type Zone } from './names.ts'

export const ipOf = (index: number) => `10.1.${index >> 8}.${index & 255}`
/** More than UDP carries. */
export const many = Array.from({ length: 1500 }, (_, index) => ipOf(index))

/** The names that there are; a test may add its own. */
export const zone: Zone = {
  'app2.corp.example': { a: ['2.3.4.5'] },
  'two.corp.example': { a: ['2.3.4.6', '2.3.4.5'] },
  'three.corp.example': { a: ['2.3.4.5', '2.3.4.6', '2.3.4.7'] },
  'dual.corp.example': { a: ['2.3.4.5'], aaaa: ['2001:db8::5'] },
  'six.corp.example': { aaaa: ['2001:DB8:0::6'] },
  'empty.corp.example': {},
  'failing.corp.example': { rcode: 'SERVFAIL' },
  'refusing.corp.example': { rcode: 'REFUSED' },
  'inside.corp.example': { a: ['127.0.0.1'] },
  'local.corp.example': { aaaa: ['fe80::1'] },
  'own.corp.example': { a: ['2.3.4.7'] },
  'silent.corp.example': { silent: true },
  'unable.corp.example': { rcode: 'NOTIMP' },
  'alias.corp.example': { cname: 'second.corp.example' },
  'second.corp.example': { cname: 'two.corp.example' },
  'dangling.corp.example': { cname: 'empty.corp.example' },
  'many.corp.example': { a: many },
  'xn--bcher-kva.example': { a: ['2.3.4.5'] },
}

/** Resolves values by a server that knows {@link zone}, while a file's tests run. */
export function resolving() {
  let server: Awaited<ReturnType<typeof dnsServer>>
  beforeAll(async () => {
    server = await dnsServer(zone)
  })
  afterAll(() => server.stop())
  return (text: string, options: ResolveOptions = {}) =>
    resolved(text, { servers: [server.address], ...options })
}

/** A values file whose one proxy has these addresses, written as the YAML of the list. */
export const values = (list: string) => `# Who answers for it: team edge
proxies:
  app:
    addresses:${list}
    ports: # as App2 says
      http:   {port: 80, targetPort: 8080}
`
