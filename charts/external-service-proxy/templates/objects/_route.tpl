{{- /*
A route of the Gateway API.
Takes (dict "door" DOOR "filters" LIST), the second of every rule, before its own; gives a document.
*/}}
{{- define "external-service-proxy.objects.route" -}}
{{- $door := .door }}
{{- $route := $door.settings }}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" (printf "gateway.networking.k8s.io/%s" $route.apiVersion)
  "kind" $door.kind "owner" $door.proxy "name" $door.name "namespace" $door.namespace "values" $route.annotations
  "path" (printf "%s.annotations" $door.path)) }}
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
