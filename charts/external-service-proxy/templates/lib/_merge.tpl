{{- /*
Copies one dict into another, maps merged key by key, all else replaced, by null, too. (Sprig's merge would
let `false` lose.) Maps within the first are copied before they are changed, and those of the second are shared: neither's
owner sees a change.
Takes (dict "into" DICT "from" DICT); changes the first. Writes nothing.
*/}}
{{- define "external-service-proxy.lib.merge" -}}
{{- $into := .into }}
{{- range $key, $value := .from }}
  {{- $old := get $into $key }}
  {{- if and $old (kindIs "map" $old) (kindIs "map" $value) }}
    {{- $merged := omit $old }}
    {{- template "external-service-proxy.lib.merge" (dict "into" $merged "from" $value) }}
    {{- $value = $merged }}
  {{- end }}
  {{- $_ := set $into $key $value }}
{{- end }}
{{- end }}

{{- /*
A map or list without any null.
Takes (dict "of" VALUE); adds gives, a copy. Writes nothing.
*/}}
{{- define "external-service-proxy.lib.withoutNulls" -}}
{{- $outer := . }}
{{- if kindIs "slice" .of }}
  {{- $_ := set . "gives" list }}
  {{- range .of }}
    {{- $inner := dict "of" . }}
    {{- template "external-service-proxy.lib.withoutNulls" $inner }}
    {{- $_ := set $outer "gives" (append $outer.gives $inner.gives) }}
  {{- end }}
{{- else if kindIs "map" .of }}
  {{- $_ := set . "gives" dict }}
  {{- range $key, $value := .of }}
    {{- if not (kindIs "invalid" $value) }}
      {{- $inner := dict "of" $value }}
      {{- template "external-service-proxy.lib.withoutNulls" $inner }}
      {{- $_ := set $outer.gives $key $inner.gives }}
    {{- end }}
  {{- end }}
{{- else }}
  {{- $_ := set . "gives" .of }}
{{- end }}
{{- end }}
