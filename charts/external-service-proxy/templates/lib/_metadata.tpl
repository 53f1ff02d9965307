{{- /*
The labels of every object: the recommended set and commonLabels.
Takes (dict "owner" OWNER "labels" DICT), the proxy or gateway that it is of and the object's own; gives YAML.
*/}}
{{- define "external-service-proxy.lib.labels" -}}
{{- $context := .owner.context }}
{{- $labels := dict
  "app.kubernetes.io/name" $context.Chart.Name
  "app.kubernetes.io/instance" $context.Release.Name
  "app.kubernetes.io/component" (.owner.name | trunc 63)
  "app.kubernetes.io/version" $context.Chart.AppVersion
  "app.kubernetes.io/managed-by" $context.Release.Service
  "helm.sh/chart" (printf "%s-%s" $context.Chart.Name $context.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") }}
{{- merge $labels (.labels | default dict) ($context.Values.commonLabels | default dict) | toYaml }}
{{- end }}

{{- /*
The metadata of every object.
Takes (dict "owner" OWNER "name" NAME "namespace" NAMESPACE "labels" DICT "annotations" DICT), the proxy or
gateway that it is of, the last two the object's own, the namespace the release's where left out; gives YAML.
*/}}
{{- define "external-service-proxy.lib.metadata" -}}
name: {{ .name | quote }}
namespace: {{ .namespace | default .owner.context.Release.Namespace | quote }}
labels:
  {{- include "external-service-proxy.lib.labels" . | nindent 2 }}
{{- with merge (dict) (.annotations | default dict) (.owner.context.Values.commonAnnotations | default dict) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /*
The name of one of several objects: the first has the plain name, the others end in 2, 3 and so on.
Takes (list NAME SEPARATOR INDEX); gives a name. No other proxy's name can hold a dot.
*/}}
{{- define "external-service-proxy.lib.numbered" -}}
{{- index . 0 }}
{{- if index . 2 }}{{ index . 1 }}{{ add1 (index . 2) }}{{ end }}
{{- end }}
