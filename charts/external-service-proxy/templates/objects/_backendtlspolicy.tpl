{{- /*
How whoever serves the Gateway verifies App2's certificate (Gateway API, BackendTLSPolicy v1 since 1.4): one for
the proxy's Service, for each port that a route which speaks HTTP leads to; more where one can't hold so many.
Takes a proxy with backendTLSPorts; gives documents.
*/}}
{{- define "external-service-proxy.objects.backendTLSPolicy" -}}
{{- $tls := .backend.tls }}
{{- range $index, $ports := chunk (int .constants.limits.policyTargets) .backendTLSPorts }}
  {{- template "external-service-proxy.lib.gate" (dict "apiVersion" "gateway.networking.k8s.io/v1" "kind" "BackendTLSPolicy"
    "owner" $ "name" (include "external-service-proxy.lib.numbered" (list $.name "." $index))) }}
spec:
  targetRefs:
    {{- range $ports }}
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
{{- end }}
