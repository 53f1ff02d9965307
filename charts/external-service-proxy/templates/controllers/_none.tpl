{{- /*
The preset for any Ingress controller, which can hold nothing: the checks let it through only for anyone.
Takes a proxy; gives documents.
*/}}
{{- define "external-service-proxy.controller.none" -}}
{{- include "external-service-proxy.ingress" . }}
{{- end }}
