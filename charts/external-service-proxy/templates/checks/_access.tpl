{{- /*
What would make the objects of access hold nothing: in a release that who deploys could change, or without those whom and
what they are about.
Takes (dict "context" $ "access" DICT "proxies" DICT "gateways" DICT "extraObjects" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.access" -}}
{{- if .access }}
  {{- if eq .access.namespace .context.Release.Namespace }}
    {{- include "external-service-proxy.lib.problem" (list $ "access.namespace" "access-namespace"
      (printf "%s is this release's own, and who deploys there may write Helm's Secrets: install this release into another"
        .access.namespace)) }}
  {{- end }}
  {{- if or .proxies .gateways .extraObjects }}
    {{- include "external-service-proxy.lib.problem" (list $ "access.namespace" "access-beside-proxies"
      "who deploys these proxies would need more than they leave: write access in the values of a release of its own") }}
  {{- end }}
  {{- range $field, $what := dict "subjects" "who deploys" "addresses" "the networks that App2 may be in" }}
    {{- if not (get $.access $field) }}
      {{- include "external-service-proxy.lib.problem" (list $ (print "access." $field) "access-required"
        (printf "none is written: write %s" $what)) }}
    {{- end }}
  {{- end }}
  {{- range $index, $subject := .access.subjects }}
    {{- if and (eq .kind "ServiceAccount") (not .namespace) }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "access.subjects[%d].namespace" $index) "access-required"
        (printf "none is written: write that of the ServiceAccount %s" .name)) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
