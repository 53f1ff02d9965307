{{- /*
Each certificate's Secret for one object: cert-manager refuses what is not the Certificate's owner, in its log only (sync of its
pkg/controller/certificate-shim, 1.21). The listeners of one Gateway may share theirs.
Takes (dict "named" DICT "gateways" DICT "release" DICT "gate" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.certificates" -}}
{{- $secrets := list }}
{{- range $key, $proxy := .named }}
  {{- if and .ingress.enabled .ingress.tls.issuer.name }}
    {{- $several := dig "ingress" "tls" "certificates" list .written }}
    {{- range $index, $certificate := .ingress.tls.certificates }}
      {{- $field := ternary (printf "certificates[%d].secretName" $index) "secretName" (not (empty $several)) }}
      {{- $path := printf "proxies.%s.ingress.tls.%s" $key $field }}
      {{- $secrets = append $secrets (dict "name" .secretName "owner" (print "proxies." $key) "path" $path) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- range $key, $gateway := .gateways }}
  {{- if .issuer.name }}
    {{- $owner := print "gateways." $key }}
    {{- $own := dict }}
    {{- range $name, $listener := .listeners }}
      {{- with .tls.secretName }}
        {{- if not (hasKey $own .) }}
          {{- $path := printf "%s.listeners.%s.tls.secretName" $owner $name }}
          {{- $secrets = append $secrets (dict "name" . "owner" $owner "path" $path) }}
        {{- end }}
        {{- $_ := set $own . true }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- $seen := .release.secrets }}
{{- range $secrets }}
  {{- if hasKey $seen .name }}
    {{- include "external-service-proxy.lib.problem" (list dict .path "secret-twice"
      (printf "%s holds the certificate of %s already, and cert-manager issues no second one into it: %s" .name (get $seen .name)
        "write another name, or leave the issuer out where that certificate is for these hosts too")) }}
  {{- else }}
    {{- $_ := set $seen .name (print $.gate.chart .owner) }}
  {{- end }}
{{- end }}
{{- end }}
