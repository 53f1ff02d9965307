{{- /*
The fixed defaults of a proxy: YAML.
Generated from schema/ by: npm run generate
*/}}
{{- define "external-service-proxy.defaults" -}}
enabled: true
addresses: []
externalName: ""
ports: {}
sourceRanges: []
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
    issuer:
      kind: ClusterIssuer
      name: ""
{{- end }}

{{- /*
The fixed defaults of an address, a path and a port: YAML, one a key.
Generated from schema/ by: npm run generate
*/}}
{{- define "external-service-proxy.itemDefaults" -}}
address:
  ready: true
  zone: ""
  nodeName: ""
path:
  pathType: Prefix
port:
  protocol: TCP
  appProtocol: ""
{{- end }}
