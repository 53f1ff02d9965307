{{- /*
Lets objects of one namespace name those of another (Gateway API, ReferenceGrant; v1beta1 is served by every version of
it): routes a proxy's Service, Gateways their certificates. Several where one can't hold so many.
Takes (dict "owner" OWNER "name" NAME "namespace" NAMESPACE "from" LIST "kind" KIND "names" LIST), the proxy or gateway
that it is of, its own name and namespace (the release's where left out), those who may, each {group, kind, namespace}, and
what they may name; gives documents.
*/}}
{{- define "external-service-proxy.objects.referenceGrant" }}
{{- $number := 0 }}
{{- $most := int .owner.constants.limits.grants }}
{{- range $from := chunk $most .from }}
  {{- range $names := chunk $most $.names }}
    {{- template "external-service-proxy.lib.gate" (dict "apiVersion" "gateway.networking.k8s.io/v1beta1" "kind" "ReferenceGrant"
      "owner" $.owner "name" (include "external-service-proxy.lib.numbered" (list $.name "." $number)) "namespace" $.namespace) }}
    {{- $number = add1 $number }}
spec:
  from:
    {{- range $from }}
    - {{ toYaml . | nindent 6 | trim }}
    {{- end }}
  to:
    {{- range $names }}
    - group: ""
      kind: {{ $.kind }}
      name: {{ . | quote }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
