{{- /*
kind: Endpoints: what the mirroring controller would drop, silently.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.endpoints" -}}
{{- if and (eq .endpoints.kind "Endpoints") .addresses }}
  {{- $ready := 0 }}
  {{- range .addresses }}{{ if .ready }}{{ $ready = add1 $ready }}{{ end }}{{ end }}
  {{- if gt (int $ready) 1000 }}
    {{- include "external-service-proxy.lib.problem" (list . "endpoints.kind" "endpoints-limit"
      (printf "Endpoints, and of %d addresses Kubernetes mirrors only the first 1000: write EndpointSlice" $ready)) }}
  {{- end }}
  {{- range $index, $address := .addresses }}
    {{- if and .ready .zone }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "addresses[%d].zone" $index) "endpoints-zone"
        "Endpoints have no zone: leave it out, or write endpoints.kind EndpointSlice") }}
    {{- end }}
  {{- end }}
  {{- if .service.trafficDistribution }}
    {{- include "external-service-proxy.lib.problem" (list . "service.trafficDistribution" "endpoints-traffic-distribution"
      "has no effect with Endpoints, which have no hints: leave it out, or write endpoints.kind EndpointSlice") }}
  {{- end }}
{{- end }}
{{- end }}
