import type { Path, Proxy as ProxyValues } from '../../schema/generated/values.ts'
import type { DoorRef } from './door-ref.ts'
import { anyName } from './host-names.ts'
import type { Skipped } from './skipped.ts'

/** A host name that the controller here leads to App2, with a path that does. */
export interface HostNamePlan {
  hostName: string
  path: string
  targetPort: number
  https: boolean
  of: DoorRef
}

/** A Secret that a certificate is expected in. */
export interface Certificate {
  secretName: string
  hosts: string[]
}

/** What there is to try of a proxy's Ingress. */
interface Found {
  hostNames: HostNamePlan[]
  certificates: Certificate[]
  /** Those that are not tried, and why. */
  skipped: Skipped[]
}

/**
 * @param name the Service's name
 * @param others every host name of the values
 */
export function hostNamesOf(name: string, values: ProxyValues, others: readonly string[] = []): Found {
  const { ingress = {}, ports = {} } = values
  const { hosts = [], tls = {} } = ingress
  const port = Object.entries(ports).find(
    ([key, { protocol = 'TCP' }]) => (!ingress.port || ingress.port === key) && protocol === 'TCP',
  )?.[1]
  const nothing = { hostNames: [], certificates: [], skipped: [] }
  if (ingress.enabled === false || hosts.length === 0 || !port) return nothing
  const why = reasonNotToTry(values)
  if (why) return { ...nothing, skipped: [{ what: 'host names', why, of: { ways } }] }
  const https = tls.enabled ?? Boolean(tls.issuer?.name || tls.secretName || tls.certificates?.length)
  const paths = ingress.paths ?? [{ path: '/' }]
  const expressions = paths.filter(
    (one) => one.pathType === 'ImplementationSpecific' && /[^\w/.-]/.test(one.path),
  )
  const targetPort = port.targetPort ?? port.port ?? 0
  const one = [{ secretName: tls.secretName || `${name}-tls`, hosts }]
  return {
    hostNames: hosts.flatMap((host) =>
      paths
        .filter((one) => !expressions.includes(one))
        .flatMap(pathsOf)
        .map((path) => ({
          hostName: anyName(host, others),
          path,
          targetPort,
          https,
          of: { ways, hosts: [host], path },
        })),
    ),
    certificates: https ? (tls.certificates?.length ? tls.certificates : one) : [],
    skipped: expressions.map(({ path }) => ({
      what: `path ${path}`,
      why: 'what it stands for, each controller says itself',
      of: { ways, path },
    })),
  }
}

// --- utils ---

/** What the judge calls a door by a host name. */
const ways = ['Ingress', 'HTTPProxy']

/** A path, and what is below it, where it stands for that too: a controller may need two routes for the two. */
function pathsOf({ path, pathType = 'Prefix' }: Path): string[] {
  const whole = path.replace(/\/$/, '')
  return pathType === 'Prefix' && whole !== '' ? [whole, `${whole}/`] : [path]
}

function reasonNotToTry({ ingress = {}, backend = {} }: ProxyValues): string | undefined {
  const { className = '', controller = 'none' } = ingress
  const { protocol = 'http' } = backend
  if (!['none', 'contour'].includes(controller)) return `no ${controller} runs here, only Contour`
  if (!['', 'contour'].includes(className))
    return `the controller here serves class contour, or none, and not ${className}`
  if (protocol !== 'http') return `App2 speaks http here, and not ${protocol}`
  return undefined
}
