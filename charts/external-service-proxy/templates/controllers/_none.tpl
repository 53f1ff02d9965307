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
