{{- /*
Contour (read in 1.33): an HTTPProxy a host, since one has one fqdn, with ipAllowPolicy, which Ingress lacks.
`source: Peer` is the address of the connection, which no header can forge. Its prefix condition compares
characters: a Prefix path of Ingress, which compares segments, is therefore an exact and a prefix with a slash.
From the second host on names end in .2, .3 and so on: no other proxy's name can hold a dot.
Takes a proxy; gives documents.
*/}}
{{- define "external-service-proxy.controller.contour" -}}
{{- $ingress := .ingress }}
{{- range $index, $host := $ingress.hosts }}
---
apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata:
  {{- $name := print $.name (ternary "" (printf ".%d" (add1 $index)) (eq $index 0)) }}
  {{- include "external-service-proxy.metadata" (dict "proxy" $ "name" $name "annotations" $ingress.annotations) | nindent 2 }}
spec:
  {{- with $ingress.className }}
  ingressClassName: {{ . | quote }}
  {{- end }}
  virtualhost:
    fqdn: {{ $host | quote }}
    {{- if $ingress.tls.enabled }}
    tls:
      secretName: {{ $ingress.tls.secretName | quote }}
    {{- end }}
    {{- if not $.anyone }}
    ipAllowPolicy:
      {{- range $.sourceRanges }}
      - source: Peer
        cidr: {{ . | quote }}
      {{- end }}
    {{- end }}
  routes:
    {{- range $path := $ingress.paths }}
    {{- range include "external-service-proxy.controller.contour.conditions" $path | fromYamlArray }}
    - conditions:
        - {{ toYaml . }}
      services:
        - name: {{ $.name }}
          port: {{ (get $.ports $ingress.port).port }}
    {{- end }}
    {{- end }}
{{- end }}
{{- if and $ingress.tls.enabled $ingress.tls.issuer.name }}
{{- include "external-service-proxy.certificate" . }}
{{- end }}
{{- end }}

{{- /*
The conditions that together match one path of an Ingress.
Takes {path, pathType}; gives a YAML list.
*/}}
{{- define "external-service-proxy.controller.contour.conditions" -}}
{{- $segments := trimSuffix "/" .path }}
{{- if eq .pathType "Exact" }}
- exact: {{ .path | quote }}
{{- else if or (eq .pathType "ImplementationSpecific") (eq .path "/") }}
- prefix: {{ .path | quote }}
{{- else }}
- exact: {{ $segments | quote }}
- prefix: {{ printf "%s/" $segments | quote }}
{{- end }}
{{- end }}
