{{- /*
How whoever serves the Gateway verifies App2's certificate (Gateway API, BackendTLSPolicy v1 since 1.4): one for
the proxy's Service, for each port that a route which speaks HTTP leads to.
Takes a proxy; with backendTLSPorts; gives a document.
*/}}
{{- define "external-service-proxy.objects.backendTLSPolicy" -}}
{{- $tls := .backend.tls }}
{{- include "external-service-proxy.lib.gate" (dict "apiVersion" "gateway.networking.k8s.io/v1" "kind" "BackendTLSPolicy"
  "owner" . "name" .name) }}
spec:
  targetRefs:
    {{- range .backendTLSPorts }}
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
