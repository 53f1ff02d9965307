{{- /*
Any controller: Ingress and the Gateway API's standard channel (1.6), and nothing that only some controllers know.
It can hold no sourceRanges, so the checks let it through only for anyone.
*/}}
{{- define "external-service-proxy.controllers.none.can" -}}
title: any controller
version: ""
proved: true
Ingress:
  else: an Ingress has no field for it
HTTPRoute:
  backend.protocol https: true
  backend.protocol h2c: true
  backend.protocol grpc: true
  backend.host: true
  backend.tls.caConfigMap: true
  backend.tls by system CAs: true
  backend.tls.serverName: true
  backend.timeouts.request: true
  else: the Gateway API's standard has no field for it
GRPCRoute:
  backend.protocol grpc: true
  backend.protocol grpcs: true
  backend.tls.caConfigMap: true
  backend.tls by system CAs: true
  backend.tls.serverName: true
  else: the Gateway API's standard has no field for it
TLSRoute:
  else: the Gateway API's standard has no field for it
TCPRoute:
  else: the Gateway API's standard has no field for it
UDPRoute:
  else: the Gateway API's standard has no field for it
{{- end }}

{{- /*
Takes a door; gives a document.
*/}}
{{- define "external-service-proxy.controllers.none" -}}
{{- if eq .kind "Ingress" }}
  {{- include "external-service-proxy.objects.ingress" (dict "door" .) }}
{{- else }}
  {{- include "external-service-proxy.objects.route" (dict "door" .) }}
{{- end }}
{{- end }}
