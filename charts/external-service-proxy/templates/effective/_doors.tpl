{{- /*
The doors by which a controller leads to App2: the Ingress and each route. A controller dials App2 itself, so each
says by `needs` what its preset must be able to hold.
Takes a proxy; adds doors, a list of
  {proxy, path (in the values), kind, is (what schema/kinds.ts knows of it), controller, can (its preset's declaration),
   name (of the object), plainName (of a route's, in the release's own namespace), namespace,
   first (of the proxy's with this controller), settings (of the Ingress or route), hosts, port, needs, traits}
and what the presets of its doors tell them by annotations of the Service. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.doors" -}}
{{- $proxy := . }}
{{- $doors := list }}
{{- with .ingress }}
  {{- if .enabled }}
    {{- $doors = append $doors (dict "path" "ingress" "kind" "Ingress" "name" $proxy.name
      "namespace" $proxy.context.Release.Namespace "settings" . "hosts" .hosts) }}
  {{- end }}
{{- end }}
{{- range $name, $route := .routes }}
  {{- if .enabled }}
    {{- $plain := printf "%s.%s" $proxy.name $name }}
    {{- $full := include "external-service-proxy.lib.name" (list $plain .namespace $proxy.context) }}
    {{- $doors = append $doors (dict "path" (printf "routes.%s" $name) "kind" .kind "name" $full "plainName" $plain
      "namespace" .namespace "settings" . "hosts" .hostnames) }}
  {{- end }}
{{- end }}
{{- $controllers := list }}
{{- range $door := $doors }}
  {{- $controller := .settings.controller }}
  {{- $_ := set $door "proxy" $proxy }}
  {{- $_ := set $door "is" (get $proxy.constants.kinds .kind) }}
  {{- $_ := set $door "controller" $controller }}
  {{- $_ := set $door "can" (get $proxy.constants.presets $controller) }}
  {{- $_ := set $door "first" (not (has $controller $controllers)) }}
  {{- $_ := set $door "port" (get $proxy.ports .settings.port) }}
  {{- $_ := set $door "needs" (include "external-service-proxy.effective.doors.needs" . | fromYamlArray) }}
  {{- $_ := set $door "traits" (include "external-service-proxy.effective.doors.traits" . | fromYamlArray) }}
  {{- $controllers = append $controllers $controller }}
{{- end }}
{{- $_ := set . "doors" $doors }}
{{- template "external-service-proxy.effective.serviceAnnotations" . }}
{{- end }}

{{- /*
What the presets of its doors are told by annotations of the Service.
Takes a proxy with doors; completes its service's presetAnnotations. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.serviceAnnotations" -}}
{{- range $door := .doors }}
  {{- with (get .can .kind | default dict).serviceAnnotations }}
    {{- $_ := set $.service "presetAnnotations" (merge (dict) $.service.presetAnnotations (include . $door | fromYaml)) }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
What the values ask of a door's controller, in the words of the presets' declarations (schema/needs.ts): a path in the
values and, after a space, what stands there.
Takes a door; gives a YAML list.
*/}}
{{- define "external-service-proxy.effective.doors.needs" -}}
{{- $backend := .proxy.backend }}
{{- $tls := $backend.tls }}
{{- if .proxy.held }}
- sourceRanges
{{- end }}
{{- if .is.http }}
  {{- if ne $backend.protocol "http" }}
- backend.protocol {{ $backend.protocol }}
  {{- end }}
  {{- if $backend.host }}
- backend.host
  {{- end }}
  {{- if $tls.enabled }}
    {{- if $tls.insecureSkipVerify }}
- backend.tls.insecureSkipVerify
    {{- else if $tls.caConfigMap }}
- backend.tls.caConfigMap
    {{- else if $tls.caSecret }}
- backend.tls.caSecret
    {{- else }}
- backend.tls by system CAs
    {{- end }}
    {{- if ne $tls.name $backend.host }}
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
  {{- range list "0.0.0.0/0" "::/0" }}
    {{- if has . $.proxy.sourceRanges }}
- sourceRanges with {{ . }}
    {{- end }}
  {{- end }}
  {{- $mapped := "::ffff:0:0/96" }}
  {{- range $.proxy.sourceRanges }}
    {{- if and (hasPrefix "::" .) (ne . "::/0") (include "external-service-proxy.lib.ip.overlap" (list . $mapped)) }}
- sourceRanges with {{ $mapped }}
    {{- end }}
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
