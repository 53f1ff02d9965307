/** What the chart and its tools know of a kind of door that a controller may serve. */
interface DoorKind {
  /** What stands for it in tables. */
  letter: string
  /** Whether it speaks HTTP to App2, so that `backend` is for it; the others carry bytes as they come. */
  http: boolean
  /** The protocol of the ports that it leads to. */
  protocol: 'TCP' | 'UDP'
  /** The protocols of `backend` that it speaks, where it is not all of them. */
  speaks?: string[]
  /** What is only a route's. */
  route?: {
    /** Versions of gateway.networking.k8s.io that have had it (Gateway API 1.6). */
    versions: string[]
    /** The protocols of the listeners that it hangs on. */
    listeners: string[]
    /** Whether it is told from others by host names. */
    hostnames: 'optional' | 'required' | 'none'
    /** Fields of its rules. */
    rules: string[]
    /** What its rules match by, where they do, and whether their method is a word of HTTP or has fields. */
    matches?: string[]
    method?: 'word' | 'fields'
    /** Filters that it lacks of those that an HTTPRoute has. */
    lacks?: string[]
  }
}

/** The kinds of doors that a controller may serve: a kind is added here, and to the presets that serve it. */
export const kinds = {
  Ingress: { letter: 'I', http: true, protocol: 'TCP' },
  HTTPRoute: {
    letter: 'H',
    http: true,
    protocol: 'TCP',
    route: {
      versions: ['v1', 'v1beta1'],
      listeners: ['HTTP', 'HTTPS'],
      hostnames: 'optional',
      rules: ['matches', 'filters', 'timeouts', 'backendRefs'],
      matches: ['path', 'method', 'headers', 'queryParams'],
      method: 'word',
    },
  },
  GRPCRoute: {
    letter: 'G',
    http: true,
    protocol: 'TCP',
    speaks: ['grpc', 'grpcs'],
    route: {
      versions: ['v1'],
      listeners: ['HTTP', 'HTTPS'],
      hostnames: 'optional',
      rules: ['matches', 'filters', 'backendRefs'],
      matches: ['method', 'headers'],
      method: 'fields',
      lacks: ['RequestRedirect', 'URLRewrite', 'CORS'],
    },
  },
  TLSRoute: {
    letter: 'S',
    http: false,
    protocol: 'TCP',
    route: {
      versions: ['v1', 'v1alpha3', 'v1alpha2'],
      listeners: ['TLS'],
      hostnames: 'required',
      rules: ['backendRefs'],
    },
  },
  TCPRoute: {
    letter: 'T',
    http: false,
    protocol: 'TCP',
    route: { versions: ['v1', 'v1alpha2'], listeners: ['TCP'], hostnames: 'none', rules: ['backendRefs'] },
  },
  UDPRoute: {
    letter: 'U',
    http: false,
    protocol: 'UDP',
    route: { versions: ['v1', 'v1alpha2'], listeners: ['UDP'], hostnames: 'none', rules: ['backendRefs'] },
  },
} as const satisfies Record<string, DoorKind>

export type Kind = keyof typeof kinds
export type RouteKind = Exclude<Kind, 'Ingress'>

/** What is known of a kind. */
export const doorKind = (kind: Kind): DoorKind => kinds[kind]

export const kindNames = Object.keys(kinds) as Kind[]
export const routeKinds = kindNames.filter((kind): kind is RouteKind => kind !== 'Ingress')
