{{- /*
The list's older name is written, which every version reads. Verification is off unless said, and without
proxy-ssl-name the name that it verifies is its own "upstream_balancer".
Takes a door; gives a document.
*/}}
{{- define "external-service-proxy.controllers.nginx" -}}
{{- $backend := .proxy.backend }}
{{- $own := dict }}
{{- if not .proxy.anyone }}{{ $_ := set $own "whitelist-source-range" (.proxy.sourceRanges | join ",") }}{{ end }}
{{- with get (dict "https" "HTTPS" "grpc" "GRPC") $backend.protocol }}{{ $_ := set $own "backend-protocol" . }}{{ end }}
{{- with $backend.host }}{{ $_ := set $own "upstream-vhost" . }}{{ end }}
{{- if and (eq $backend.protocol "https") $backend.tls.caSecret }}
  {{- $_ := set $own "proxy-ssl-secret" (printf "%s/%s" .namespace $backend.tls.caSecret) }}
  {{- $_ := set $own "proxy-ssl-verify" "on" }}
  {{- $_ := set $own "proxy-ssl-verify-depth" "5" }}
  {{- $_ := set $own "proxy-ssl-name" $backend.tls.name }}
  {{- $_ := set $own "proxy-ssl-server-name" "on" }}
{{- end }}
{{- with $backend.timeouts.connect }}
  {{- $_ := set $own "proxy-connect-timeout" (include "external-service-proxy.lib.duration.seconds" .) }}
{{- end }}
{{- with $backend.timeouts.request }}
  {{- range list "proxy-read-timeout" "proxy-send-timeout" }}
    {{- $_ := set $own . (include "external-service-proxy.lib.duration.seconds" $backend.timeouts.request) }}
  {{- end }}
{{- end }}
{{- $annotations := dict }}
{{- range $key, $value := $own }}{{ $_ := set $annotations (printf "nginx.ingress.kubernetes.io/%s" $key) $value }}{{ end }}
{{- include "external-service-proxy.objects.ingress" (dict "door" . "annotations" $annotations) }}
{{- end }}
