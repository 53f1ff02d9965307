// Generated from schema/ by: npm run generate

/**
 * Values of the chart external-service-proxy.
 */
export interface Values {
  /**
   * Whether the chart makes anything; also what an umbrella chart puts its condition on.
   */
  enabled?: boolean;
  /**
   * An umbrella chart's global values, which Helm hands to every chart. Not used here.
   */
  global?: {
    [k: string]: unknown;
  };
  /**
   * Where the cluster runs: what its load balancer needs, and what it can hold.
   */
  platform?: "generic" | "aws" | "azure" | "gcp" | "digitalocean" | "hetzner" | "oci" | "openstack" | "cilium";
  /**
   * Stands before every object's name.
   */
  namePrefix?: string;
  /**
   * The nodes' and the pods' own networks. Behind a controller, sourceRanges that share addresses with them are refused, since whoever comes by the controller's own ClusterIP, or by any way to it under externalTrafficPolicy Cluster, is seen as a node.
   *
   * @maxItems 100
   */
  clusterRanges?: string[];
  /**
   * Whose load balancers a service.loadBalancerClass gives, as a platform; generic, where its address is on the nodes. Needed for classes that the chart doesn't know, before it believes that they heed sourceRanges.
   */
  loadBalancerClasses?: {
    [k: string]: "generic" | "aws" | "azure" | "gcp" | "digitalocean" | "hetzner" | "oci" | "openstack" | "cilium";
  };
  /**
   * Annotations and labels that you know to open no way and to undo no list, though the chart doesn't: whole keys, or what they begin with up to the slash. Others, while sourceRanges are to be held, are refused.
   *
   * @maxItems 100
   */
  harmlessKeys?: string[];
  /**
   * Kinds of extraObjects that you know to open no way and to undo no list, though the chart doesn't: GROUP/KIND. Others, while sourceRanges are to be held, are refused.
   *
   * @maxItems 100
   */
  harmlessKinds?: string[];
  /**
   * Labels of every object.
   */
  commonLabels?: {
    [k: string]: string;
  };
  /**
   * Annotations of every object.
   */
  commonAnnotations?: {
    [k: string]: string;
  };
  defaults?: Proxy;
  /**
   * The proxies by name, which is the Service's.
   */
  proxies?: {
    [k: string]: Proxy;
  };
  /**
   * Gateways and ListenerSets by name, where the cluster has none for the routes.
   */
  gateways?: {
    [k: string]: Gateway;
  };
  access?: Access;
  /**
   * Objects that the chart doesn't make, by name, as manifests: they come and go with the release, with its labels. While sourceRanges are to be held, kinds that could open a way are refused.
   */
  extraObjects?: {
    [k: string]: ExtraObject;
  };
}
/**
 * One proxy: who may come in, by which doors, and where App2 is.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "proxy".
 */
export interface Proxy {
  /**
   * Whether the proxy is there.
   */
  enabled?: boolean;
  /**
   * App2's addresses: an IP address each, or {ip, name, ready, zone, nodeName}.
   *
   * @maxItems 10000
   */
  addresses?: (string | Address)[];
  /**
   * A DNS name in place of addresses: the Service is then of type ExternalName, a name in DNS and nothing more.
   */
  externalName?: string;
  /**
   * Ports by name; each number and protocol once.
   */
  ports?: {
    [k: string]: Port;
  };
  /**
   * App1: the networks that may come in, by load balancer, Ingress or route. Required wherever one of these is opened, and for each family of the Service. 0.0.0.0/0 and ::/0 are the explicit words for anyone.
   *
   * @maxItems 1000
   */
  sourceRanges?: string[];
  /**
   * Says that sourceRanges may share addresses with clusterRanges: whoever comes by the controller's own ClusterIP then gets in.
   */
  allowClusterSources?: boolean;
  service?: Service;
  endpoints?: Endpoints;
  dns?: Dns;
  backend?: Backend;
  ingress?: Ingress;
  /**
   * Routes of the Gateway API by name.
   */
  routes?: {
    [k: string]: Route;
  };
}
/**
 * One address of App2, with what is to be said of it.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "address".
 */
