{{- /*
Who may deploy, where access.namespace says that these values are about that: an owner, of objects whose name is this
release's alone in all of the cluster.
Takes (dict "context" $ "constants" DICT "gate" DICT "access" DICT); fills the last with the values' fields and
  {section, key, name, label, context, constants, gate, readers, objectName}. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.access" -}}
{{- $context := .context }}
{{- $access := .access }}
{{- $gate := .gate }}
{{- $constants := .constants }}
{{- with $context.Values.access }}
  {{- if .namespace }}
    {{- template "external-service-proxy.lib.merge" (dict "into" $access "from" .) }}
    {{- template "external-service-proxy.lib.merge" (dict "into" $access "from" (dict
      "section" "access" "key" "" "name" "access" "label" "access" "constants" $constants "context" $context "gate" $gate
      "objectName" (printf "%s.%s.%s" $context.Release.Name $context.Release.Namespace .namespace)
      "readers" (dict "other" list "judged" false))) }}
  {{- end }}
{{- end }}
{{- end }}
