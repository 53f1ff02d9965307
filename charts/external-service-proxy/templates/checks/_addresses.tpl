{{- /*
App2's addresses: there, usable by Kubernetes, in canonical form, each once.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.addresses" -}}
{{- if and (not .addresses) (not .externalName) }}
  {{- include "external-service-proxy.lib.problem" (list . "addresses" "addresses-required"
    "none is written: write App2's IP addresses, for example [2.3.4.5], or its DNS name in externalName") }}
{{- end }}
{{- $seen := dict }}
{{- range $index, $address := .addresses }}
  {{- $ip := $address.ip }}
  {{- $read := dict "ip" $ip }}
  {{- template "external-service-proxy.lib.ip.read" $read }}
  {{- $canonical := $read.canonical }}
  {{- $reserved := $read.reserved }}
  {{- if $reserved }}
    {{- include "external-service-proxy.lib.problem" (list $ (printf "addresses[%d]" $index) "address-reserved"
      (printf "%s is %s, and Kubernetes sends nothing there: write an address that the cluster's nodes can reach" $ip $reserved)) }}
  {{- else if ne $ip $canonical }}
    {{- include "external-service-proxy.lib.problem" (list $ (printf "addresses[%d]" $index) "address-canonical"
      (printf "%s is not in canonical form: write %s" $ip $canonical)) }}
  {{- end }}
  {{- if hasKey $seen $canonical }}
    {{- include "external-service-proxy.lib.problem" (list $ (printf "addresses[%d]" $index) "address-twice"
      (printf "%s is addresses[%d] already: leave one of them out" $ip (int (get $seen $canonical)))) }}
  {{- else }}
    {{- $_ := set $seen $canonical $index }}
  {{- end }}
{{- end }}
{{- end }}
