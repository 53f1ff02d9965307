{{- /*
The Ingress.
Takes (dict "door" DOOR "annotations" DICT), the second what the preset says to its controller; gives a document.
*/}}
{{- define "external-service-proxy.objects.ingress" -}}
{{- $door := .door }}
{{- $ingress := $door.settings }}
{{- $annotations := include "external-service-proxy.objects.issuerAnnotations" $ingress.tls.issuer | fromYaml }}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" "networking.k8s.io/v1" "kind" "Ingress"
  "owner" $door.proxy "name" $door.name
  "annotations" (merge $annotations (.annotations | default dict)) "values" $ingress.annotations "path" "ingress.annotations") }}
spec:
  {{- with $ingress.className }}
  ingressClassName: {{ . | quote }}
  {{- end }}
  {{- with $ingress.tls.certificates }}
  tls:
    {{- range . }}
    - secretName: {{ .secretName | quote }}
      hosts:
        {{- toYaml .hosts | nindent 8 }}
    {{- end }}
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
                name: {{ $door.proxy.name | quote }}
                port: {number: {{ $door.port.port }}} # a name is cut at 15 characters here, not in a Service
          {{- end }}
    {{- end }}
{{- end }}

{{- /*
cert-manager's annotation for the issuer of an Ingress or a Gateway.
Takes an issuer, {kind, name}; gives YAML.
*/}}
{{- define "external-service-proxy.objects.issuerAnnotations" -}}
{{- if .name -}}
cert-manager.io/{{ ternary "cluster-issuer" "issuer" (eq .kind "ClusterIssuer") }}: {{ .name | quote }}
{{- end }}
{{- end }}
