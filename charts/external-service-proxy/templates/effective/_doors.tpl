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
  {{- template "external-service-proxy.effective.doors.needs" . }}
  {{- template "external-service-proxy.effective.doors.traits" . }}
  {{- $controllers = append $controllers $controller }}
{{- end }}
{{- $_ := set . "doors" $doors }}
{{- template "external-service-proxy.effective.serviceAnnotations" . }}
{{- end }}

{{- /*
What the presets of its doors are told by annotations of the Service.
Takes a proxy with doors; completes its service's presetAnnotations, by which it is of a shape of its own. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.serviceAnnotations" -}}
{{- range $door := .doors }}
  {{- with (get .can .kind | default dict).serviceAnnotations }}
    {{- $annotations := merge (dict) $.service.presetAnnotations (include . $door | fromYaml) }}
    {{- $_ := set $ "service" (set (omit $.service) "presetAnnotations" $annotations) }}
    {{- range list "shape" "base" }}{{ $_ := unset $ . }}{{ end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
What the values ask of a door's controller, in the words of the presets' declarations (schema/needs.ts): a path in the
values and, after a space, what stands there.
Takes a door; adds needs, a list. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.doors.needs" -}}
{{- $needs := list }}
{{- $backend := .proxy.backend }}
{{- $tls := $backend.tls }}
{{- if .proxy.held }}
  {{- $needs = append $needs "sourceRanges" }}
{{- end }}
{{- if .is.http }}
  {{- if ne $backend.protocol "http" }}
    {{- $needs = append $needs (print "backend.protocol " $backend.protocol) }}
  {{- end }}
  {{- if $backend.host }}
    {{- $needs = append $needs "backend.host" }}
  {{- end }}
  {{- if $tls.enabled }}
    {{- if $tls.insecureSkipVerify }}
      {{- $needs = append $needs "backend.tls.insecureSkipVerify" }}
    {{- else if $tls.caConfigMap }}
      {{- $needs = append $needs "backend.tls.caConfigMap" }}
    {{- else if $tls.caSecret }}
      {{- $needs = append $needs "backend.tls.caSecret" }}
    {{- else }}
      {{- $needs = append $needs "backend.tls by system CAs" }}
    {{- end }}
    {{- if ne $tls.name $backend.host }}
      {{- $needs = append $needs "backend.tls.serverName" }}
    {{- end }}
  {{- end }}
  {{- range list "connect" "request" }}
    {{- if get $backend.timeouts . }}
      {{- $needs = append $needs (print "backend.timeouts." .) }}
    {{- end }}
  {{- end }}
  {{- if $backend.healthCheck.path }}
    {{- $needs = append $needs "backend.healthCheck" }}
  {{- end }}
{{- end }}
{{- $_ := set . "needs" $needs }}
{{- end }}

{{- /*
What else of a door a preset may refuse, in the words of the presets' declarations: a field of the Ingress or route
and, after a space, what stands there. Most of it matters only where sourceRanges are to be held.
Takes a door; adds traits, a list. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.doors.traits" -}}
{{- $traits := list }}
{{- $settings := .settings }}
{{- range $rule := $settings.rules }}
  {{- range .filters }}
    {{- $traits = append $traits (print "rules with filter " .type) }}
  {{- end }}
  {{- if .timeouts }}
    {{- $traits = append $traits "rules with timeouts" }}
  {{- end }}
{{- end }}
{{- if has "sourceRanges" .needs }}
  {{- range list "0.0.0.0/0" "::/0" }}
    {{- if has . $.proxy.sourceRanges }}
      {{- $traits = append $traits (print "sourceRanges with " .) }}
    {{- end }}
  {{- end }}
  {{- $mapped := "::ffff:0:0/96" }}
  {{- range $.proxy.sourceRanges }}
    {{- if and (hasPrefix "::" .) (ne . "::/0") (include "external-service-proxy.lib.ip.overlap" (list . $mapped)) }}
      {{- $traits = append $traits (print "sourceRanges with " $mapped) }}
    {{- end }}
  {{- end }}
  {{- if eq .kind "Ingress" }}
    {{- if not $settings.className }}
      {{- $traits = append $traits "className none" }}
    {{- end }}
  {{- else }}
    {{- if not .hosts }}
      {{- $traits = append $traits "hostnames none" }}
    {{- end }}
    {{- range .hosts }}
      {{- if hasPrefix "*" . }}
        {{- $traits = append $traits "hostnames with a wildcard" }}
      {{- end }}
    {{- end }}
    {{- range $settings.parentRefs }}
      {{- if eq .kind "ListenerSet" }}
        {{- $traits = append $traits "parentRefs to a ListenerSet" }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- $_ := set . "traits" $traits }}
{{- end }}