export interface Address {
  /**
   * IPv4 or IPv6 address.
   */
  ip: string;
  /**
   * DNS name that the address comes from. The chart looks nothing up: `npm run resolve` writes the addresses that the name stands for.
   */
  name?: string;
  /**
   * false drains the address: it stays in the values and gets no new connection.
   */
  ready?: boolean;
  /**
   * Zone that App2 is in, for trafficDistribution.
   */
  zone?: string;
  /**
   * Node that alone sends to this address under a policy Local. It opens the ClusterIP on that node, so service.inCluster must be true.
   */
  nodeName?: string;
}
/**
 * One port: where App1 knocks, and where App2 listens.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "port".
 */
export interface Port {
  /**
   * Port that App1 connects to. Required.
   */
  port?: number;
  /**
   * Port that App2 listens on. Default: port.
   */
  targetPort?: number;
  /**
   * Port of every node, for its firewall, where node ports are allocated; of those that the API server has by default. Default: Kubernetes' choice.
   */
  nodePort?: number;
  /**
   * Transport protocol.
   */
  protocol?: "TCP" | "UDP" | "SCTP";
  /**
   * What is spoken on the port, as a hint for controllers.
   */
  appProtocol?: string;
}
/**
 * The Service without a selector.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "service".
 */
export interface Service {
  /**
   * Type of the Service. ExternalName is what externalName makes it.
   */
  type?: "LoadBalancer" | "ClusterIP" | "NodePort" | "ExternalName";
  /**
   * Whether pods, and machines with a route to it, may use the ClusterIP; false drops every packet to it. Default: true for type ClusterIP and NodePort, unless sourceRanges are to be held; else false.
   */
  inCluster?: boolean;
  /**
   * Whether a load balancer has node ports, which sourceRanges do not hold. Default: what the platform needs.
   */
  allocateLoadBalancerNodePorts?: boolean;
  /**
   * Labels of the Service alone.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Annotations of the Service alone.
   */
  annotations?: {
    [k: string]: string;
  };
  /**
   * Which implementation makes the load balancer. Fixed after creation.
   */
  loadBalancerClass?: string;
  /**
   * Local sends only to addresses whose nodeName is the node that the packet reached. Default: Cluster.
   */
  externalTrafficPolicy?: "Cluster" | "Local";
  /**
   * ClientIP sends a client to the same address for three hours after its last connection.
   */
  sessionAffinity?: "None" | "ClientIP";
  /**
   * How many families the Service has. Default: SingleStack, or PreferDualStack where addresses are of both.
   */
  ipFamilyPolicy?: "SingleStack" | "PreferDualStack" | "RequireDualStack";
  /**
   * Families of the Service. Default: those of the addresses, in their order. Kubernetes keeps the first of them as long as the Service is there: an upgrade that changes it fails, and `npm run doors -- --against` says so before.
   *
   * @minItems 1
   * @maxItems 2
   */
  ipFamilies?: ("IPv4" | "IPv6")[];
  /**
   * Prefers addresses near the node. PreferSameZone, and PreferClose, as Kubernetes before 1.34 calls it and newer ones warn of, need a zone at every address, PreferSameNode a nodeName. Default: none.
   */
  trafficDistribution?: "PreferClose" | "PreferSameZone" | "PreferSameNode";
  /**
   * A fixed ClusterIP, or None for a headless Service. Fixed after creation.
   */
  clusterIP?: string;
}
/**
 * The objects that hold App2's addresses.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "endpoints".
 */
export interface Endpoints {
  /**
   * EndpointSlice, or Endpoints (deprecated since Kubernetes 1.33) for consumers that still need them.
   */
  kind?: "EndpointSlice" | "Endpoints";
}
/**
 * Names that External DNS gives to the load balancer's own address, or to target, whatever the Service's type.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "dns".
 */
export interface Dns {
  /**
   * The names.
   *
   * @maxItems 100
   */
  hostnames?: string[];
  /**
   * Time to live of the records, in seconds; 0 leaves it to External DNS.
   */
  ttl?: number;
  /**
   * Name or address that the records point to, in place of the load balancer's own.
   */
  target?: string;
}
/**
 * How App2 wants to be spoken to by what speaks HTTP to it: an Ingress, an HTTPRoute, a GRPCRoute. The other doors carry bytes as they come.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "backend".
 */
