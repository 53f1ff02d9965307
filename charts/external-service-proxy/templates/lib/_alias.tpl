{{- /*
Where another chart's values hold those of this one.
Takes the root; gives a path and a dot, as edge. or shared.edge., or nothing in a release of the chart alone.
*/}}
{{- define "external-service-proxy.lib.alias" -}}
{{- with trimSuffix "/templates" .Template.BasePath | splitList "/charts/" | rest }}{{ join "." . }}.{{ end }}
{{- end }}

{{- /*
A problem's line in another chart: its path and those that its text names, of what the values have, begin where the values stand.
Takes (list LINE ALIAS VALUES), the second as lib.alias gives it; gives a line.
*/}}
{{- define "external-service-proxy.lib.alias.line" -}}
{{- $line := index . 0 }}
{{- $alias := index . 1 }}
{{- $values := index . 2 }}
{{- range regexFindAll "(proxies|gateways|defaults)\\.[^].:, )[]+" $line -1 | uniq }}
  {{- $parts := splitn "." 2 . }}
  {{- if hasKey (get $values $parts._0 | default dict) $parts._1 }}
    {{- $line = regexReplaceAll (printf "(^- |[ (])%s\\b" (regexQuoteMeta .)) $line (printf "${1}%s%s" $alias .) }}
  {{- end }}
{{- end }}
{{- if not (hasPrefix (print "- " $alias) $line) }}{{ $line = printf "- %s%s" $alias (trimPrefix "- " $line) }}{{ end }}
{{- $line }}
{{- end }}
