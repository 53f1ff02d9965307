{{- define "external-service-proxy.problems" -}}{{- end }}