export interface Backend {
  /**
   * What App2 speaks: the letter s is TLS, by App2's own certificate.
   */
  protocol?: "http" | "https" | "h2c" | "grpc" | "grpcs";
  /**
   * Host header that App2 expects. Default: App1's.
   */
  host?: string;
  tls?: BackendTls;
  timeouts?: Timeouts;
  healthCheck?: HealthCheck;
}
/**
 * How App2's certificate is verified, with protocol https and grpcs. Without a CA here, by the CAs that the controller's system trusts.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "backendTls".
 */
export interface BackendTls {
  /**
   * ConfigMap of the namespace whose key ca.crt holds the CA.
   */
  caConfigMap?: string;
  /**
   * Secret of the namespace whose key ca.crt holds the CA.
   */
  caSecret?: string;
  /**
   * Name in App2's certificate, sent as SNI. Default: backend.host.
   */
  serverName?: string;
  /**
   * Whether whoever answers is taken for App2, whatever its certificate.
   */
  insecureSkipVerify?: boolean;
}
/**
 * How long the controller waits for App2.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "timeouts".
 */
export interface Timeouts {
  /**
   * For a connection. Default: the controller's.
   */
  connect?: string;
  /**
   * For the whole of an answer. Default: the controller's.
   */
  request?: string;
}
/**
 * Requests that find out which of App2 lives: one that fails it gets no more until it passes.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "healthCheck".
 */
export interface HealthCheck {
  /**
   * Path that answers 200 while App2 is well; without one nothing is checked.
   */
  path?: string;
  /**
   * How often each address is asked.
   */
  interval?: string;
}
/**
 * Host names that an Ingress controller leads to App2, by HTTP.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "ingress".
 */
export interface Ingress {
  /**
   * Whether the host names are led anywhere. Default: true with hosts.
   */
  enabled?: boolean;
  /**
   * Ingress class; without one the cluster's default.
   */
  className?: string;
  /**
   * Preset of the controller that serves the class: what holds the hosts to sourceRanges. none holds nothing, so sourceRanges must say anyone.
   */
  controller?: "none" | "contour" | "envoy-gateway" | "haproxy" | "istio" | "nginx" | "traefik";
  /**
   * Host names of App2; a wildcard may stand for the first label.
   *
   * @maxItems 100
   */
  hosts?: string[];
  /**
   * Name of the port that the hosts lead to. Default: the only TCP port.
   */
  port?: string;
  /**
   * Paths of every host.
   *
   * @minItems 1
   * @maxItems 100
   */
  paths?: Path[];
  /**
   * Annotations of the Ingress, or of the object in its place, alone.
   */
  annotations?: {
    [k: string]: string;
  };
  tls?: Tls;
}
/**
 * One path of every host.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "path".
 */
export interface Path {
  /**
   * The path, from its slash on.
   */
  path: string;
  /**
   * How it is compared: by segments, as a whole, or as the controller sees fit.
   */
  pathType?: "Prefix" | "Exact" | "ImplementationSpecific";
}
/**
 * The certificate that the controller shows to App1.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "tls".
 */
export interface Tls {
  /**
   * Whether the hosts are served by https. Default: true with issuer.name or secretName.
   */
  enabled?: boolean;
  /**
   * Secret of the certificate: cert-manager's, with an issuer, else one that is there. Default: NAME-tls.
   */
  secretName?: string;
  /**
   * Several certificates, each with the hosts that it is for, in place of the one of secretName for all of them.
   *
   * @maxItems 100
   */
  certificates?: Certificate[];
  issuer?: Issuer;
}
/**
 * A certificate of some of the hosts.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "certificate".
 */
export interface Certificate {
  /**
   * Its Secret: cert-manager's, with an issuer, else one that is there.
   */
  secretName: string;
  /**
   * The hosts that it is for, of ingress.hosts.
   *
   * @minItems 1
   * @maxItems 100
   */
  hosts: string[];
}
/**
 * cert-manager's issuer of the certificate.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "issuer".
 */
export interface Issuer {
  /**
   * Kind of the issuer.
   */
  kind?: "ClusterIssuer" | "Issuer";
  /**
   * Name of the issuer; without one cert-manager is not asked.
   */
  name?: string;
}
/**
 * One route of the Gateway API that leads to App2.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "route".
 */
