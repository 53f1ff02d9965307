{{- /*
The extra objects, as owners of themselves, which the gate and a problem's line take.
Takes (dict "context" $ "extraObjects" DICT); fills the last, each
  {section, key, label (what its label component says, as YAML), context, constants, object, objectName, namespace,
   kindName (GROUP/KIND, or KIND)}.
Writes nothing.
*/}}
{{- define "external-service-proxy.effective.extraObjects" -}}
{{- $context := .context }}
{{- range $key, $object := $context.Values.extraObjects }}
  {{- $metadata := $object.metadata | default dict }}
  {{- $group := ternary (first (splitList "/" $object.apiVersion)) "" (contains "/" $object.apiVersion) }}
  {{- $_ := set $.extraObjects $key (dict "section" "extraObjects" "key" $key "context" $context
    "constants" $.constants "label" (include "external-service-proxy.lib.label" $key)
    "object" $object "kindName" (printf "%s/%s" $group $object.kind | trimPrefix "/")
    "objectName" ($metadata.name | default (print ($context.Values.namePrefix | default "") $key))
    "namespace" ($metadata.namespace | default $context.Release.Namespace)) }}
{{- end }}
{{- end }}
