{{- /*
The list is a Middleware (ipAllowList compares the connection's own address); what an Ingress lacks for App2 is a
second Middleware, a ServersTransport and annotations of the Service.
Takes a door; gives documents.
*/}}
{{- define "external-service-proxy.controllers.traefik" -}}
{{- $door := . }}
{{- $middlewares := list }}
{{- if not .proxy.anyone }}
  {{- $name := include "external-service-proxy.controllers.traefik.name" (list $door "list") }}
  {{- $middlewares = append $middlewares $name }}
  {{- include "external-service-proxy.controllers.traefik.object"
    (dict "door" $door "kind" "Middleware" "name" $name "spec" (dict "ipAllowList" (dict "sourceRange" .proxy.sourceRanges))) }}
{{- end }}
{{- if ne .kind "Ingress" }}
  {{- $filters := list }}
  {{- range $middlewares }}
    {{- $filters = append $filters (dict "type" "ExtensionRef" "extensionRef" (dict "group" "traefik.io" "kind" "Middleware" "name" .)) }}
  {{- end }}
  {{- include "external-service-proxy.objects.route" (dict "door" . "filters" $filters) }}
{{- else }}
  {{- with .proxy.backend.host }}
    {{- $name := include "external-service-proxy.controllers.traefik.name" (list $door "host") }}
    {{- $middlewares = append $middlewares $name }}
    {{- include "external-service-proxy.controllers.traefik.object"
      (dict "door" $door "kind" "Middleware" "name" $name "spec" (dict "headers" (dict "customRequestHeaders" (dict "Host" .)))) }}
  {{- end }}
  {{- with include "external-service-proxy.controllers.traefik.transport" .proxy | fromYaml }}
    {{- $name := include "external-service-proxy.controllers.traefik.name" (list $door "transport") }}
    {{- include "external-service-proxy.controllers.traefik.object"
      (dict "door" $door "kind" "ServersTransport" "name" $name "spec" .) }}
  {{- end }}
  {{- $names := list }}
  {{- range $middlewares }}
    {{- $names = append $names (include "external-service-proxy.controllers.traefik.reference" (list $door.namespace .)) }}
  {{- end }}
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
  {{- $name := include "external-service-proxy.controllers.traefik.name" (list . "transport") }}
traefik.ingress.kubernetes.io/service.serverstransport: {{ include "external-service-proxy.controllers.traefik.reference"
                                                           (list .namespace $name) }}
{{- end }}
{{- end }}

{{- /*
Takes a proxy; gives the YAML of a ServersTransport's spec, or nothing.
*/}}
{{- define "external-service-proxy.controllers.traefik.transport" -}}
{{- $backend := .backend }}
{{- $tls := $backend.tls }}
{{- if $tls.enabled }}
  {{- with $tls.name }}
serverName: {{ . | quote }}
  {{- end }}
  {{- if $tls.insecureSkipVerify }}
insecureSkipVerify: true
  {{- else if $tls.ca }}
rootCAs:
  - {{ untitle $tls.ca.kind }}: {{ $tls.ca.name | quote }}
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
The name of an object of Traefik's own kinds. Traefik takes names for the same that differ in signs alone, across
namespaces too (provider.Normalize, makeID), so a hash of what it is for keeps them apart.
Takes (list DOOR PART); gives a string.
*/}}
{{- define "external-service-proxy.controllers.traefik.name" -}}
{{- $door := index . 0 }}
{{- $part := index . 1 }}
{{- $hash := printf "%s/%s/%s" $door.namespace $door.name $part | sha256sum | trunc 8 }}
{{- printf "%s-%s-%s" ($door.name | replace "." "-") $part $hash }}
{{- end }}

{{- /*
How an annotation names an object: as Traefik itself writes it, with one dash for several in a row (provider.Normalize).
Takes (list NAMESPACE NAME); gives a string.
*/}}
{{- define "external-service-proxy.controllers.traefik.reference" -}}
{{- regexReplaceAll "-+" (printf "%s-%s" (index . 0) (index . 1)) "-" }}@kubernetescrd
{{- end }}

{{- /*
Takes (dict "door" DOOR "kind" KIND "name" NAME "spec" DICT); gives a document.
*/}}
{{- define "external-service-proxy.controllers.traefik.object" }}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" "traefik.io/v1alpha1" "kind" .kind "owner" .door.proxy
  "name" .name "namespace" .door.namespace) }}
spec:
  {{- toYaml .spec | nindent 2 }}
{{- end }}
