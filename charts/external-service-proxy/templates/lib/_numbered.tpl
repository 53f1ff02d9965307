{{- /*
The name of one of several objects: the first has the plain name, the others end in 2, 3 and so on.
Takes (list NAME SEPARATOR INDEX); gives a name. No other proxy's name can hold a dot.
*/}}
{{- define "external-service-proxy.lib.numbered" -}}
{{- index . 0 }}
{{- if index . 2 }}{{ index . 1 }}{{ add1 (index . 2) }}{{ end }}
{{- end }}
