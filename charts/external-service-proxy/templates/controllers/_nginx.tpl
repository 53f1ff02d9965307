{{- /*
ingress-nginx (read in 1.10 to 1.15: internal/ingress/annotations, nginx.tmpl), retired in 2026. NGINX Inc.'s
controller heeds none of these annotations.
*/}}
{{- define "external-service-proxy.controllers.nginx.can" -}}
title: ingress-nginx
version: "1.15"
proved: false
clientAddress: its Service needs externalTrafficPolicy Local, or PROXY protocol by the ConfigMap's use-proxy-protocol; with use-forwarded-headers, proxy-real-ip-cidr must name the load balancer alone, since by default anyone's X-Forwarded-For is believed
Ingress:
  sourceRanges: true
  backend.protocol https: true
  backend.protocol h2c: it speaks HTTP/1.1 to App2
  backend.protocol grpc: true
  backend.protocol grpcs: "it verifies no certificate of a gRPC server: write protocol https"
  backend.host: true
  backend.tls.caConfigMap: "it reads CAs from Secrets alone: write backend.tls.caSecret"
  backend.tls.caSecret: true
  backend.tls by system CAs: "without a CA it verifies nothing: write backend.tls.caSecret"
  backend.tls.serverName: true
  backend.tls.insecureSkipVerify: true
  backend.timeouts.connect: true
  backend.timeouts.request: true
  backend.healthCheck: it has none
  else: it has no annotation for it
  not:
    className none: "another controller could take the Ingress, and heed no word of its list: write the class of ingress-nginx"
    annotations with nginx.ingress.kubernetes.io/whitelist-source-range: "it is written by sourceRanges already: leave it out"
    annotations with nginx.ingress.kubernetes.io/allowlist-source-range: "it is written by sourceRanges already: leave it out"
    annotations with nginx.ingress.kubernetes.io/ssl-passthrough: "it can let others in than sourceRanges: leave it out"
    annotations with nginx.ingress.kubernetes.io/satisfy: "it can let others in than sourceRanges: leave it out"
    annotations with nginx.ingress.kubernetes.io/canary: "it can let others in than sourceRanges: leave it out"
    annotations with nginx.ingress.kubernetes.io/configuration-snippet: "it can let others in than sourceRanges: leave it out"
    annotations with nginx.ingress.kubernetes.io/server-snippet: "it can let others in than sourceRanges: leave it out"
else: it serves no Gateway API
{{- end }}

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
  {{- $_ := set $own "proxy-ssl-name" ($backend.tls.serverName | default $backend.host) }}
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
