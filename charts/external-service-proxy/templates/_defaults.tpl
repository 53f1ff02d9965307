{{- define "external-service-proxy.defaults" -}}
enabled: true
addresses: []
externalName: ""
ports: {}
sourceRanges: []
service: {type: LoadBalancer, labels: {}, annotations: {}, loadBalancerClass: "", sessionAffinity: None, clusterIP: ""}
endpoints: {kind: EndpointSlice}
dns: {hostnames: [], ttl: 0, target: ""}
ingress: {className: "", controller: none, hosts: [], port: "", paths: [{path: /, pathType: Prefix}], annotations: {}, tls: {secretName: "", issuer: {kind: ClusterIssuer, name: ""}}}
{{- end }}
{{- define "external-service-proxy.itemDefaults" -}}
address: {ready: true}
port: {protocol: TCP, appProtocol: ""}
path: {pathType: Prefix}
{{- end }}
