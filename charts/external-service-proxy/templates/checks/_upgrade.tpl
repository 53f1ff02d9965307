{{- /*
What an upgrade would do to the Service that is there. Where Helm does not apply on the server's side (Helm 3, and
Helm 4 for what a Helm 3 has installed), ports are merged by their number alone (kubernetes/kubernetes#105610): of TCP
and UDP on one number the wrong one is changed, or one is not added, or keeps its node port. Only the cluster can say,
so `helm template` and Argo CD, which ask none, are told nothing.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.upgrade" -}}
{{- $shared := false }}
{{- $numbers := list }}
{{- $wanted := list }}
{{- $nodePorts := or (eq .service.type "NodePort") (and (eq .service.type "LoadBalancer") .service.allocateLoadBalancerNodePorts) }}
{{- range $name, $port := .ports }}
  {{- if has (int $port.port) $numbers }}{{ $shared = true }}{{ end }}
  {{- $numbers = append $numbers (int $port.port) }}
  {{- $wanted = append $wanted (dict "name" $name "protocol" $port.protocol "port" (int $port.port) "targetPort" (int $port.targetPort)) }}
{{- end }}
{{- if and $shared .context.Release.IsUpgrade }}
  {{- with lookup "v1" "Service" .context.Release.Namespace .name }}
    {{- $serverSide := false }}
    {{- range .metadata.managedFields }}
      {{- if and (eq .manager "helm") (eq .operation "Apply") }}{{ $serverSide = true }}{{ end }}
    {{- end }}
    {{- $found := list }}
    {{- $left := false }}
    {{- range .spec.ports }}
      {{- $found = append $found
        (dict "name" (.name | default "") "protocol" .protocol "port" (int .port) "targetPort" (.targetPort | toString | int)) }}
      {{- if .nodePort }}{{ $left = true }}{{ end }}
    {{- end }}
    {{- if and (not $serverSide) (or (ne (toJson $wanted) (toJson $found)) (and $left (not $nodePorts))) }}
      {{- $patch := list (dict "op" "replace" "path" "/spec/ports" "value" $wanted) }}
      {{- if eq $.service.type "LoadBalancer" }}
        {{- $patch = append $patch (dict "op" "add" "path" "/spec/allocateLoadBalancerNodePorts" "value" $nodePorts) }}
      {{- end }}
      {{- $command := printf "kubectl --namespace %s patch service %s --field-manager=helm --type=json --patch='%s'"
        $.context.Release.Namespace $.name (toJson $patch) }}
      {{- include "external-service-proxy.lib.problem" (list $ "ports" "ports-merge"
        (printf "TCP and UDP share a number, and Helm would lose one of them, or leave its node port open: first run %s" $command)) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
