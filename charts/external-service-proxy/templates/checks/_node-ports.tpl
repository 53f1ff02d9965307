{{- /*
The node ports that values name: where there are any, and each number once in the cluster, which the API allocates by number
alone. Of one Service two protocols share it where they share the port (initNodePorts in Kubernetes'
pkg/registry/core/service/storage/alloc.go, 1.37).
Takes (dict "proxies" DICT "release" DICT "gate" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.nodePorts" -}}
{{- $seen := .release.nodePorts }}
{{- range $key, $proxy := .proxies }}
  {{- range $name := .nodePortNames }}
    {{- with get $proxy.ports $name }}
      {{- $path := printf "ports.%s.nodePort" $name }}
      {{- $number := print .nodePort }}
      {{- $id := printf "%s%s %v" $.gate.chart $key .port }}
      {{- $before := get $seen $number | default (dict "id" $id) }}
      {{- if ne $proxy.service.nodePorts "open" }}
        {{- include "external-service-proxy.lib.problem" (list $proxy $path "node-port-closed"
          (printf "%s, and %s: leave it out, or write service.%s" $number
            (ternary "this load balancer has no node ports" (printf "service.type %s has none" $proxy.service.type)
              (eq $proxy.service.type "LoadBalancer"))
            (ternary "allocateLoadBalancerNodePorts: true" "type NodePort" (eq $proxy.service.type "LoadBalancer")))) }}
      {{- else if ne $before.id $id }}
        {{- include "external-service-proxy.lib.problem" (list dict (printf "proxies.%s.%s" $key $path) "node-port-twice"
          (printf "%s is %s already, and a node has each number once: write another" $number $before.path)) }}
      {{- else }}
        {{- $_ := set $seen $number (dict "id" $id "path" (printf "%sproxies.%s.%s" $.gate.chart $key $path)) }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
