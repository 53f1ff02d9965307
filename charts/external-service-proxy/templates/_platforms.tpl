{{- /*
What each platform's load balancer needs: YAML, a platform a key. nodePorts: it reaches the nodes by node ports,
or checks their health there; sourceRanges: it or kube-proxy holds a load balancer to loadBalancerSourceRanges.
*/}}
{{- define "external-service-proxy.platforms" -}}
generic: {nodePorts: false, sourceRanges: true}
aws: {nodePorts: true, sourceRanges: true}
azure: {nodePorts: true, sourceRanges: true}
gcp: {nodePorts: false, sourceRanges: true}
digitalocean: {nodePorts: true, sourceRanges: true}
hetzner: {nodePorts: true, sourceRanges: false}
openstack: {nodePorts: true, sourceRanges: true}
{{- end }}
