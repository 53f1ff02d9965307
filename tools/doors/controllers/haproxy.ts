import { anyone, intersection, isNobody, whoOf } from '../cidr.ts'
import { either, open, unique, type Verdict } from '../door.ts'
import type { Thing, World } from '../things.ts'
import { type Controller, heldByList } from './held.ts'
import type { IngressVisit } from './index.ts'

/**
 * HAProxy Technologies' kubernetes-ingress (read in 3.2: pkg/annotations, documentation/annotations.md). It strips
 * each prefix alike, and reads keys from the Service too, but no list (pkg/ingress/ingress.go, handleAnnotations).
 */
export const haproxy: Controller = {
  title: 'HAProxy (haproxytech)',
  clientAddress: 'its Service has externalTrafficPolicy Local, or PROXY protocol',
  sure: 'read',
  groups: /(^|\.)haproxy\.(org|com)$/,
  kinds: [],
  settings: ['src-ip-header', 'frontend-config-snippet', 'global-config-snippet', 'backend-config-snippet'],
  prefixes: ['haproxy.org/', 'haproxy.com/', 'ingress.kubernetes.io/'],
  harmless: [
    'abortonclose',
    'check',
    'check-http',
    'check-interval',
    'cookie-persistence',
    'cookie-persistence-no-dynamic',
    'cors-*',
    'forwarded-for',
    'load-balance',
    'path-rewrite',
    'pod-maxconn',
    'request-capture',
    'request-capture-len',
    'request-redirect',
    'request-redirect-code',
    'request-set-header',
    'response-set-header',
    'scale-server-slots',
    'send-proxy-protocol',
    'server-ca',
    'server-crt',
    'server-proto',
    'server-ssl',
    'set-host',
    'ssl-certificate',
    'ssl-redirect',
    'ssl-redirect-code',
    'ssl-redirect-port',
    'timeout-*',
  ],
  holding: ['auth-*', 'blacklist', 'deny-list', 'rate-limit-*'],
  lists: ['allow-list', 'whitelist'],
}

const lists = ['allow-list', 'whitelist']

/**
 * Of a key that is given twice either may be taken. IPv4 clients are compared with IPv6 ranges too, in their mapped
 * form (haproxy, src/pattern.c, pat_match_ip), so an IPv6 range that holds ::ffff:0:0/96 lets in all of IPv4.
 */
export function haproxyIngress({ ingress, services, classes }: IngressVisit, world: World): Verdict {
  const things = [ingress, ...services, ...classes]
  const held = haproxy.prefixes.flatMap((prefix) =>
    lists.flatMap((name) => {
      const value = ingress.annotations[`${prefix}${name}`]
      return value === undefined
        ? []
        : [{ name, verdict: listVerdict(value, `${ingress.title}'s ${name}`, things, world) }]
    }),
  )
  const [first = open('read', 'it has no list for HAProxy'), ...others] = held.map(({ verdict }) => verdict)
  const verdict = others.reduce(either, first)
  const [name, ...names] = unique(held.map((one) => one.name))
  if (name === undefined || names.length > 0 || verdict.heldBy.length === 0) return verdict
  return {
    ...verdict,
    conditions: [...verdict.conditions, `its version reads ${name}, and not the other name alone`],
  }
}

/** An Ingress that passes TLS on: up to 3.2.12 it opens every list of the controller over HTTPS. */
export const passesTlsOn = (ingress: Thing): boolean =>
  haproxy.prefixes.some((prefix) => ingress.annotations[`${prefix}ssl-passthrough`] === 'true')

// --- utils ---

/** The range of IPv6 in whose terms HAProxy compares an IPv4 client; as a plain range, it is IPv4 all over. */
const mapped = whoOf(['::fffe:0:0/95']).who

function listVerdict(value: string, by: string, things: readonly Thing[], world: World): Verdict {
  if (value.trim() === '') return open('read', `${by} is empty`)
  const verdict = heldByList(haproxy, value.split(','), by, things, world)
  const conditions = [
    ...verdict.conditions,
    'HAProxy is newer than 3.2.12, or no Ingress of the cluster has ssl-passthrough',
    'a 6to4 address (2002::/16) counts as the IPv4 address in it',
  ]
  if (verdict.heldBy.length === 0) return verdict
  if (isNobody(intersection(verdict.who, mapped))) return { ...verdict, conditions }
  const who = { ...verdict.who, IPv4: anyone.IPv4 }
  return {
    ...verdict,
    who,
    conditions,
    reasons: ['HAProxy compares IPv4 clients with IPv6 ranges, as ::ffff:a.b.c.d'],
  }
}
