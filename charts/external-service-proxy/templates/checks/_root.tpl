{{- /*
What concerns every proxy: names that fit, labels that stay the chart's.
Takes (dict "context" $ "proxies" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.root" -}}
{{- $reserved := "^(app\\.kubernetes\\.io/(name|instance|component|version|managed-by)|helm\\.sh/chart|kubernetes\\.io/service-name|endpointslice\\.kubernetes\\.io/.*)$" }}
{{- range $key, $value := .context.Values.commonLabels }}
{{- if regexMatch $reserved $key }}
- commonLabels: {{ $key }} is written by the chart: leave it out [label-reserved]
{{- end }}
{{- end }}
{{- range $proxy := .proxies }}
{{- if gt (len $proxy.name) 63 }}
- namePrefix: {{ $proxy.name }} has {{ len $proxy.name }} characters, and a Service's name has 63 at most: write a shorter namePrefix or name [name-length]
{{- end }}
{{- range $key, $value := $proxy.service.labels }}
{{- if regexMatch $reserved $key }}
{{- include "external-service-proxy.lib.problem" (list $proxy "service.labels" "label-reserved" (printf "%s is written by the chart: leave it out" $key)) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
