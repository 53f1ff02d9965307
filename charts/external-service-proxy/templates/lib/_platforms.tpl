{{- /*
What each platform's load balancer needs and can hold: YAML, a platform a key, with
  nodePorts     it reaches the nodes by node ports, or checks their health there
  sourceRanges  it, or kube-proxy, holds it to loadBalancerSourceRanges
  rangeFamilies whose ranges it takes: all, own (the families of the Service) or IPv4
  families      how many families one has
  protocols     what it carries
  annotations   what it must be told, dualStack where the Service has both families; values may say otherwise
  note          what `helm install` says of it
docs/platforms.md names the sources.
*/}}
{{- define "external-service-proxy.lib.platforms" -}}
{{- $all := list "TCP" "UDP" "SCTP" | toJson -}}
generic: {nodePorts: false, sourceRanges: true, rangeFamilies: all, families: 2, protocols: {{ $all }}}
aws:
  nodePorts: true
  sourceRanges: true
  rangeFamilies: own
  families: 2
  protocols: {{ $all }}
  annotations: {service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: instance}
  dualStack: {service.beta.kubernetes.io/aws-load-balancer-ip-address-type: dualstack}
azure:
  nodePorts: true
  sourceRanges: true
  rangeFamilies: all
  families: 2
  protocols: {{ $all }}
  annotations: {service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges: "true"}
gcp:
  nodePorts: false
  sourceRanges: true
  rangeFamilies: all
  families: 2
  protocols: {{ $all }}
  note: GKE Dataplane V2 knows no internalTrafficPolicy, so the ClusterIP is open to pods there
digitalocean: {nodePorts: true, sourceRanges: true, rangeFamilies: IPv4, families: 2, protocols: {{ $all }}}
hetzner: {nodePorts: true, sourceRanges: false, rangeFamilies: all, families: 2, protocols: [TCP]}
openstack:
  nodePorts: true
  sourceRanges: true
  rangeFamilies: own
  families: 1
  protocols: {{ $all }}
  note: with Octavia's OVN provider the list holds only if the cloud provider has manage-security-groups=true
{{- end }}
