{{- /*
The Service without a selector (KEP-752's endpoints are ours), or of type ExternalName.
Takes a proxy; gives a document.
*/}}
{{- define "external-service-proxy.objects.service" -}}
{{- $service := .service }}
{{- $annotations := dict }}
{{- if .dns.hostnames }}{{ $annotations = include "external-service-proxy.objects.service.dnsAnnotations" . | fromYaml }}{{ end }}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" "v1" "kind" "Service" "owner" . "name" .name
  "annotations" $annotations "fallback" $service.presetAnnotations
  "values" $service.annotations "path" "service.annotations" "valuesLabels" $service.labels "labelsPath" "service.labels") }}
spec:
  type: {{ $service.type }}
  {{- if eq $service.type "ExternalName" }}
  externalName: {{ .externalName | quote }}
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
  loadBalancerSourceRanges:
      {{- range $service.sourceRanges }}
    - {{ . }}
      {{- else }}
    []
      {{- end }}
    {{- end }}
  sessionAffinity: {{ $service.sessionAffinity }}
    {{- with $service.trafficDistribution }}
  trafficDistribution: {{ . }}
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
      {{- if eq $service.nodePorts "closed" }}
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
