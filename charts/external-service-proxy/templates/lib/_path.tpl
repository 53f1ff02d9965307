{{- /*
Whether the API takes a path as it stands: without //, /./, /../ or %2f, which Ingress and the Gateway API refuse.
Takes a path; gives "true" or nothing.
*/}}
{{- define "external-service-proxy.lib.path.plain" -}}
{{- if not (regexMatch "//|/\\./|/\\.\\./|%2[fF]|/\\.$|/\\.\\.$" .) }}true{{ end }}
{{- end }}
