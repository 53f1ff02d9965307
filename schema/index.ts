import { access, accessSubject } from './access.ts'
import { address } from './addresses.ts'
import { backend, backendTls, healthCheck, timeouts } from './backend.ts'
import { dns } from './dns.ts'
import { endpoints } from './endpoints.ts'
import { extraMetadata, extraObject } from './extra-objects.ts'
import {
  dnsLabel,
  groupKind,
  namePrefix,
  network,
  optional,
  qualifiedName,
  qualifiedNameOrPrefix,
  rfc1035Label,
} from './formats.ts'
import { gateway, gatewayRef, listener, listenerTls } from './gateways.ts'
import { ingress, path } from './ingress.ts'
import { annotations, labels } from './metadata.ts'
import { platforms } from './platforms.ts'
import { port } from './ports.ts'
import { proxy } from './proxy.ts'
import {
  cors,
  extensionRef,
  header,
  headerModifier,
  mirrorRef,
  pathModifier,
  requestMirror,
  requestRedirect,
  routeFilter,
  urlRewrite,
} from './route-filters.ts'
import {
  backendRef,
  grpcMethod,
  headerMatch,
  pathMatch,
  queryMatch,
  routeMatch,
  routeRule,
  routeTimeouts,
} from './route-rules.ts'
import { parentRef, route } from './routes.ts'
import { ref, type Schema } from './schema.ts'
import { service } from './service.ts'
import { certificate, issuer, tls } from './tls.ts'

/** The chart's values: the one place where they are described. */
export const values = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Values',
  description: 'Values of the chart external-service-proxy.',
  type: 'object',
  additionalProperties: false,
  properties: {
    enabled: {
      description: 'Whether the chart makes anything; also what an umbrella chart puts its condition on.',
      type: 'boolean',
      default: true,
      examples: [false],
    },
    global: {
      description: "An umbrella chart's global values, which Helm hands to every chart. Not used here.",
      type: 'object',
      additionalProperties: true,
      default: {},
      examples: [{ region: 'eu' }],
    },
    platform: {
      description: 'Where the cluster runs: what its load balancer needs, and what it can hold.',
      type: 'string',
      enum: Object.keys(platforms),
      default: 'generic',
      examples: ['aws'],
    },
    namePrefix: {
      ...optional(namePrefix),
      description: "Stands before every object's name.",
      default: '',
      examples: ['edge-'],
    },
    clusterRanges: {
      description:
        "The nodes' and the pods' own networks. Behind a controller, sourceRanges that share addresses with them are refused, since whoever comes by the controller's own ClusterIP, or by any way to it under externalTrafficPolicy Cluster, is seen as a node.",
      type: 'array',
      items: network,
      maxItems: 100,
      uniqueItems: true,
      default: [],
      examples: [['10.0.0.0/16', '10.244.0.0/16']],
    },
    loadBalancerClasses: {
      description:
        "Whose load balancers a service.loadBalancerClass gives, as a platform; generic, where its address is on the nodes. Needed for classes that the chart doesn't know, before it believes that they heed sourceRanges.",
      type: 'object',
      propertyNames: qualifiedName,
      additionalProperties: { type: 'string', enum: Object.keys(platforms) },
      maxProperties: 100,
      default: {},
      examples: [{ 'example.com/internal': 'generic' }],
    },
    harmlessKeys: {
      description:
        "Annotations and labels that you know to open no way and to undo no list, though the chart doesn't: whole keys, or what they begin with up to the slash. Others, while sourceRanges are to be held, are refused.",
      type: 'array',
      items: qualifiedNameOrPrefix,
      maxItems: 100,
      uniqueItems: true,
      default: [],
      examples: [['example.com/', 'traefik.ingress.kubernetes.io/router.pathmatcher']],
    },
    harmlessKinds: {
      description:
        "Kinds of extraObjects that you know to open no way and to undo no list, though the chart doesn't: GROUP/KIND. Others, while sourceRanges are to be held, are refused.",
      type: 'array',
      items: groupKind,
      maxItems: 100,
      uniqueItems: true,
      default: [],
      examples: [['traefik.io/Middleware']],
    },
    commonLabels: labels('Labels of every object.', { team: 'edge' }),
    commonAnnotations: annotations('Annotations of every object.', { 'example.com/owner': 'edge' }),
    defaults: {
      ...ref('proxy'),
      description:
        'Any field of a proxy, merged under every proxy: maps are merged, lists replaced. What has no effect in one is for others, though there be none yet.',
    },
    proxies: {
      description: "The proxies by name, which is the Service's.",
      type: 'object',
      propertyNames: rfc1035Label,
      additionalProperties: ref('proxy'),
      maxProperties: 10_000,
      default: {},
      examples: [
        {
          'myapp-proxy': {
            addresses: ['2.3.4.5'],
            ports: { http: { port: 80, targetPort: 8080 } },
            sourceRanges: ['1.2.3.4/32'],
          },
        },
      ],
    },
    gateways: {
      description: 'Gateways and ListenerSets by name, where the cluster has none for the routes.',
      type: 'object',
      propertyNames: rfc1035Label,
      additionalProperties: ref('gateway'),
      maxProperties: 100,
      default: {},
      examples: [{ edge: { className: 'eg', listeners: { http: { port: 80, protocol: 'HTTP' } } } }],
    },
    access: ref('access'),
    extraObjects: {
      description:
        "Objects that the chart doesn't make, by name, as manifests: they come and go with the release, with its labels. While sourceRanges are to be held, kinds that could open a way are refused.",
      type: 'object',
      propertyNames: dnsLabel,
      additionalProperties: ref('extraObject'),
      maxProperties: 100,
      default: {},
      examples: [{ 'app2-ca': { apiVersion: 'v1', kind: 'ConfigMap', data: { 'ca.crt': '…' } } }],
    },
  },
  definitions: {
    access,
    accessSubject,
    address,
    backend,
    backendRef,
    backendTls,
    certificate,
    cors,
    dns,
    endpoints,
    extensionRef,
    extraMetadata,
    extraObject,
    gateway,
    gatewayRef,
    grpcMethod,
    header,
    headerMatch,
    headerModifier,
    healthCheck,
    ingress,
    issuer,
    listener,
    listenerTls,
    mirrorRef,
    parentRef,
    path,
    pathMatch,
    pathModifier,
    port,
    proxy,
    queryMatch,
    requestMirror,
    requestRedirect,
    route,
    routeFilter,
    routeMatch,
    routeRule,
    routeTimeouts,
    service,
    timeouts,
    tls,
    urlRewrite,
  },
} satisfies Schema
