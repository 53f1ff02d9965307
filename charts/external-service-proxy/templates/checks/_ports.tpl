{{- /*
The ports: there, each number and protocol once, and no remapping where nothing can remap.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.ports" -}}
{{- if and (not .ports) (or .addresses .ingress.enabled) }}
  {{- include "external-service-proxy.lib.problem"
    (list . "ports" "ports-required" "none is written: write at least one, for example {http: {port: 80, targetPort: 8080}}") }}
{{- end }}
{{- $headless := eq $.service.clusterIP "None" }}
{{- $isName := and $.externalName (not $.addresses) }}
{{- $seen := dict }}
{{- range $name, $port := .ports }}
  {{- if not $port.port }}
    {{- include "external-service-proxy.lib.problem"
      (list $ (printf "ports.%s.port" $name) "port-required" "not written: write the number that App1 connects to, 1 to 65535") }}
  {{- else }}
    {{- $id := printf "%v/%s" $port.port $port.protocol }}
    {{- if hasKey $seen $id }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "ports.%s.port" $name) "port-twice"
        (printf "%s is ports.%s already, and a Service takes each number and protocol once: write another number" $id (get $seen $id))) }}
    {{- end }}
    {{- $_ := set $seen $id $name }}
    {{- if and (or $isName $headless) (ne (int $port.port) (int $port.targetPort)) }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "ports.%s.targetPort" $name) "target-port-direct"
        (printf "%v differs from port %v, and %s is only a name in DNS, whose clients connect to App2's own port: write port %v"
          $port.targetPort $port.port (ternary "a headless Service" "an externalName" $headless) $port.targetPort)) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
