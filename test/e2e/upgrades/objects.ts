/** Objects by kind and name, without what Kubernetes assigns: two clusters of one state have the same. */
export type Seen = Record<string, unknown>

type Json = Record<string, unknown>

/** @param items objects of a namespace, as `kubectl get` gives them */
export function seen(items: readonly object[]): Seen {
  const own = (items as Json[]).filter(
    ({ metadata }) => (metadata as Json).name !== 'kubernetes' && !isMirrored(metadata as Json),
  )
  return Object.fromEntries(
    own
      .map((object): [string, unknown] => [
        `${object.kind} ${(object.metadata as Json).name}`,
        cleaned(object),
      ])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )
}

// --- utils ---

/** Slices that Kubernetes mirrors from Endpoints: there as long as those are. */
function isMirrored({ labels }: Json): boolean {
  const by = (labels as Json | undefined)?.['endpointslice.kubernetes.io/managed-by']
  return by === 'endpointslicemirroring-controller.k8s.io'
}

function cleaned({ metadata, spec, status, ...rest }: Json): unknown {
  const { labels, annotations } = metadata as Json
  const written = Object.entries((annotations ?? {}) as Json).filter(
    ([key]) => !/^(meta\.helm\.sh|metallb\.io|endpoints\.kubernetes\.io)\//.test(key),
  )
  return sorted({
    ...rest,
    labels,
    annotations: Object.fromEntries(written),
    ...(rest.kind === 'Service' ? { spec: service(spec as Json) } : { spec }),
  })
}

function service({ clusterIP, clusterIPs, healthCheckNodePort, ports, ...spec }: Json): Json {
  const shown = ((ports ?? []) as Json[]).map(({ nodePort, ...port }) => ({
    ...port,
    isOpen: Boolean(nodePort),
  }))
  return { ...spec, ports: shown, clusterIPs: ((clusterIPs ?? []) as unknown[]).length }
}

/** With the keys in order, so that two can be compared as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(
    entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]),
  )
}
