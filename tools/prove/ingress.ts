import type { Proxy as ProxyValues } from '../../schema/generated/values.ts'
import { anyHost } from './hosts.ts'

/** What there is to try of a proxy's Ingress. */
interface Found {
  /** The host names that the controller here leads to App2, with a path that does. */
  hosts: { host: string; path: string; targetPort: number; https: boolean }[]
  /** The Secrets that their certificates are expected in. */
  certificates: { secretName: string; hosts: string[] }[]
  /** Why they are not tried, where they are not. */
  why: string | undefined
}

/** @param name the Service's name */
export function hostsOf(name: string, { ingress = {}, backend, ports = {} }: ProxyValues): Found {
  const { hosts = [], className = '', controller = 'none', tls = {} } = ingress
  const nothing = { hosts: [], certificates: [] }
  const port = Object.entries(ports).find(
    ([key, { protocol = 'TCP' }]) => (!ingress.port || ingress.port === key) && protocol === 'TCP',
  )?.[1]
  if (ingress.enabled === false || hosts.length === 0 || !port) return { ...nothing, why: undefined }
  const protocol = backend?.protocol ?? 'http'
  const why = !['none', 'contour'].includes(controller)
    ? `no ${controller} runs here, only Contour`
    : !['', 'contour'].includes(className)
      ? `the controller here serves class contour, or none, and not ${className}`
      : protocol !== 'http'
        ? `App2 speaks http here, and not ${protocol}`
        : undefined
  if (why) return { ...nothing, why }
  const https = tls.enabled ?? Boolean(tls.issuer?.name || tls.secretName || tls.certificates?.length)
  const path = ingress.paths?.[0]?.path ?? '/'
  const targetPort = port.targetPort ?? port.port ?? 0
  const one = [{ secretName: tls.secretName || `${name}-tls`, hosts }]
  return {
    hosts: hosts.map((host) => ({ host: anyHost(host), path, targetPort, https })),
    certificates: https ? (tls.certificates?.length ? tls.certificates : one) : [],
    why,
  }
}
