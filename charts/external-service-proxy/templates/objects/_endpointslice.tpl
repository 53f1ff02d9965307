{{- /*
An EndpointSlice: one address an endpoint, since kube-proxy uses only the first. All conditions are written: some
consumers skip endpoints whose `ready` is nil.
Takes (dict "proxy" PROXY "slice" SLICE); gives a document.
*/}}
{{- define "external-service-proxy.objects.endpointSlice" -}}
{{- template "external-service-proxy.lib.gate.alike" (dict "owner" .proxy "apiVersion" "discovery.k8s.io/v1" "kind" "EndpointSlice"
  "name" .slice.name "family" .slice.family "beginning" "external-service-proxy.objects.endpointSlice.beginning"
  "end" "external-service-proxy.objects.endpointSlice.ports") }}
endpoints:
  {{- range .slice.addresses }}
  - addresses: [{{ .ip | quote }}]
    conditions: {ready: true, serving: true, terminating: false}
    {{- with .nodeName }}
    nodeName: {{ . | quote }}
    {{- end }}
    {{- with .zone }}
    zone: {{ . | quote }}
    {{- end }}
    {{- with .hints }}
    hints: {{ toJson . }}
    {{- end }}
  {{- end }}
{{- end }}

{{- /*
All but its ports and endpoints.
Takes (dict "proxy" PROXY "name" NAME "family" FAMILY); gives the beginning of a document.
*/}}
{{- define "external-service-proxy.objects.endpointSlice.beginning" -}}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" "discovery.k8s.io/v1" "kind" "EndpointSlice" "owner" .proxy
  "name" .name "labels" "slice") }}
addressType: {{ .family }}
{{- end }}

{{- /*
Takes a proxy; gives its ports, of a document.
*/}}
{{- define "external-service-proxy.objects.endpointSlice.ports" }}
ports:
  {{- range $name, $port := .ports }}
  - name: {{ $name | quote }}
    protocol: {{ $port.protocol }}
    port: {{ $port.targetPort }}
    {{- with $port.appProtocol }}
    appProtocol: {{ . | quote }}
    {{- end }}
  {{- end }}
{{- end }}
