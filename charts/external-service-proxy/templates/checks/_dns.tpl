{{- /*
External DNS: a record only for what has an address, and no setting without a name or in two places.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.dns" -}}
{{- if .dns.hostnames }}
  {{- if and (eq .service.type "ClusterIP") (not .dns.target) }}
    {{- $door := ", and reads those of the Ingress and routes there: leave them out, or write dns.target" }}
    {{- include "external-service-proxy.lib.problem" (list . "dns.hostnames" "dns-cluster-ip"
      (printf "External DNS makes no record for the address of service.type ClusterIP%s"
        (ternary ": leave them out, or write dns.target, or service.type LoadBalancer" $door (empty .doors)))) }}
  {{- end }}
  {{- range $key, $value := .service.annotations }}
    {{- if regexMatch "^external-dns\\.(alpha\\.)?kubernetes\\.io/(hostname|ttl|target)$" $key }}
      {{- $own := base $key | replace "hostname" "hostnames" }}
      {{- include "external-service-proxy.lib.problem" (list $ "service.annotations" "dns-annotation" (printf "%s is %s" $key
        (ternary (printf "for dns to write: write dns.%s in its place" $own) "written by dns already: leave it out"
          (empty (get $.dns $own))))) }}
    {{- end }}
  {{- end }}
{{- else }}
  {{- range list "ttl" "target" }}
    {{- if get $.dns . }}
      {{- include "external-service-proxy.lib.own.problem"
        (list $ (printf "dns.%s" .) "dns-hostnames-required" "has no effect without dns.hostnames: add them, or leave it out") }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
