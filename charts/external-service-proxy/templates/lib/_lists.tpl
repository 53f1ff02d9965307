{{- /*
What is known of each kind of door: YAML (schema/kinds.ts).
Generated from schema/ by: npm run generate
*/}}
{{- define "external-service-proxy.lib.kinds" -}}
Ingress:
  letter: I
  http: true
  protocol: TCP
HTTPRoute:
  letter: H
  http: true
  protocol: TCP
  route:
    versions:
      - v1
      - v1beta1
    listeners:
      - HTTP
      - HTTPS
    hostnames: optional
    rules:
      - matches
      - filters
      - timeouts
      - backendRefs
    matches:
      - path
      - method
      - headers
      - queryParams
    method: word
GRPCRoute:
  letter: G
  http: true
  protocol: TCP
  speaks:
    - grpc
    - grpcs
  route:
    versions:
      - v1
    listeners:
      - HTTP
      - HTTPS
    hostnames: optional
    rules:
      - matches
      - filters
      - backendRefs
    matches:
      - method
      - headers
    method: fields
    lacks:
      - RequestRedirect
      - URLRewrite
      - CORS
TLSRoute:
  letter: S
  http: false
  protocol: TCP
  route:
    versions:
      - v1
      - v1alpha3
      - v1alpha2
    listeners:
      - TLS
    hostnames: required
    rules:
      - backendRefs
TCPRoute:
  letter: T
  http: false
  protocol: TCP
  route:
    versions:
      - v1
      - v1alpha2
    listeners:
      - TCP
    hostnames: none
    rules:
      - backendRefs
UDPRoute:
  letter: U
  http: false
  protocol: UDP
  route:
    versions:
      - v1
      - v1alpha2
    listeners:
      - UDP
    hostnames: none
    rules:
      - backendRefs
{{- end }}

{{- /*
The most that lists of kinds can hold: YAML (schema/generated/limits.ts).
Generated from schema/ by: npm run generate
*/}}
{{- define "external-service-proxy.lib.limits" -}}
addresses: 16
allMatches: 128
backendRefs: 16
filters: 16
grants: 16
headers: 16
hostnames: 16
listeners: 64
matches: 64
modifiedHeaders: 16
parentRefs: 32
policyTargets: 16
queryParams: 16
rules: 16
{{- end }}

{{- /*
What is known of each platform: YAML (schema/platforms.ts).
Generated from schema/ by: npm run generate
*/}}
{{- define "external-service-proxy.lib.platforms" -}}
generic:
  nodePorts: none
  sourceRanges: true
  rangeFamilies: all
  families: 2
  protocols:
    - TCP
    - UDP
    - SCTP
  classes:
    - kube-vip.io/kube-vip-class
aws:
  nodePorts: needed
  sourceRanges: true
  rangeFamilies: own
  families: 2
  protocols:
    - TCP
    - UDP
    - SCTP
  classes:
    - service.k8s.aws/nlb
    - eks.amazonaws.com/nlb
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: instance
  dualStack:
    service.beta.kubernetes.io/aws-load-balancer-ip-address-type: dualstack
azure:
  nodePorts: wanted
  sourceRanges: true
  rangeFamilies: all
  families: 2
  protocols:
    - TCP
    - UDP
    - SCTP
  annotations:
    service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges: "true"
gcp:
  nodePorts: none
  sourceRanges: true
  rangeFamilies: all
  families: 2
  protocols:
    - TCP
    - UDP
    - SCTP
  classes:
    - networking.gke.io/l4-regional-external
    - networking.gke.io/l4-regional-internal
  note: "GKE Dataplane V2 does not support internalTrafficPolicy: take the ClusterIP for open to pods there"
digitalocean:
  nodePorts: needed
  sourceRanges: true
  rangeFamilies: IPv4
  families: 2
  protocols:
    - TCP
    - UDP
    - SCTP
hetzner:
  nodePorts: needed
  sourceRanges: false
  rangeFamilies: all
  families: 2
  protocols:
    - TCP
oci:
  nodePorts: needed
  sourceRanges: false
  rangeFamilies: all
  families: 2
  protocols:
    - TCP
    - UDP
  note: "its load balancer carries TCP alone, its network load balancer (oci.oraclecloud.com/load-balancer-type: nlb) UDP as well"
openstack:
  nodePorts: needed
  sourceRanges: true
  rangeFamilies: own
  families: 1
  protocols:
    - TCP
    - UDP
    - SCTP
  note: with Octavia's OVN provider the list holds only if the cloud provider has manage-security-groups=true
cilium:
  nodePorts: none
  sourceRanges: true
  rangeFamilies: all
  families: 2
  protocols:
    - TCP
    - UDP
    - SCTP
  classes:
    - io.cilium/l2-announcer
    - io.cilium/bgp-control-plane
    - io.cilium/node
  alone:
    service.cilium.io/type: LoadBalancer
  note: Cilium's kube-proxy replacement holds no sourceRanges against clients inside of the cluster, pods and nodes
{{- end }}
