{{- /*
What concerns every proxy: names that fit, labels that stay the chart's, no name in DNS for all.
Takes (dict "context" $ "proxies" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.root" -}}
{{- $ours := list
  "app\\.kubernetes\\.io/(name|instance|component|version|managed-by)"
  "helm\\.sh/chart"
  "kubernetes\\.io/service-name"
  "endpointslice\\.kubernetes\\.io/.*" }}
{{- $reserved := printf "^(%s)$" (join "|" $ours) }}
{{- range $key, $value := .context.Values.commonLabels }}
  {{- if regexMatch $reserved $key }}
    {{- include "external-service-proxy.lib.problem"
      (list $ "commonLabels" "label-reserved" (printf "%s is written by the chart: leave it out" $key)) }}
  {{- end }}
{{- end }}
{{- range $key, $value := .context.Values.commonAnnotations }}
  {{- if regexMatch "^external-dns\\.(alpha\\.)?kubernetes\\.io/(internal-)?hostname$" $key }}
    {{- include "external-service-proxy.lib.problem" (list $ "commonAnnotations" "dns-annotation"
      (printf "%s would give one name to every object: write it in a proxy's dns.hostnames" $key)) }}
  {{- end }}
{{- end }}
{{- range $proxy := .proxies }}
  {{- if gt (len $proxy.name) 63 }}
    {{- include "external-service-proxy.lib.problem" (list $ "namePrefix" "name-length"
      (printf "%s has %d characters, and a Service's name has 63 at most: write a shorter namePrefix or name" $proxy.name
        (len $proxy.name))) }}
  {{- end }}
  {{- range $key, $value := $proxy.service.labels }}
    {{- if regexMatch $reserved $key }}
      {{- include "external-service-proxy.lib.problem"
        (list $proxy "service.labels" "label-reserved" (printf "%s is written by the chart: leave it out" $key)) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
