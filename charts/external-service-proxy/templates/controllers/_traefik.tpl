{{- /*
Traefik (read in 3.7.13: pkg/provider/kubernetes/{ingress,gateway,crd}, pkg/middlewares/ipallowlist).
*/}}
{{- define "external-service-proxy.controllers.traefik.can" -}}
title: Traefik
version: "3.7"
proved: false
clientAddress: its Service needs externalTrafficPolicy Local, or PROXY protocol from what its entry point trusts (proxyProtocol.trustedIPs); X-Forwarded-For is not heeded
Ingress:
  sourceRanges: true
  backend.protocol https: true
  backend.protocol h2c: true
  backend.protocol grpc: true
  backend.protocol grpcs: true
  backend.host: true
  backend.tls.caConfigMap: true
  backend.tls.caSecret: true
  backend.tls by system CAs: true
  backend.tls.serverName: true
  backend.tls.insecureSkipVerify: true
  backend.timeouts.connect: true
  backend.timeouts.request: true
  backend.healthCheck: it checks only what an externalName leads to
  else: it has no annotation for it
  serviceAnnotations: external-service-proxy.controllers.traefik.serviceAnnotations
  not:
    className none: "another controller could take the Ingress, and heed no word of its list: write the class of Traefik"
    annotations with traefik.ingress.kubernetes.io/router.middlewares: "it would stand in the place of the list: leave it out"
HTTPRoute:
  sourceRanges: true
  backend.protocol https: true
  backend.protocol h2c: true
  backend.protocol grpc: true
  backend.protocol grpcs: true
  backend.host: true
  backend.tls.caConfigMap: true
  backend.tls.caSecret: true
  backend.tls by system CAs: true
  backend.tls.serverName: true
  backend.tls.insecureSkipVerify: "a BackendTLSPolicy verifies: write a CA, or ingress"
  backend.timeouts.connect: "it has none for routes: write ingress"
  backend.timeouts.request: "it ignores a route's timeouts: write ingress"
  backend.healthCheck: it checks only what an externalName leads to
  else: it has no filter for it
  not:
    rules with filter RequestMirror: "it answers 500 to it: leave it out"
    rules with filter CORS: "it answers 500 to it: leave it out"
    rules with timeouts: "it ignores them: leave them out"
GRPCRoute:
  sourceRanges: true
  backend.protocol grpc: true
  backend.protocol grpcs: "it reads no BackendTLSPolicy for a GRPCRoute: write kind HTTPRoute, which carries gRPC too"
  backend.host: "a GRPCRoute has no URLRewrite: write kind HTTPRoute, which carries gRPC too"
  else: "it has none for a GRPCRoute: write kind HTTPRoute, which carries gRPC too"
  not:
    rules with filter RequestMirror: "it answers 500 to it: leave it out"
    rules with filter ResponseHeaderModifier: "it answers 500 to it: leave it out"
TLSRoute:
  sourceRanges: it gives a TLSRoute no middleware
  else: it has no filter for it
else: it serves none with the Gateway API's standard channel
{{- end }}