export interface Route {
  /**
   * Whether the route is there.
   */
  enabled?: boolean;
  /**
   * Kind of the route. A TLSRoute passes TLS on as it comes, TCPRoute and UDPRoute carry bytes.
   */
  kind?: "HTTPRoute" | "GRPCRoute" | "TLSRoute" | "TCPRoute" | "UDPRoute";
  /**
   * Version of gateway.networking.k8s.io, where the cluster does not serve v1 of the kind: HTTPRoute v1beta1, TLSRoute v1alpha2 and v1alpha3, TCPRoute and UDPRoute v1alpha2.
   */
  apiVersion?: "v1" | "v1beta1" | "v1alpha2" | "v1alpha3";
  /**
   * Preset of the controller that serves the Gateway: what holds the route to sourceRanges. none holds nothing, so sourceRanges must say anyone.
   */
  controller?: "none" | "contour" | "envoy-gateway" | "haproxy" | "istio" | "nginx" | "traefik";
  /**
   * Namespace of the route, where a Gateway takes routes of certain namespaces only. Default: the release's.
   */
  namespace?: string;
  /**
   * Gateways or ListenerSets that the route hangs on. Required.
   *
   * @maxItems 32
   */
  parentRefs?: ParentRef[];
  /**
   * Host names of App2; a wildcard may stand for the first label. Default: the listener's.
   *
   * @maxItems 16
   */
  hostnames?: string[];
  /**
   * Name of the port that the route leads to. Default: the only one of its protocol.
   */
  port?: string;
  /**
   * Rules as the Gateway API has them, of HTTPRoute and GRPCRoute; backendRefs serve every kind. Default: everything goes to this proxy.
   *
   * @maxItems 16
   */
  rules?: RouteRule[];
  /**
   * Annotations of the route alone.
   */
  annotations?: {
    [k: string]: string;
  };
}
/**
 * What a route hangs on.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "parentRef".
 */
export interface ParentRef {
  /**
   * Kind of the parent.
   */
  kind?: "Gateway" | "ListenerSet";
  /**
   * Its name.
   */
  name: string;
  /**
   * Its namespace. Default: the route's.
   */
  namespace?: string;
  /**
   * The one listener that the route hangs on. Default: all that take it.
   */
  sectionName?: string;
  /**
   * The port whose listeners the route hangs on. Default: all.
   */
  port?: number;
}
/**
 * What is done with the requests that match.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "routeRule".
 */
export interface RouteRule {
  /**
   * Which requests; each of these will do. Default: all.
   *
   * @maxItems 64
   */
  matches?: RouteMatch[];
  /**
   * What is changed on the way.
   *
   * @maxItems 16
   */
  filters?: RouteFilter[];
  timeouts?: RouteTimeouts;
  /**
   * Proxies of these values, with weights. Default: this proxy alone.
   *
   * @maxItems 16
   */
  backendRefs?: BackendRef[];
}
/**
 * All that it says must hold.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "routeMatch".
 */
