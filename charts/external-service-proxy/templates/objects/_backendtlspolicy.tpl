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
    hostname: {{ $tls.name | quote }}
    {{- if $tls.ca }}
    caCertificateRefs:
      - group: ""
        kind: {{ $tls.ca.kind }}
        name: {{ $tls.ca.name | quote }}
    {{- else }}
    wellKnownCACertificates: System
    {{- end }}
{{- end }}
