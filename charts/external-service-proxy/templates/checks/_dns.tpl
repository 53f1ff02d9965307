{{- /*
External DNS: a record only for what has an address, and no setting without a name.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.dns" -}}
{{- if .dns.hostnames }}
  {{- if eq .service.type "ClusterIP" }}
    {{- include "external-service-proxy.lib.problem" (list . "dns.hostnames" "dns-cluster-ip"
      "External DNS makes no record for service.type ClusterIP: leave them out, or write service.type LoadBalancer") }}
  {{- end }}
  {{- range $key, $value := .service.annotations }}
    {{- if regexMatch "^external-dns\\.(alpha\\.)?kubernetes\\.io/(hostname|ttl|target)$" $key }}
      {{- include "external-service-proxy.lib.problem"
        (list $ "service.annotations" "dns-annotation" (printf "%s is written by dns already: leave it out" $key)) }}
    {{- end }}
  {{- end }}
{{- else }}
  {{- range list "ttl" "target" }}
    {{- if get $.dns . }}
      {{- include "external-service-proxy.lib.problem"
        (list $ (printf "dns.%s" .) "dns-hostnames-required" "has no effect without dns.hostnames: add them, or leave it out") }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Each host name once in the release: External DNS would give it two addresses, silently, and controllers refuse or
mix two owners. A and AAAA of one name are two records, so two Services may share it that have one family each. Each
certificate's Secret once: cert-manager refuses the second, in its log only.
Takes (dict "proxies" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.hosts" -}}
{{- $hosts := dict }}
{{- $secrets := dict }}
{{- range $key, $proxy := .proxies }}
  {{- $names := list }}
  {{- $families := $proxy.service.ipFamilies | default list }}
  {{- range $index, $host := $proxy.dns.hostnames }}
    {{- $names = append $names
      (list $host (printf "dns.hostnames[%d]" $index) (ternary (first $families) "" (eq (len $families) 1))) }}
  {{- end }}
  {{- range $door := $proxy.doors }}
    {{- range $index, $host := $door.hosts }}
      {{- $names = append $names
        (list $host (printf "%s.%s[%d]" $door.path (ternary "hosts" "hostnames" (eq $door.kind "Ingress")) $index) "") }}
    {{- end }}
  {{- end }}
  {{- range $names }}
    {{- $host := index . 0 }}
    {{- $family := index . 2 }}
    {{- $before := get $hosts $host | default (get $hosts (printf "%s %s" $host $family)) }}
    {{- if not $family }}
      {{- $before = $before | default (get $hosts (printf "%s IPv4" $host)) | default (get $hosts (printf "%s IPv6" $host)) }}
    {{- end }}
    {{- /* Routes of one proxy may share a name: they all hold its sourceRanges. */}}
    {{- if and (hasPrefix (printf "proxies.%s.routes." $key) $before) (hasPrefix "routes." (index . 1)) }}
    {{- else if $before }}
      {{- include "external-service-proxy.lib.problem" (list $proxy (index . 1) "host-twice"
        (printf "%s is %s already, and a host name leads to one place: write another" $host $before)) }}
    {{- else }}
      {{- $_ := set $hosts (printf "%s %s" $host $family | trim) (printf "proxies.%s.%s" $key (index . 1)) }}
    {{- end }}
  {{- end }}
  {{- $tls := $proxy.ingress.tls }}
  {{- if and $proxy.ingress.enabled $tls.issuer.name }}
    {{- $several := dig "ingress" "tls" "certificates" list $proxy.written }}
    {{- range $index, $certificate := $tls.certificates }}
      {{- if hasKey $secrets .secretName }}
        {{- include "external-service-proxy.lib.problem" (list $proxy
          (ternary (printf "ingress.tls.certificates[%d].secretName" $index) "ingress.tls.secretName" (not (empty $several))) "secret-twice"
          (printf "%s holds the certificate of proxies.%s already, and cert-manager issues no second one into it: write another name"
            .secretName (get $secrets .secretName))) }}
      {{- else }}
        {{- $_ := set $secrets .secretName $key }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
