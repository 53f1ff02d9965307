{{- /*
Every object of the values.
Takes (dict "proxies" DICT "gateways" DICT "grants" DICT "extraObjects" DICT "access" DICT), all effective; gives documents.
*/}}
{{- define "external-service-proxy.objects.all" -}}
{{- range .gateways }}
  {{- template "external-service-proxy.objects.gateway" . }}
{{- end }}
{{- range $key, $proxy := .proxies }}
  {{- template "external-service-proxy.objects.service" . }}
  {{- range .slices }}
    {{- template "external-service-proxy.objects.endpointSlice" (dict "proxy" $proxy "slice" .) }}
  {{- end }}
  {{- if .endpointsAddresses }}
    {{- template "external-service-proxy.objects.endpoints" . }}
  {{- end }}
  {{- with get $.grants $key }}
    {{- template "external-service-proxy.objects.referenceGrant"
      (dict "owner" $proxy "name" $proxy.name "from" . "kind" "Service" "names" (list $proxy.name)) }}
  {{- end }}
  {{- if .backendTLSPorts }}
    {{- template "external-service-proxy.objects.backendTLSPolicy" . }}
  {{- end }}
  {{- range .doors }}
    {{- include (printf "external-service-proxy.controllers.%s" .controller) . }}
  {{- end }}
{{- end }}
{{- range .extraObjects }}
  {{- template "external-service-proxy.objects.extraObject" . }}
{{- end }}
{{- with .access }}
  {{- template "external-service-proxy.objects.access" . }}
{{- end }}
{{- end }}
