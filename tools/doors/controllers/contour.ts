import { open, type Verdict } from '../door.ts'
import { at, list, type Thing, text, type World } from '../things.ts'
import { type Controller, heldByList } from './held.ts'

/** Contour (read in 1.33: apis/projectcontour/v1/httpproxy.go, internal/dag/httpproxy_processor.go, internal/annotation). */
export const contour: Controller = {
  title: 'Contour',
  clientAddress: "its Envoy's Service has externalTrafficPolicy Local",
  sure: 'seen',
  groups: /^projectcontour\.io$/,
  kinds: [
    'ContourConfiguration',
    'ContourDeployment',
    'ExtensionService',
    'HTTPProxy',
    'TLSCertificateDelegation',
  ],
  prefixes: ['projectcontour.io/'],
  harmless: [
    'generated-by-version',
    'ingress.class',
    'max-connections',
    'max-pending-requests',
    'max-requests',
    'max-retries',
    'per-host-max-connections',
    'upstream-protocol.*',
  ],
}

/**
 * Who gets in by an ipAllowPolicy. `source: Peer` is the connection's own address; `Remote` may be out of a header.
 * @param policy the ipAllowPolicy of a route where it has one, else of the virtual host
 */
export function contourList(policy: unknown, proxy: Thing, things: readonly Thing[], world: World): Verdict {
  const entries = list(policy)
  if (entries.length === 0) return open('seen', 'it has no ipAllowPolicy')
  const remote = entries.some((entry) => at(entry, 'source') !== 'Peer')
  if (remote) return open('read', `${proxy.title} asks for source Remote, which X-Forwarded-For may say`)
  const ranges = entries.map((entry) => text(at(entry, 'cidr')) ?? '')
  return heldByList(contour, ranges, `${proxy.title}'s ipAllowPolicy`, [proxy, ...things], world)
}
