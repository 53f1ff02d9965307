{{- /*
The labels of every object: the recommended set and commonLabels.
Takes (dict "proxy" PROXY "labels" DICT), the second the object's own; gives YAML.
*/}}
{{- define "external-service-proxy.labels" -}}
{{- $context := .proxy.context }}
{{- $labels := dict
  "app.kubernetes.io/name" $context.Chart.Name
  "app.kubernetes.io/instance" $context.Release.Name
  "app.kubernetes.io/component" (.proxy.name | trunc 63)
  "app.kubernetes.io/version" $context.Chart.AppVersion
  "app.kubernetes.io/managed-by" $context.Release.Service
  "helm.sh/chart" (printf "%s-%s" $context.Chart.Name $context.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") }}
{{- merge $labels (.labels | default dict) ($context.Values.commonLabels | default dict) | toYaml }}
{{- end }}

{{- /*
The metadata of every object.
Takes (dict "proxy" PROXY "name" NAME "namespace" NAMESPACE "labels" DICT "annotations" DICT), the last two the
object's own, the namespace the release's where left out; gives YAML.
*/}}
{{- define "external-service-proxy.metadata" -}}
name: {{ .name | quote }}
namespace: {{ .namespace | default .proxy.context.Release.Namespace | quote }}
labels:
  {{- include "external-service-proxy.labels" . | nindent 2 }}
{{- with merge (dict) (.annotations | default dict) (.proxy.context.Values.commonAnnotations | default dict) }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
