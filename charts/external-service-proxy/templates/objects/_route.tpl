{{- /*
A route of the Gateway API.
Takes (dict "door" DOOR "filters" LIST), the second of every rule, before its own; gives a document.
*/}}
{{- define "external-service-proxy.objects.route" -}}
{{- $door := .door }}
{{- $route := $door.settings }}
---
apiVersion: gateway.networking.k8s.io/{{ $route.apiVersion }}
kind: {{ $door.kind }}
metadata:
  {{- include "external-service-proxy.lib.metadata"
    (dict "owner" $door.proxy "name" $door.name "namespace" $door.namespace "annotations" $route.annotations) | nindent 2 }}
spec:
  parentRefs:
    {{- toYaml $route.parentRefs | nindent 4 }}
  {{- with $door.hosts }}
  hostnames:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  rules:
    {{- range $rule := $route.effectiveRules }}
      {{- with concat ($.filters | default list) ($rule.filters | default list) }}
        {{- $rule = merge (dict "filters" .) $rule }}
      {{- end }}
    - {{ toYaml $rule | nindent 6 | trim }}
    {{- end }}
{{- end }}
