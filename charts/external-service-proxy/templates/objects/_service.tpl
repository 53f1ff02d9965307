{{- /*
The Service without a selector (KEP-752's endpoints are ours), or of type ExternalName. The gate judges labels and annotations of
its own for each.
Takes a proxy; gives a document.
*/}}
{{- define "external-service-proxy.objects.service" -}}
{{- template "external-service-proxy.lib.gate.alike" (dict "owner" . "apiVersion" "v1" "kind" "Service" "name" .name
  "own" (or .dns.hostnames .service.annotations .service.labels)
  "beginning" "external-service-proxy.objects.service.beginning" "end" "external-service-proxy.objects.service.end") }}
{{- end }}

{{- /*
All but its ranges and ports.
Takes (dict "proxy" PROXY "name" NAME); gives the beginning of a document.
*/}}
{{- define "external-service-proxy.objects.service.beginning" -}}
{{- $proxy := .proxy }}
{{- $service := $proxy.service }}
{{- $annotations := dict }}
{{- if $proxy.dns.hostnames }}
  {{- $annotations = include "external-service-proxy.objects.service.dnsAnnotations" $proxy | fromYaml }}
{{- end }}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" "v1" "kind" "Service" "owner" $proxy "name" .name
  "annotations" $annotations "fallback" $service.presetAnnotations
  "values" $service.annotations "path" "service.annotations" "valuesLabels" $service.labels "labelsPath" "service.labels") }}
spec:
  type: {{ $service.type }}
  {{- if eq $service.type "ExternalName" }}
  externalName: {{ $proxy.externalName | quote }}
  {{- else }}
    {{- with $service.clusterIP }}
  clusterIP: {{ . | quote }}
    {{- end }}
  ipFamilyPolicy: {{ $service.ipFamilyPolicy }}
  ipFamilies:
    {{- range $service.ipFamilies }}
    - {{ . }}
    {{- end }}
    {{- with $service.internalTrafficPolicy }}
  internalTrafficPolicy: {{ . }}
    {{- end }}
    {{- with $service.externalTrafficPolicy }}
  externalTrafficPolicy: {{ . }}
    {{- end }}
    {{- if eq $service.type "LoadBalancer" }}
      {{- with $service.loadBalancerClass }}
  loadBalancerClass: {{ . | quote }}
      {{- end }}
  allocateLoadBalancerNodePorts: {{ $service.allocateLoadBalancerNodePorts }}
    {{- end }}
  sessionAffinity: {{ $service.sessionAffinity }}
    {{- with $service.trafficDistribution }}
  trafficDistribution: {{ . }}
    {{- end }}
  {{- end }}
{{- end }}

{{- /*
Its ranges and ports.
Takes a proxy; gives the end of a document.
*/}}
{{- define "external-service-proxy.objects.service.end" -}}
{{- $nodePorts := .service.nodePorts }}
{{- if eq .service.type "LoadBalancer" }}
  {{- with .loadBalancerSourceRanges }}
  loadBalancerSourceRanges:
    {{- range . }}
    - {{ . }}
    {{- end }}
  {{- end }}
{{- end }}
  {{- with .ports }}
  ports:
    {{- range $name, $port := . }}
    - name: {{ $name | quote }}
      protocol: {{ $port.protocol }}
      port: {{ $port.port }}
      targetPort: {{ $port.targetPort }}
      {{- with $port.appProtocol }}
      appProtocol: {{ . | quote }}
      {{- end }}
      {{- if eq $nodePorts "closed" }}
      nodePort: 0 # without it an upgrade leaves a node port that was open, open
      {{- else if $port.nodePort }}
      nodePort: {{ $port.nodePort }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}

{{- /*
External DNS's annotations under both of its prefixes: the default one changed in its 0.22.
Takes a proxy with host names; gives YAML.
*/}}
{{- define "external-service-proxy.objects.service.dnsAnnotations" -}}
{{- range $prefix := list "external-dns.alpha.kubernetes.io" "external-dns.kubernetes.io" }}
{{ $prefix }}/hostname: {{ $.dns.hostnames | join "," | quote }}
  {{- with $.dns.ttl }}
{{ $prefix }}/ttl: {{ int64 . | quote }}
  {{- end }}
  {{- with $.dns.target }}
{{ $prefix }}/target: {{ . | quote }}
  {{- end }}
{{- end }}
{{- end }}
