{{- /*
The Ingress, of a controller that any source may pass (controller: none).
Takes a proxy; gives a document.
*/}}
{{- define "external-service-proxy.ingress" -}}
{{- $ingress := .ingress }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  {{- $annotations := include "external-service-proxy.issuerAnnotations" . | fromYaml }}
  {{- include "external-service-proxy.metadata" (dict "proxy" . "name" .name "annotations" (merge $annotations $ingress.annotations)) | nindent 2 }}
spec:
  {{- with $ingress.className }}
  ingressClassName: {{ . | quote }}
  {{- end }}
  {{- if $ingress.tls.enabled }}
  tls:
    - secretName: {{ $ingress.tls.secretName | quote }}
      hosts:
        {{- toYaml $ingress.hosts | nindent 8 }}
  {{- end }}
  rules:
    {{- range $host := $ingress.hosts }}
    - host: {{ $host | quote }}
      http:
        paths:
          {{- range $ingress.paths }}
          - path: {{ .path | quote }}
            pathType: {{ .pathType }}
            backend:
              service:
                name: {{ $.name }}
                port: {number: {{ (get $.ports $ingress.port).port }}} # a name is cut at 15 characters here, not in a Service
          {{- end }}
    {{- end }}
{{- end }}

{{- /*
cert-manager's annotation for an Ingress's issuer.
Takes a proxy; gives YAML.
*/}}
{{- define "external-service-proxy.issuerAnnotations" -}}
{{- with .ingress.tls }}
{{- if and .enabled .issuer.name -}}
cert-manager.io/{{ ternary "cluster-issuer" "issuer" (eq .issuer.kind "ClusterIssuer") }}: {{ .issuer.name | quote }}
{{- end }}
{{- end }}
{{- end }}
