{{- /*
null means "not written", anywhere in the values: Helm itself takes it away only where the chart's values.yaml has the key.
Those of a proxy's own maps stay until they have taken away what `defaults` say there: see lib.merge.
Takes (dict "context" $); puts one in its place whose values have no other null, and adds nulls, whether there may be any.
Writes nothing.
*/}}
{{- define "external-service-proxy.effective.nulls" -}}
{{- $_ := set . "nulls" (contains "null" (toJson .context.Values)) }}
{{- if .nulls }}
  {{- $proxies := .context.Values.proxies }}
  {{- $clean := dict "of" (omit .context.Values "proxies") }}
  {{- template "external-service-proxy.lib.withoutNulls" $clean }}
  {{- $context := omit .context "Values" }}
  {{- $_ := set $context "Values" (set $clean.gives "proxies" $proxies) }}
  {{- $_ := set . "context" $context }}
{{- end }}
{{- end }}
