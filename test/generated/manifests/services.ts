import { fc } from '../../fast-check.ts'

/** Ranges as people write them: right, with host bits, and none at all. */
const range = fc.oneof(
  { weight: 15, arbitrary: fc.constantFrom('1.2.3.0/24', '1.2.3.4/32', '1.2.3.4', '5.6.7.9/24') },
  { weight: 1, arbitrary: fc.constantFrom('0.0.0.0/0', 'office', '1.2.3.4/33') },
)
export const ranges = fc.array(range, { maxLength: 2 })

/** Mostly the first: a sample has many of these, and one that is odd may close all of it. */
export const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof(
    { weight: 30, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  )

/** What a load balancer reads beside its list: nothing, what is harmless, what turns it round, adds to it, undoes it. */
const besideList = mostly<object>(
  {},
  { 'metallb.io/address-pool': 'public' },
  { 'service.cilium.io/src-ranges-policy': 'deny' },
  { 'service.beta.kubernetes.io/azure-allowed-ip-ranges': '10.0.0.0/8' },
  { 'service.beta.kubernetes.io/aws-load-balancer-security-groups': 'sg-1' },
  { 'service.beta.kubernetes.io/load-balancer-source-ranges': ['1.2.3.0/24'] },
)

/** Mostly where all else is; written, or not. */
export const namespace = mostly<object>({}, { namespace: 'default' }, { namespace: 'edge' })

export const serviceOf = (name: string) =>
  fc
    .record({
      type: fc.constantFrom('LoadBalancer', 'ClusterIP', 'NodePort', undefined),
      ranges,
      more: fc.array(fc.constant({ name: 'admin', port: 81 }), { maxLength: 1 }),
      annotations: besideList,
      namespace,
      beside: mostly<object>(
        {},
        { internalTrafficPolicy: 'Local' },
        { externalTrafficPolicy: 'Local' },
        { clusterIP: 'None' },
        { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' },
        { ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'PreferDualStack' },
        { loadBalancerSourceRange: ['1.2.3.4/32'] },
      ),
    })
    .map(({ type, ranges: list, annotations, more, beside, namespace: where }) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, ...where, annotations },
      spec: {
        ...(type && { type }),
        ...(list.length > 0 && type === 'LoadBalancer' && { loadBalancerSourceRanges: list }),
        ...beside,
        ports: [{ name: 'http', port: 80 }, ...more],
      },
    }))

export const pods = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: '~pods', namespace: 'default' },
  spec: { selector: { app: 'pods' }, ports: [{ name: 'http', port: 80 }] },
}

/** Ports of App2, as its addresses have them: all alike, one less, another number, another name. */
const theirs = mostly<object[]>(
  [
    { name: 'http', port: 80 },
    { name: 'admin', port: 81 },
  ],
  [{ name: 'http', port: 80 }],
  [
    { name: 'http', port: 8080 },
    { name: 'admin', port: 81 },
  ],
  [{ port: 80 }],
  [{ name: 'admin', port: 81, protocol: 'UDP' }],
)
const subset = fc
  .record({
    ips: fc.uniqueArray(mostly('2.3.4.5', '2.3.4.6', '2001:db8::5'), { minLength: 1, maxLength: 2 }),
    field: mostly('addresses', 'notReadyAddresses'),
    ports: theirs,
  })
  .map(({ ips, field, ports }) => ({ [field]: ips.map((ip) => ({ ip })), ports }))
export const holderOf = (name: string) =>
  fc.tuple(fc.array(subset, { minLength: 1, maxLength: 3 }), namespace).map(([subsets, where]) => ({
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, ...where },
    subsets,
  }))
