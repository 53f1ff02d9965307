{{- /*
cert-manager's Certificate, for objects that cert-manager doesn't watch itself (HTTPProxy).
Takes a proxy; gives a document.
*/}}
{{- define "external-service-proxy.certificate" -}}
{{- $tls := .ingress.tls }}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  {{- include "external-service-proxy.metadata" (dict "proxy" . "name" .name) | nindent 2 }}
spec:
  secretName: {{ $tls.secretName | quote }}
  dnsNames:
    {{- toYaml .ingress.hosts | nindent 4 }}
  issuerRef:
    group: cert-manager.io
    kind: {{ $tls.issuer.kind }}
    name: {{ $tls.issuer.name | quote }}
{{- end }}
