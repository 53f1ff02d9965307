{{- /*
externalName: a name in DNS and nothing else, so nothing that only a Service with an address can have; beside addresses it is not
known which is meant, and so is nothing more said.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.externalName" -}}
{{- $type := .service.type }}
{{- if and .externalName .addresses }}
  {{- include "external-service-proxy.lib.problem"
    (list . "externalName" "external-name-and-addresses" "written beside addresses: write one of the two") }}
{{- else if .externalName }}
  {{- if ne $type "ExternalName" }}
    {{- include "external-service-proxy.lib.problem" (list . "service.type" "external-name-type"
      (printf "%s, and externalName makes the Service an ExternalName: leave service.type out, or write addresses instead of externalName"
        $type)) }}
  {{- end }}
  {{- $fields := dict "service.clusterIP" .service.clusterIP "service.loadBalancerClass" .service.loadBalancerClass }}
  {{- range list "inCluster" "allocateLoadBalancerNodePorts" "externalTrafficPolicy" "sessionAffinity" "ipFamilyPolicy" "ipFamilies"
    "trafficDistribution" }}
    {{- if hasKey ($.written.service | default dict) . }}{{ $_ := set $fields (printf "service.%s" .) true }}{{ end }}
  {{- end }}
  {{- $text := "has no effect with externalName, which is a name in DNS only: leave it out, or write addresses instead of externalName" }}
  {{- range $field, $value := $fields }}
    {{- if $value }}
      {{- include "external-service-proxy.lib.own.problem" (list $ $field "external-name-field" $text) }}
    {{- end }}
  {{- end }}
  {{- if and .sourceRanges (not (or .ingress.enabled (include "external-service-proxy.checks.sourceRanges.wait" .))) }}
    {{- include "external-service-proxy.lib.own.problem" (list . "sourceRanges" "external-name-field" $text) }}
  {{- end }}
{{- else if eq $type "ExternalName" }}
  {{- include "external-service-proxy.lib.problem"
    (list . "service.type" "external-name-required" "ExternalName needs externalName: write App2's DNS name there, or another type here") }}
{{- end }}
{{- end }}
