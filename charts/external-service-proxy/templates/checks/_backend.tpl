{{- /*
How App2 wants to be spoken to: a certificate is verified by one CA, with a name, where there is TLS at all.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.backend" -}}
{{- $backend := .backend }}
{{- $tls := $backend.tls }}
{{- $written := list }}
{{- range list "caConfigMap" "caSecret" "serverName" "insecureSkipVerify" }}
  {{- if get $tls . }}{{ $written = append $written . }}{{ end }}
{{- end }}
{{- if not $tls.enabled }}
  {{- range $written }}
    {{- include "external-service-proxy.lib.own.problem" (list $ (printf "backend.tls.%s" .) "backend-tls-protocol"
      (printf "has no effect with backend.protocol %s: write backend.protocol %s, or leave it out" $backend.protocol
        (ternary "grpcs" "https" (eq $backend.protocol "grpc")))) }}
  {{- end }}
{{- else }}
  {{- $ca := without $written "serverName" }}
  {{- if gt (len $ca) 1 }}
    {{- include "external-service-proxy.lib.problem" (list . "backend.tls" "backend-tls-twice"
      (printf "%s each say how App2's certificate is verified: leave all but one out" ($ca | join " and "))) }}
  {{- end }}
  {{- if not (or $tls.insecureSkipVerify $tls.serverName $backend.host) }}
    {{- include "external-service-proxy.lib.problem" (list . "backend.tls.serverName" "server-name-required"
      "not written, and a certificate proves nothing without a name: write the name that App2's certificate has, or backend.host") }}
  {{- end }}
{{- end }}
{{- range $path, $time := dict "timeouts.connect" .backend.timeouts.connect "healthCheck.interval" .backend.healthCheck.interval }}
  {{- if and $time (eq (include "external-service-proxy.lib.duration.milliseconds" $time | int64) 0) }}
    {{- include "external-service-proxy.lib.problem" (list $ (printf "backend.%s" $path) "backend-time-zero"
      (printf "%s is no time, which controllers leave out or refuse: write 1s, for example" $time)) }}
  {{- end }}
{{- end }}
{{- end }}
