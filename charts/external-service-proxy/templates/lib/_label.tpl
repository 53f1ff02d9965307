{{- /*
A name as the value of a label: cut, it must not end in a sign.
Takes a name; gives YAML.
*/}}
{{- define "external-service-proxy.lib.label" -}}
{{- $name := . }}
{{- if gt (len $name) 63 }}{{ $name = trunc 63 $name | regexFind "^.*[A-Za-z0-9]" }}{{ end }}
{{- toYaml $name }}
{{- end }}
