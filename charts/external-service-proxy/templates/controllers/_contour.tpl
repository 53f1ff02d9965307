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
  {{- $name := include "external-service-proxy.lib.numbered" (list $door.name "." $index) }}
  {{- template "external-service-proxy.lib.gate" (dict "apiVersion" "projectcontour.io/v1" "kind" "HTTPProxy"
    "owner" $door.proxy "name" $name
    "values" $ingress.annotations "path" "ingress.annotations") }}
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
      {{- $conditions := dict "path" $path }}
      {{- template "external-service-proxy.controllers.contour.conditions" $conditions }}
      {{- range $conditions.gives }}
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
Takes (dict "path" {path, pathType}); adds gives, a list. Writes nothing.
*/}}
{{- define "external-service-proxy.controllers.contour.conditions" -}}
{{- $path := .path.path }}
{{- $segments := trimSuffix "/" $path }}
{{- if eq .path.pathType "Exact" }}
  {{- $_ := set . "gives" (list (dict "exact" $path)) }}
{{- else if or (eq .path.pathType "ImplementationSpecific") (eq $path "/") }}
  {{- $_ := set . "gives" (list (dict "prefix" $path)) }}
{{- else }}
  {{- $_ := set . "gives" (list (dict "exact" $segments) (dict "prefix" (print $segments "/"))) }}
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
    {{- if and $backend.tls.enabled $backend.tls.caSecret }}
    validation:
      caSecret: {{ $backend.tls.caSecret | quote }}
      subjectName: {{ $backend.tls.name | quote }}
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

{{- /*
What `helm install` says of an HTTPProxy.
Takes a door; gives lines.
*/}}
{{- define "external-service-proxy.controllers.contour.notes" }}
  - External DNS needs --source=contour-httpproxy to make the hosts' records
{{- if .proxy.externalName }}
  - Contour must be configured to allow it: enableExternalNameService: true
{{- end }}
{{- end }}
