{{- /*
How whoever serves the Gateway verifies App2's certificate (Gateway API, BackendTLSPolicy v1 since 1.4): one for
the proxy's Service, for each port that a route which speaks HTTP leads to.
Takes a proxy; gives a document, or nothing.
*/}}
{{- define "external-service-proxy.objects.backendTLSPolicy" -}}
{{- $ports := list }}
{{- range .doors }}
  {{- if has .kind (list "HTTPRoute" "GRPCRoute") }}{{ $ports = append $ports .settings.port }}{{ end }}
{{- end }}
{{- $tls := .backend.tls }}
{{- if and $ports (has .backend.protocol (list "https" "grpcs")) (not $tls.insecureSkipVerify) }}
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata:
  {{- include "external-service-proxy.lib.metadata" (dict "owner" . "name" .name) | nindent 2 }}
spec:
  targetRefs:
    {{- range $ports | uniq | sortAlpha }}
    - group: ""
      kind: Service
      name: {{ $.name | quote }}
      sectionName: {{ . | quote }}
    {{- end }}
  validation:
    hostname: {{ $tls.serverName | default .backend.host | quote }}
    {{- if or $tls.caConfigMap $tls.caSecret }}
    caCertificateRefs:
      - group: ""
        kind: {{ ternary "ConfigMap" "Secret" (not (empty $tls.caConfigMap)) }}
        name: {{ $tls.caConfigMap | default $tls.caSecret | quote }}
    {{- else }}
    wellKnownCACertificates: System
    {{- end }}
{{- end }}
{{- end }}
