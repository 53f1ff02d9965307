{{- /*
A name as the value of a label: cut, it must not end in a sign. Only a short one can be a word that YAML takes for something
else, as true or null: no other is quoted.
Takes a name; gives YAML.
*/}}
{{- define "external-service-proxy.lib.label" -}}
{{- $name := . }}
{{- if gt (len $name) 63 }}{{ $name = trunc 63 $name | regexFind "^.*[A-Za-z0-9]" }}{{ end }}
{{- if gt (len $name) 5 }}{{ $name }}{{ else }}{{ toYaml $name }}{{ end }}
{{- end }}
