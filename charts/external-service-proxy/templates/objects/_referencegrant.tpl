{{- /*
Lets objects of one namespace name those of another (Gateway API, ReferenceGrant; v1beta1 is served by every version of
it): routes a proxy's Service, Gateways their certificates.
Takes (dict "owner" OWNER "name" NAME "namespace" NAMESPACE "from" COLLECTION "kind" KIND "names" LIST), the proxy or gateway
that it is of, its own name and namespace (the release's where left out), those who may, each {group, kind, namespace}, and
what they may name; gives a document.
*/}}
{{- define "external-service-proxy.objects.referenceGrant" }}
{{- include "external-service-proxy.lib.gate" (dict "apiVersion" "gateway.networking.k8s.io/v1beta1" "kind" "ReferenceGrant"
  "owner" .owner "name" .name "namespace" .namespace) }}
spec:
  from:
    {{- range .from }}
    - {{ toYaml . | nindent 6 | trim }}
    {{- end }}
  to:
    {{- range .names }}
    - group: ""
      kind: {{ $.kind }}
      name: {{ . | quote }}
    {{- end }}
{{- end }}
