{{- /*
An EndpointSlice: one address an endpoint, since kube-proxy uses only the first. All conditions are written: some
consumers skip endpoints whose `ready` is nil.
Takes (dict "proxy" PROXY "slice" SLICE); gives a document.
*/}}
{{- define "external-service-proxy.objects.endpointSlice" -}}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" "discovery.k8s.io/v1" "kind" "EndpointSlice" "owner" .proxy
  "name" .slice.name "labels" "slice") }}
addressType: {{ .slice.family }}
ports:
  {{- range $name, $port := .proxy.ports }}
  - name: {{ $name | quote }}
    protocol: {{ $port.protocol }}
    port: {{ $port.targetPort }}
    {{- with $port.appProtocol }}
    appProtocol: {{ . | quote }}
    {{- end }}
  {{- end }}
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
