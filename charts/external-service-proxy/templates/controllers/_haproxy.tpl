{{- /*
Both names of the list are written: 1.10 and below know only the older one, and would leave the door open.
Takes a door; gives a document.
*/}}
{{- define "external-service-proxy.controllers.haproxy" -}}
{{- $backend := .proxy.backend }}
{{- $annotations := dict }}
{{- if not .proxy.anyone }}
  {{- range list "allow-list" "whitelist" }}
    {{- $_ := set $annotations (printf "haproxy.org/%s" .) ($.proxy.sourceRanges | join ",") }}
  {{- end }}
{{- end }}
{{- if $backend.tls.enabled }}{{ $_ := set $annotations "haproxy.org/server-ssl" "true" }}{{ end }}
{{- if has $backend.protocol (list "h2c" "grpc") }}{{ $_ := set $annotations "haproxy.org/server-proto" "h2" }}{{ end }}
{{- with $backend.host }}{{ $_ := set $annotations "haproxy.org/set-host" . }}{{ end }}
{{- with $backend.timeouts.request }}
  {{- $_ := set $annotations "haproxy.org/timeout-server" (printf "%sms" (include "external-service-proxy.lib.duration.milliseconds" .)) }}
{{- end }}
{{- with $backend.healthCheck.path }}
  {{- $_ := set $annotations "haproxy.org/check" "true" }}
  {{- $_ := set $annotations "haproxy.org/check-http" (printf "GET %s" .) }}
  {{- $_ := set $annotations "haproxy.org/check-interval"
    (printf "%sms" (include "external-service-proxy.lib.duration.milliseconds" $backend.healthCheck.interval)) }}
{{- end }}
{{- include "external-service-proxy.objects.ingress" (dict "door" . "annotations" $annotations) }}
{{- end }}