export interface RouteMatch {
  path?: PathMatch;
  /**
   * HTTPRoute: the HTTP method. GRPCRoute: the method's service and name.
   */
  method?: ("GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "CONNECT" | "OPTIONS" | "TRACE" | "PATCH") | GrpcMethod;
  /**
   * Headers that it has.
   *
   * @maxItems 16
   */
  headers?: HeaderMatch[];
  /**
   * Parameters of its query.
   *
   * @maxItems 16
   */
  queryParams?: QueryMatch[];
}
/**
 * The request's path.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "pathMatch".
 */
export interface PathMatch {
  /**
   * How it is compared.
   */
  type?: "PathPrefix" | "Exact" | "RegularExpression";
  /**
   * The path, from its slash on, or a regular expression.
   */
  value: string;
}
/**
 * A method of gRPC.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "grpcMethod".
 */
export interface GrpcMethod {
  /**
   * How it is compared.
   */
  type?: "Exact" | "RegularExpression";
  /**
   * The service's full name.
   */
  service?: string;
  /**
   * The method's name.
   */
  method?: string;
}
/**
 * A header.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "headerMatch".
 */
export interface HeaderMatch {
  /**
   * How it is compared.
   */
  type?: "Exact" | "RegularExpression";
  /**
   * Its name.
   */
  name: string;
  /**
   * Its value.
   */
  value: string;
}
/**
 * A parameter of the query.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "queryMatch".
 */
export interface QueryMatch {
  /**
   * How it is compared.
   */
  type?: "Exact" | "RegularExpression";
  /**
   * Its name.
   */
  name: string;
  /**
   * Its value.
   */
  value: string;
}
/**
 * One change: its type, and the field that is named like it.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "routeFilter".
 */
export interface RouteFilter {
  /**
   * What the filter does. GRPCRoute knows header changes, RequestMirror and ExtensionRef.
   */
  type:
    | "RequestHeaderModifier"
    | "ResponseHeaderModifier"
    | "RequestMirror"
    | "RequestRedirect"
    | "URLRewrite"
    | "CORS"
    | "ExtensionRef";
  requestHeaderModifier?: HeaderModifier;
  responseHeaderModifier?: HeaderModifier;
  requestMirror?: RequestMirror;
  requestRedirect?: RequestRedirect;
  urlRewrite?: UrlRewrite;
  cors?: Cors;
  extensionRef?: ExtensionRef;
}
/**
 * Changes of headers.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "headerModifier".
 */
export interface HeaderModifier {
  /**
   * Headers that it has then with this value.
   *
   * @maxItems 16
   */
  set?: Header[];
  /**
   * Values that a header gets beside its own.
   *
   * @maxItems 16
   */
  add?: Header[];
  /**
   * Names of headers that it loses.
   *
   * @maxItems 16
   */
  remove?: string[];
}
/**
 * A header.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "header".
 */
export interface Header {
  /**
   * Its name.
   */
  name: string;
  /**
   * Its value.
   */
  value: string;
}
/**
 * A second proxy that gets a copy; its answers are dropped.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "requestMirror".
 */
export interface RequestMirror {
  backendRef: MirrorRef;
  /**
   * How many of a hundred requests. Default: all.
   */
  percent?: number;
}
/**
 * The proxy that gets the copy.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "mirrorRef".
 */
export interface MirrorRef {
  /**
   * Its key in proxies.
   */
  proxy: string;
  /**
   * Name of its port. Default: the route's.
   */
  port?: string;
}
/**
 * An answer that sends App1 elsewhere.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "requestRedirect".
 */
export interface RequestRedirect {
  /**
   * Scheme. Default: the request's.
   */
  scheme?: "http" | "https";
  /**
   * Host name. Default: the request's.
   */
  hostname?: string;
  path?: PathModifier;
  /**
   * Port. Default: the scheme's, or the listener's.
   */
  port?: number;
  /**
   * Status. Default: 302.
   */
  statusCode?: 301 | 302 | 303 | 307 | 308;
}
/**
 * Another path.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "pathModifier".
 */
export interface PathModifier {
  /**
   * What is replaced.
   */
  type: "ReplaceFullPath" | "ReplacePrefixMatch";
  /**
   * What stands in place of the whole path.
   */
  replaceFullPath?: string;
  /**
   * What stands in place of the prefix that the rule's one PathPrefix match has.
   */
  replacePrefixMatch?: string;
}
/**
 * Another host or path for App2.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "urlRewrite".
 */
export interface UrlRewrite {
  /**
   * Host header. Default: backend.host.
   */
  hostname?: string;
  path?: PathModifier;
}
/**
 * Which other sites may have their pages ask App2.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "cors".
 */
export interface Cors {
  /**
   * Origins, or * for any.
   *
   * @maxItems 64
   */
  allowOrigins?: string[];
  /**
   * Methods, or * for any.
   *
   * @maxItems 9
   */
  allowMethods?: string[];
  /**
   * Headers that requests may have.
   *
   * @maxItems 64
   */
  allowHeaders?: string[];
  /**
   * Headers of answers that pages may read.
   *
   * @maxItems 64
   */
  exposeHeaders?: string[];
  /**
   * Whether requests may carry cookies.
   */
  allowCredentials?: boolean;
  /**
   * For how many seconds a browser remembers. Default: 5.
   */
  maxAge?: number;
}
/**
 * A filter of the controller's own kind, in the route's namespace.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "extensionRef".
 */
export interface ExtensionRef {
  /**
   * Its API group.
   */
  group: string;
  /**
   * Its kind.
   */
  kind: string;
  /**
   * Its name.
   */
  name: string;
}
/**
 * Timeouts of this rule, before backend.timeouts.request.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "routeTimeouts".
 */
export interface RouteTimeouts {
  /**
   * For the whole of an answer to App1.
   */
  request?: string;
  /**
   * For one try at App2.
   */
  backendRequest?: string;
}
/**
 * A proxy that requests go to.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "backendRef".
 */
export interface BackendRef {
  /**
   * Its key in proxies.
   */
  proxy: string;
  /**
   * Name of its port. Default: the route's.
   */
  port?: string;
  /**
   * Its share, of the sum of all weights.
   */
  weight?: number;
}
/**
 * A Gateway for the routes, or a ListenerSet that adds listeners to one that is there.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "gateway".
 */
export interface Gateway {
  /**
   * Whether it is there.
   */
  enabled?: boolean;
  /**
   * Kind of the object.
   */
  kind?: "Gateway" | "ListenerSet";
  /**
   * The gatewayClassName of a Gateway.
   */
  className?: string;
  parentRef?: GatewayRef;
  /**
   * Addresses that a Gateway asks for.
   *
   * @maxItems 16
   */
  addresses?: string[];
  /**
   * Listeners by name.
   */
  listeners?: {
    [k: string]: Listener;
  };
  issuer?: Issuer;
  /**
   * Annotations of the object alone.
   */
  annotations?: {
    [k: string]: string;
  };
}
/**
 * The Gateway that a ListenerSet adds to.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "gatewayRef".
 */
export interface GatewayRef {
  /**
   * Its name.
   */
  name?: string;
  /**
   * Its namespace. Default: the release's.
   */
  namespace?: string;
}
/**
 * What a Gateway listens on.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "listener".
 */
export interface Listener {
  /**
   * Port that App1 connects to.
   */
  port: number;
  /**
   * What is spoken. TLS passes on as it comes.
   */
  protocol: "HTTP" | "HTTPS" | "TLS" | "TCP" | "UDP";
  /**
   * The host name that it is for. Default: any.
   */
  hostname?: string;
  tls?: ListenerTls;
  /**
   * Whose routes may hang on it: those of its own namespace, or of all.
   */
  allowedRoutes?: "Same" | "All";
}
/**
 * The certificate that a listener of protocol HTTPS shows.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "listenerTls".
 */
export interface ListenerTls {
  /**
   * Secret of the certificate: cert-manager's, with an issuer, else one that is there.
   */
  secretName?: string;
  /**
   * Its namespace, where it is another's: a ReferenceGrant is written there. Default: the release's.
   */
  secretNamespace?: string;
}
/**
 * Who may deploy proxies in a namespace, and what is held there whoever does.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "access".
 */
export interface Access {
  /**
   * The namespace of the proxies, another than this release's. Default: no access kit.
   */
  namespace?: string;
  /**
   * Who deploys, by a Role for that and no more.
   *
   * @maxItems 100
   */
  subjects?: AccessSubject[];
  /**
   * The networks that App2 may be in. EndpointSlices and Endpoints with other addresses are refused.
   *
   * @maxItems 20
   */
  addresses?: string[];
  /**
   * What else the proxies are made of: API group (core, where it has no name) → resources. Each is a door of its own, which the Role opens to whoever deploys.
   */
  resources?: {
    /**
     * @minItems 1
     * @maxItems 100
     */
    [k: string]: string[];
  };
  /**
   * Whether Services may have node ports, which no list holds: some platforms need them.
   */
  nodePorts?: boolean;
}
/**
 * Who deploys.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "accessSubject".
 */
export interface AccessSubject {
  /**
   * What it is.
   */
  kind: "User" | "Group" | "ServiceAccount";
  /**
   * Its name.
   */
  name: string;
  /**
   * A ServiceAccount's namespace.
   */
  namespace?: string;
}
/**
 * An object that the chart doesn't make, as its manifest has it.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "extraObject".
 */
export interface ExtraObject {
  /**
   * Its group and version.
   */
  apiVersion: string;
  /**
   * Its kind, one that has a namespace.
   */
  kind: string;
  metadata?: ExtraMetadata;
  [k: string]: unknown;
}
/**
 * What is known of an extra object's head: the chart writes the rest of it.
 *
 * This interface was referenced by `Values`'s JSON-Schema
 * via the `definition` "extraMetadata".
 */
export interface ExtraMetadata {
  /**
   * Its name. Default: the key, with namePrefix before it.
   */
  name?: string;
  /**
   * Its namespace. Default: the release's.
   */
  namespace?: string;
  /**
   * Labels of the object.
   */
  labels?: {
    [k: string]: string;
  };
  /**
   * Annotations of the object.
   */
  annotations?: {
    [k: string]: string;
  };
}