{{- /*
The list is a Middleware (ipAllowList compares the connection's own address); what an Ingress lacks for App2 is a
second Middleware, a ServersTransport and annotations of the Service.
Takes a door; gives documents.
*/}}
{{- define "external-service-proxy.controllers.traefik" -}}
{{- $door := . }}
{{- $middlewares := list }}
{{- if not .proxy.anyone }}
  {{- $middlewares = append $middlewares $door.name }}
  {{- include "external-service-proxy.controllers.traefik.object"
    (dict "door" $door "kind" "Middleware" "name" $door.name "spec" (dict "ipAllowList" (dict "sourceRange" .proxy.sourceRanges))) }}
{{- end }}
{{- if ne .kind "Ingress" }}
  {{- $filters := list }}
  {{- range $middlewares }}
    {{- $filters = append $filters (dict "type" "ExtensionRef" "extensionRef" (dict "group" "traefik.io" "kind" "Middleware" "name" .)) }}
  {{- end }}
  {{- include "external-service-proxy.objects.route" (dict "door" . "filters" $filters) }}
{{- else }}
  {{- with .proxy.backend.host }}
    {{- $name := printf "%s-host" $door.name }}
    {{- $middlewares = append $middlewares $name }}
    {{- include "external-service-proxy.controllers.traefik.object"
      (dict "door" $door "kind" "Middleware" "name" $name "spec" (dict "headers" (dict "customRequestHeaders" (dict "Host" .)))) }}
  {{- end }}
  {{- with include "external-service-proxy.controllers.traefik.transport" .proxy | fromYaml }}
    {{- include "external-service-proxy.controllers.traefik.object"
      (dict "door" $door "kind" "ServersTransport" "name" $door.name "spec" .) }}
  {{- end }}
  {{- $names := list }}
  {{- range $middlewares }}{{ $names = append $names (include "external-service-proxy.controllers.traefik.name" (list $door .)) }}{{ end }}
  {{- $annotations := dict }}
  {{- with $names }}{{ $_ := set $annotations "traefik.ingress.kubernetes.io/router.middlewares" (. | join ",") }}{{ end }}
  {{- include "external-service-proxy.objects.ingress" (dict "door" . "annotations" $annotations) }}
{{- end }}
{{- end }}

{{- /*
What an Ingress's Service tells Traefik of App2. `http` is said too: a port 443, or one named https…, would else
be spoken to by TLS.
Takes a door of kind Ingress; gives YAML.
*/}}
{{- define "external-service-proxy.controllers.traefik.serviceAnnotations" -}}
traefik.ingress.kubernetes.io/service.serversscheme: {{ get (dict "http" "http" "https" "https" "grpcs" "https" "h2c" "h2c" "grpc" "h2c")
                                                       .proxy.backend.protocol }}
{{- if include "external-service-proxy.controllers.traefik.transport" .proxy | fromYaml }}
traefik.ingress.kubernetes.io/service.serverstransport: {{ include "external-service-proxy.controllers.traefik.name" (list . .name) }}
{{- end }}
{{- end }}

{{- /*
Takes a proxy; gives the YAML of a ServersTransport's spec, or nothing.
*/}}
{{- define "external-service-proxy.controllers.traefik.transport" -}}
{{- $backend := .backend }}
{{- $tls := $backend.tls }}
{{- if has $backend.protocol (list "https" "grpcs") }}
  {{- with $tls.serverName | default $backend.host }}
serverName: {{ . | quote }}
  {{- end }}
  {{- if $tls.insecureSkipVerify }}
insecureSkipVerify: true
  {{- else if or $tls.caConfigMap $tls.caSecret }}
rootCAs:
  - {{ ternary "configMap" "secret" (not (empty $tls.caConfigMap)) }}: {{ $tls.caConfigMap | default $tls.caSecret | quote }}
  {{- end }}
{{- end }}
{{- with $backend.timeouts }}
  {{- if or .connect .request }}
forwardingTimeouts:
    {{- with .connect }}
  dialTimeout: {{ . | quote }}
    {{- end }}
    {{- with .request }}
  responseHeaderTimeout: {{ . | quote }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
The name by which an annotation finds an object of Traefik's own kinds (provider.Normalize: dots become dashes).
Takes (list DOOR NAME); gives a string.
*/}}
{{- define "external-service-proxy.controllers.traefik.name" -}}
{{- printf "%s-%s@kubernetescrd" (index . 0).namespace (index . 1) }}
{{- end }}

{{- /*
Takes (dict "door" DOOR "kind" KIND "name" NAME "spec" DICT); gives a document.
*/}}
{{- define "external-service-proxy.controllers.traefik.object" }}
---
apiVersion: traefik.io/v1alpha1
kind: {{ .kind }}
metadata:
  {{- include "external-service-proxy.lib.metadata" (dict "owner" .door.proxy "name" .name "namespace" .door.namespace) | nindent 2 }}
spec:
  {{- toYaml .spec | nindent 2 }}
{{- end }}
