{{- /*
The fixed defaults of a proxy: YAML.
Generated from schema/ by: npm run generate
*/}}
{{- define "external-service-proxy.effective.defaults" -}}
enabled: true
addresses: []
externalName: ""
ports: {}
sourceRanges: []
allowClusterSources: false
service:
  type: LoadBalancer
  labels: {}
  annotations: {}
  loadBalancerClass: ""
  sessionAffinity: None
  clusterIP: ""
endpoints:
  kind: EndpointSlice
dns:
  hostnames: []
  ttl: 0
  target: ""
backend:
  protocol: http
  host: ""
  tls:
    caConfigMap: ""
    caSecret: ""
    serverName: ""
    insecureSkipVerify: false
  timeouts:
    connect: ""
    request: ""
  healthCheck:
    path: ""
    interval: 5s
ingress:
  className: ""
  controller: none
  hosts: []
  port: ""
  paths:
    - path: /
      pathType: Prefix
  annotations: {}
  tls:
    secretName: ""
    certificates: []
    issuer:
      kind: ClusterIssuer
      name: ""
routes: {}
{{- end }}

{{- /*
The fixed defaults of what stands in lists and maps: YAML, a definition a key.
Generated from schema/ by: npm run generate
*/}}
{{- define "external-service-proxy.effective.itemDefaults" -}}
address:
  name: ""
  ready: true
  zone: ""
  nodeName: ""
backendRef:
  weight: 1
gateway:
  enabled: true
  kind: Gateway
  className: ""
  parentRef:
    name: ""
    namespace: ""
  addresses: []
  listeners: {}
  issuer:
    kind: ClusterIssuer
    name: ""
  annotations: {}
listener:
  hostname: ""
  tls:
    secretName: ""
    secretNamespace: ""
  allowedRoutes: Same
parentRef:
  kind: Gateway
path:
  pathType: Prefix
port:
  protocol: TCP
  appProtocol: ""
route:
  enabled: true
  kind: HTTPRoute
  apiVersion: v1
  controller: none
  namespace: ""
  parentRefs: []
  hostnames: []
  port: ""
  rules: []
  annotations: {}
{{- end }}
