{{- /*
The doors by which a controller leads to App2: the Ingress and each route. A controller dials App2 itself, so each
says by `needs` what its preset must be able to hold.
Takes (list PROXY PROXIES), the proxies effective; adds to the proxy doors, a list of
  {proxy, path (in the values), kind, controller, can (its preset's declaration), name (of the object), namespace,
   first (of the proxy's with this controller), settings (of the Ingress or route), hosts, port, needs, traits}
Writes nothing.
*/}}
{{- define "external-service-proxy.effective.doors" -}}
{{- $proxy := index . 0 }}
{{- $namespace := $proxy.context.Release.Namespace }}
{{- $doors := list }}
{{- if $proxy.ingress.enabled }}
  {{- $doors = append $doors
    (dict "path" "ingress" "kind" "Ingress" "name" $proxy.name "namespace" $namespace "settings" $proxy.ingress "hosts"
      $proxy.ingress.hosts) }}
{{- end }}
{{- include "external-service-proxy.effective.routes" . }}
{{- range $name, $route := $proxy.routes }}
  {{- if $route.enabled }}
    {{- $doors = append $doors
      (dict "path" (printf "routes.%s" $name) "kind" $route.kind "name" (printf "%s-%s" $proxy.name $name) "namespace" $route.namespace
        "settings" $route "hosts" $route.hostnames) }}
  {{- end }}
{{- end }}
{{- $controllers := list }}
{{- range $door := $doors }}
  {{- $controller := $door.settings.controller }}
  {{- $_ := set $door "proxy" $proxy }}
  {{- $_ := set $door "controller" $controller }}
  {{- $_ := set $door "can" (include (printf "external-service-proxy.controllers.%s.can" $controller) $proxy | fromYaml) }}
  {{- $_ := set $door "first" (not (has $controller $controllers)) }}
  {{- $_ := set $door "port" (get $proxy.ports $door.settings.port) }}
  {{- /* What a Gateway's controller reads for HTTP/2 without TLS (GEP-1911). */}}
  {{- if and (has $door.kind (list "HTTPRoute" "GRPCRoute")) (has $proxy.backend.protocol (list "h2c" "grpc")) $door.port }}
    {{- $_ := set $door.port "appProtocol" ($door.port.appProtocol | default "kubernetes.io/h2c") }}
  {{- end }}
  {{- $_ := set $door "needs" (include "external-service-proxy.effective.doors.needs" $door | fromYamlArray) }}
  {{- $_ := set $door "traits" (include "external-service-proxy.effective.doors.traits" $door | fromYamlArray) }}
  {{- $controllers = append $controllers $controller }}
{{- end }}
{{- $_ := set $proxy "doors" $doors }}
{{- end }}

{{- /*
Whether a kind of door speaks HTTP to App2, so that `backend` is for it; the others carry bytes as they come.
Takes a kind; gives "true" or nothing.
*/}}
{{- define "external-service-proxy.effective.doors.http" -}}
{{- if has . (list "Ingress" "HTTPRoute" "GRPCRoute") }}true{{ end }}
{{- end }}

{{- /*
What the values ask of a door's controller, in the words of the presets' declarations: a path in the values and,
after a space, what stands there.
Takes a door; gives a YAML list.
*/}}
{{- define "external-service-proxy.effective.doors.needs" -}}
{{- $backend := .proxy.backend }}
{{- $tls := $backend.tls }}
{{- if and .proxy.sourceRanges (not .proxy.anyone) }}
- sourceRanges
{{- end }}
{{- if include "external-service-proxy.effective.doors.http" .kind }}
  {{- if ne $backend.protocol "http" }}
- backend.protocol {{ $backend.protocol }}
  {{- end }}
  {{- if $backend.host }}
- backend.host
  {{- end }}
  {{- if has $backend.protocol (list "https" "grpcs") }}
    {{- if $tls.insecureSkipVerify }}
- backend.tls.insecureSkipVerify
    {{- else if $tls.caConfigMap }}
- backend.tls.caConfigMap
    {{- else if $tls.caSecret }}
- backend.tls.caSecret
    {{- else }}
- backend.tls by system CAs
    {{- end }}
    {{- if ne (default $backend.host $tls.serverName) $backend.host }}
- backend.tls.serverName
    {{- end }}
  {{- end }}
  {{- range list "connect" "request" }}
    {{- if get $backend.timeouts . }}
- backend.timeouts.{{ . }}
    {{- end }}
  {{- end }}
  {{- if $backend.healthCheck.path }}
- backend.healthCheck
  {{- end }}
{{- end }}
{{- end }}

{{- /*
What else of a door a preset may refuse, in the words of the presets' declarations: a field of the Ingress or route
and, after a space, what stands there. Most of it matters only where sourceRanges are to be held.
Takes a door; gives a YAML list.
*/}}
{{- define "external-service-proxy.effective.doors.traits" -}}
{{- $settings := .settings }}
{{- range $rule := $settings.rules }}
  {{- range .filters }}
- rules with filter {{ .type }}
  {{- end }}
  {{- if .timeouts }}
- rules with timeouts
  {{- end }}
{{- end }}
{{- if has "sourceRanges" .needs }}
  {{- range keys $settings.annotations | sortAlpha }}
- annotations with {{ . }}
  {{- end }}
  {{- if eq .kind "Ingress" }}
    {{- if not $settings.className }}
- className none
    {{- end }}
  {{- else }}
    {{- if not .hosts }}
- hostnames none
    {{- end }}
    {{- range .hosts }}
      {{- if hasPrefix "*" . }}
- hostnames with a wildcard
      {{- end }}
    {{- end }}
    {{- range $settings.parentRefs }}
      {{- if eq .kind "ListenerSet" }}
- parentRefs to a ListenerSet
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
