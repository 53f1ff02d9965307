{{- /*
The Endpoints of the same name, for clusters and consumers that still read them; the control plane mirrors them
into slices.
Takes a proxy with endpointsAddresses; gives a document.
*/}}
{{- define "external-service-proxy.objects.endpoints" -}}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" "v1" "kind" "Endpoints" "owner" . "name" .name) }}
subsets:
  - addresses:
      {{- range .endpointsAddresses }}
      - ip: {{ .ip | quote }}
        {{- with .nodeName }}
        nodeName: {{ . | quote }}
        {{- end }}
      {{- end }}
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
