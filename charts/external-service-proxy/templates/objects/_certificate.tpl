{{- /*
cert-manager's Certificates, for objects that cert-manager doesn't watch itself (HTTPProxy). From the second on
names end in .2, .3 and so on.
Takes a proxy; gives documents.
*/}}
{{- define "external-service-proxy.objects.certificates" -}}
{{- $issuer := .ingress.tls.issuer }}
{{- if $issuer.name }}
  {{- range $index, $certificate := .ingress.tls.certificates }}
    {{- $name := include "external-service-proxy.lib.numbered" (list $.name "." $index) }}
    {{- template "external-service-proxy.lib.gate" (dict "apiVersion" "cert-manager.io/v1" "kind" "Certificate" "owner" $ "name" $name) }}
spec:
  secretName: {{ .secretName | quote }}
  dnsNames:
    {{- toYaml .hosts | nindent 4 }}
  issuerRef:
    group: cert-manager.io
    kind: {{ $issuer.kind }}
    name: {{ $issuer.name | quote }}
  {{- end }}
{{- end }}
{{- end }}
