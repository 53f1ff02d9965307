{{- /*
An object that the values hold whole: its head is the gate's, as every other's.
Takes an extra object; gives a document.
*/}}
{{- define "external-service-proxy.objects.extraObject" }}
{{- $metadata := .object.metadata | default dict }}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" .object.apiVersion "kind" .object.kind "owner" .
  "name" .objectName "namespace" .namespace "values" $metadata.annotations "path" "metadata.annotations"
  "valuesLabels" $metadata.labels "labelsPath" "metadata.labels") }}
{{- with omit .object "apiVersion" "kind" "metadata" }}
{{ toYaml . }}
{{- end }}
{{- end }}
