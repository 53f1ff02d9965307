{{- /*
HAProxy Technologies' kubernetes-ingress (read in 3.2: pkg/annotations/ingress, pkg/annotations/service,
documentation/annotations.md). Another project, HAProxy Ingress, heeds none of these annotations.
*/}}
{{- define "external-service-proxy.controllers.haproxy.can" -}}
title: HAProxy Kubernetes Ingress Controller (haproxytech)
version: "3.2, after 3.2.12"
proved: false
clientAddress: its Service needs externalTrafficPolicy Local, or PROXY protocol by the ConfigMap's proxy-protocol; X-Forwarded-For is not heeded
Ingress:
  sourceRanges: true
  backend.protocol https: true
  backend.protocol h2c: true
  backend.protocol grpc: true
  backend.protocol grpcs: true
  backend.host: true
  backend.tls.caConfigMap: "it verifies no name, and a missing CA not at all: write backend.tls.insecureSkipVerify to say so"
  backend.tls.caSecret: "it verifies no name, and a missing CA not at all: write backend.tls.insecureSkipVerify to say so"
  backend.tls by system CAs: "it verifies nothing without a CA: write backend.tls.insecureSkipVerify to say so"
  backend.tls.serverName: it sends no SNI
  backend.tls.insecureSkipVerify: true
  backend.timeouts.connect: it has one for all, in its ConfigMap (timeout-connect)
  backend.timeouts.request: true
  backend.healthCheck: true
  else: it has no annotation for it
  not:
    className none: "another controller could take the Ingress, and heed no word of its list: write the class of HAProxy"
    annotations with haproxy.org/allow-list: "it is written by sourceRanges already: leave it out"
    annotations with haproxy.org/whitelist: "it is written by sourceRanges already: leave it out"
    annotations with haproxy.org/src-ip-header: "it can let others in than sourceRanges: leave it out"
    annotations with haproxy.org/ssl-passthrough: "it can let others in than sourceRanges: leave it out"
    annotations with haproxy.org/standalone-backend: "it can let others in than sourceRanges: leave it out"
    annotations with haproxy.org/backend-config-snippet: "it can let others in than sourceRanges: leave it out"
    annotations with haproxy.org/route-acl: "it can let others in than sourceRanges: leave it out"
else: of the Gateway API it knows TCPRoutes of 0.5 alone
{{- end }}

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
{{- if has $backend.protocol (list "https" "grpcs") }}{{ $_ := set $annotations "haproxy.org/server-ssl" "true" }}{{ end }}
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
