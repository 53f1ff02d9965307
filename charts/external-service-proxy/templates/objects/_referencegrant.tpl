{{- /*
Lets routes of other namespaces lead to a proxy's Service (Gateway API, ReferenceGrant; v1beta1 is served by every
version of it).
Takes (dict "proxy" PROXY "from" DICT), the second what effective.grants adds for it; gives a document.
*/}}
{{- define "external-service-proxy.objects.referenceGrant" }}
  {{- include "external-service-proxy.lib.gate" (dict "apiVersion" "gateway.networking.k8s.io/v1beta1" "kind" "ReferenceGrant"
    "owner" .proxy "name" .proxy.name) }}
spec:
  from:
    {{- range .from }}
    - {{ toYaml . | nindent 6 | trim }}
    {{- end }}
  to:
    - group: ""
      kind: Service
      name: {{ .proxy.name | quote }}
{{- end }}
