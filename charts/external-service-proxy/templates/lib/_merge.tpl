{{- /*
Copies one dict into another, maps merged key by key, all else replaced. (Sprig's merge would let `false` lose.)
Takes (dict "into" DICT "from" DICT); changes the first. Writes nothing.
*/}}
{{- define "external-service-proxy.lib.merge" -}}
{{- $into := .into }}
{{- range $key, $value := .from }}
  {{- if kindIs "map" $value }}
    {{- if not (kindIs "map" (get $into $key)) }}{{ $_ := set $into $key dict }}{{ end }}
    {{- include "external-service-proxy.lib.merge" (dict "into" (get $into $key) "from" $value) }}
  {{- else }}
    {{- $_ := set $into $key $value }}
  {{- end }}
{{- end }}
{{- end }}
