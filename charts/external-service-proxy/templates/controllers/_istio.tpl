{{- /*
An AuthorizationPolicy for each Gateway, in its namespace: whoever is outside of the list is denied these hosts, and
no other host of a shared Gateway is touched. notIpBlocks compares the connection's own address. A host is written
with and without a port, since Envoy routes both.
Takes a door; gives documents.
*/}}
{{- define "external-service-proxy.controllers.istio" -}}
{{- $door := . }}
{{- include "external-service-proxy.objects.route" (dict "door" .) }}
{{- if not .proxy.anyone }}
  {{- range $index, $parent := .settings.parentRefs }}
    {{- $namespace := $parent.namespace | default $door.namespace }}
    {{- $name := include "external-service-proxy.lib.name" (list $door.plainName $namespace $door.proxy.context) }}
    {{- $name = include "external-service-proxy.lib.numbered" (list $name "." $index) }}
    {{- template "external-service-proxy.lib.gate" (dict "apiVersion" "security.istio.io/v1" "kind" "AuthorizationPolicy"
      "owner" $door.proxy "name" $name "namespace" $namespace) }}
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: Gateway
      name: {{ $parent.name | quote }}
  action: DENY
  rules:
    - from:
        - source:
            notIpBlocks:
              {{- toYaml $door.proxy.sourceRanges | nindent 14 }}
      to:
        - operation:
            hosts:
              {{- range $door.hosts }}
              - {{ . | quote }}
              - {{ printf "%s:*" . | quote }}
              {{- end }}
  {{- end }}
{{- end }}
{{- end }}
