{{- /*
Contour (read in 1.33: apis/projectcontour/v1/httpproxy.go, internal/dag/httpproxy_processor.go).
*/}}
{{- define "external-service-proxy.controllers.contour.can" -}}
title: Contour
version: "1.33"
proved: true
clientAddress: "its Envoy's Service needs externalTrafficPolicy Local; neither X-Forwarded-For nor PROXY protocol is heeded"
Ingress:
  sourceRanges: true
  backend.protocol https: true
  backend.protocol h2c: true
  backend.protocol grpc: true
  backend.protocol grpcs: true
  backend.host: true
  backend.tls.caConfigMap: "it reads CAs from Secrets alone: write backend.tls.caSecret"
  backend.tls.caSecret: true
  backend.tls by system CAs: "without a CA it verifies nothing: write backend.tls.caSecret"
  backend.tls.serverName: it sends the Host header's name as SNI, and verifies one name
  backend.tls.insecureSkipVerify: true
  backend.timeouts.connect: it has one for all, in its own configuration (timeouts.connect-timeout)
  backend.timeouts.request: true
  backend.healthCheck: true
  else: its HTTPProxy has no field for it
else: its HTTPProxy is what holds the list, and no route of the Gateway API can
{{- end }}

{{- /*
An HTTPProxy a host, since one has one fqdn, with ipAllowPolicy, which Ingress lacks. `source: Peer` is the address
of the connection, which no header can forge.
From the second host on names end in .2, .3 and so on: no other proxy's name can hold a dot.
Takes a door; gives documents.
*/}}
{{- define "external-service-proxy.controllers.contour" -}}
{{- $door := . }}
{{- $ingress := .settings }}
{{- range $index, $host := .hosts }}
---
apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata:
  {{- $name := print $door.name (ternary "" (printf ".%d" (add1 $index)) (eq $index 0)) }}
  {{- include "external-service-proxy.lib.metadata" (dict "owner" $door.proxy "name" $name "annotations" $ingress.annotations) | nindent
    2 }}
spec:
  {{- with $ingress.className }}
  ingressClassName: {{ . | quote }}
  {{- end }}
  virtualhost:
    fqdn: {{ $host | quote }}
    {{- range $ingress.tls.certificates }}
      {{- if has $host .hosts }}
    tls:
      secretName: {{ .secretName | quote }}
      {{- end }}
    {{- end }}
    {{- if not $door.proxy.anyone }}
    ipAllowPolicy:
      {{- range $door.proxy.sourceRanges }}
      - source: Peer
        cidr: {{ . | quote }}
      {{- end }}
    {{- end }}
  routes:
    {{- range $path := $ingress.paths }}
      {{- range include "external-service-proxy.controllers.contour.conditions" $path | fromYamlArray }}
    - conditions:
        - {{ toYaml . }}
        {{- include "external-service-proxy.controllers.contour.backend" $door | nindent 6 }}
      {{- end }}
    {{- end }}
{{- end }}
{{- include "external-service-proxy.objects.certificates" .proxy }}
{{- end }}

{{- /*
The conditions that together match one path of an Ingress. Contour's prefix compares characters: a Prefix path of
Ingress, which compares segments, is therefore an exact and a prefix with a slash.
Takes {path, pathType}; gives a YAML list.
*/}}
{{- define "external-service-proxy.controllers.contour.conditions" -}}
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

{{- /*
How a route of an HTTPProxy speaks to App2. An address is left at the first failed health check, and taken again
at the first that it passes.
Takes a door; gives YAML.
*/}}
{{- define "external-service-proxy.controllers.contour.backend" -}}
{{- $backend := .proxy.backend -}}
services:
  - name: {{ .proxy.name | quote }}
    port: {{ .port.port }}
    {{- with get (dict "https" "tls" "grpcs" "h2" "h2c" "h2c" "grpc" "h2c") $backend.protocol }}
    protocol: {{ . }}
    {{- end }}
    {{- if and (has $backend.protocol (list "https" "grpcs")) $backend.tls.caSecret }}
    validation:
      caSecret: {{ $backend.tls.caSecret | quote }}
      subjectName: {{ $backend.host | quote }}
    {{- end }}
{{- with $backend.host }}
requestHeadersPolicy:
  set:
    - name: Host
      value: {{ . | quote }}
{{- end }}
{{- with $backend.timeouts.request }}
timeoutPolicy:
  response: {{ . | quote }}
{{- end }}
{{- with $backend.healthCheck }}
  {{- if .path }}
    {{- $interval := include "external-service-proxy.lib.duration.seconds" .interval }}
healthCheckPolicy:
  path: {{ .path | quote }}
    {{- with $backend.host }}
  host: {{ . | quote }}
    {{- end }}
  intervalSeconds: {{ $interval }}
  timeoutSeconds: {{ $interval }}
  unhealthyThresholdCount: 1
  healthyThresholdCount: 1
  {{- end }}
{{- end }}
{{- end }}
