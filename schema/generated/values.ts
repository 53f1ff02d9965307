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
  platform?: "generic" | "aws" | "azure" | "gcp" | "digitalocean" | "hetzner" | "openstack";
  /**
   * Stands before every object's name.
   */
  namePrefix?: string;
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
   * App2's addresses: an IP address each, or {ip, ready, zone, nodeName}.
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
  service?: Service;
  endpoints?: Endpoints;
  dns?: Dns;
  ingress?: Ingress;
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
   * Whether pods, and hosts with a route to it, may use the ClusterIP; false drops every packet to it. Default: true for type ClusterIP and NodePort, else false.
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
   * Families of the Service, the first being fixed after creation. Default: those of the addresses.
   *
   * @minItems 1
   * @maxItems 2
   */
  ipFamilies?: ["IPv4" | "IPv6"] | ["IPv4" | "IPv6", "IPv4" | "IPv6"];
  /**
   * Prefers addresses near the node. PreferClose and PreferSameZone need a zone at every address, PreferSameNode a nodeName. Default: none.
   */
  trafficDistribution?: "PreferClose" | "PreferSameZone" | "PreferSameNode";
  /**
   * A fixed ClusterIP, or None for a headless Service. Fixed after creation.
   */
  clusterIP?: ("" | "None") | string;
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
 * Names that External DNS gives to the load balancer's own address.
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
  target?: "" | string;
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
   * Preset of the controller that serves the class. contour: an HTTPProxy, held to sourceRanges. none: an Ingress, which no list holds, so sourceRanges must say anyone.
   */
  controller?: "none" | "contour";
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
  paths?: [Path, ...Path[]];
  /**
   * Annotations of the Ingress or HTTPProxy alone.
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
  issuer?: Issuer;
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
