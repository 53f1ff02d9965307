{{- /*
The EndpointSlices: one address family each, at most 1000 endpoints each (the API's limit), and one address an
endpoint, since kube-proxy uses only the first. A drained address is left out: some consumers send to an only
endpoint that is not ready. All conditions are written: some consumers skip endpoints whose `ready` is nil.
Takes a proxy; gives documents.
*/}}
{{- define "external-service-proxy.objects.endpointSlices" -}}
{{- $proxy := . }}
{{- range $family := .addressFamilies }}
  {{- $endpoints := list }}
  {{- range $proxy.addresses }}
    {{- if and (eq .family $family) .ready }}{{ $endpoints = append $endpoints . }}{{ end }}
  {{- end }}
  {{- range $index, $chunk := chunk 1000 $endpoints }}
    {{- $name := include "external-service-proxy.lib.numbered" (list (printf "%s-%s" $proxy.name (lower $family)) "-" $index) }}
    {{- $labels := dict "kubernetes.io/service-name" $proxy.name "endpointslice.kubernetes.io/managed-by" "external-service-proxy" }}
    {{- include "external-service-proxy.lib.gate" (dict "apiVersion" "discovery.k8s.io/v1" "kind" "EndpointSlice" "owner" $proxy
      "name" $name "labels" $labels) }}
addressType: {{ $family }}
ports:
    {{- range $name, $port := $proxy.ports }}
  - name: {{ $name | quote }}
    protocol: {{ $port.protocol }}
    port: {{ $port.targetPort }}
      {{- with $port.appProtocol }}
    appProtocol: {{ . | quote }}
      {{- end }}
    {{- end }}
endpoints:
    {{- range $endpoint := $chunk }}
  - addresses: [{{ .ip | quote }}]
    conditions: {ready: true, serving: true, terminating: false}
      {{- with .nodeName }}
    nodeName: {{ . | quote }}
      {{- end }}
      {{- with .zone }}
    zone: {{ . | quote }}
      {{- end }}
      {{- with $proxy.service.trafficDistribution }}
        {{- if eq . "PreferSameNode" }}
    hints: {forNodes: [{name: {{ $endpoint.nodeName | quote }}}]}
        {{- else }}
    hints: {forZones: [{name: {{ $endpoint.zone | quote }}}]}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
