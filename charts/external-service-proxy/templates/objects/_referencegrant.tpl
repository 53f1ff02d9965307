{{- /*
Lets routes of other namespaces lead to a proxy's Service (Gateway API, ReferenceGrant; v1beta1 is served by every
version of it).
Takes (list PROXY PROXIES); gives a document, or nothing.
*/}}
{{- define "external-service-proxy.objects.referenceGrant" -}}
{{- $proxy := index . 0 }}
{{- $namespace := $proxy.context.Release.Namespace }}
{{- $from := dict }}
{{- range $other := index . 1 }}
  {{- range $door := $other.doors }}
    {{- if ne $door.namespace $namespace }}
      {{- /* Whatever it names, in a rule or a mirror, it names as a Service. */}}
      {{- if contains (printf "\"name\":%s," ($proxy.name | toJson)) ($door.settings.effectiveRules | toJson) }}
        {{- $_ := set $from (printf "%s/%s" $door.namespace $door.kind)
          (dict "group" "gateway.networking.k8s.io" "kind" $door.kind "namespace" $door.namespace) }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- if $from }}
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata:
  {{- include "external-service-proxy.lib.metadata" (dict "owner" $proxy "name" $proxy.name) | nindent 2 }}
spec:
  from:
    {{- range $from }}
    - {{ toYaml . | nindent 6 | trim }}
    {{- end }}
  to:
    - group: ""
      kind: Service
      name: {{ $proxy.name | quote }}
{{- end }}
{{- end }}
