{{- /*
Routes that hang on a Gateway or ListenerSet of these values: it has a listener that takes them. Of another's Gateway
nothing is known here.
Takes (dict "leading" DICT "gateways" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.routeListeners" -}}
{{- $own := dict }}
{{- range .gateways }}
  {{- $_ := set $own (list .kind .context.Release.Namespace .name | toJson) . }}
{{- end }}
{{- range $proxy := .leading }}
  {{- range $name, $route := $proxy.routes }}
    {{- if $route.enabled }}
      {{- range $index, $parent := $route.parentRefs }}
        {{- with get $own (list $parent.kind ($parent.namespace | default $route.namespace) $parent.name | toJson) }}
          {{- include "external-service-proxy.checks.routeListeners.parent" (dict "proxy" $proxy "route" $route "parent" $parent
            "gateway" . "path" (printf "routes.%s.parentRefs[%d]" $name $index)) }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
One parent of a route: of its listeners, those that the parent means, whose protocol fits, that take the route's
namespace, and that are for one of its host names (Gateway API 1.6, ParentReference, AllowedRoutes, Listener.hostname).
Takes (dict "proxy" PROXY "route" ROUTE "parent" PARENT "gateway" GATEWAY "path" PATH); gives a line, or nothing.
*/}}
{{- define "external-service-proxy.checks.routeListeners.parent" -}}
{{- $route := .route }}
{{- $parent := .parent }}
{{- $at := printf "gateways.%s" .gateway.key }}
{{- $left := dict "section" list "port" list "kind" list "namespace" list "hostname" list }}
{{- $names := list }}
{{- range $name, $listener := .gateway.listeners }}
  {{- if or (not $parent.sectionName) (eq $parent.sectionName $name) }}
    {{- $_ := set $left "section" (append $left.section (toString $listener.port)) }}
    {{- if or (not $parent.port) (eq (toString $parent.port) (toString $listener.port)) }}
      {{- $_ := set $left "port" (append $left.port $name) }}
      {{- if has $listener.protocol $route.is.route.listeners }}
        {{- $_ := set $left "kind" (append $left.kind $name) }}
        {{- if or (eq $listener.allowedRoutes "All") (eq $route.namespace $.proxy.context.Release.Namespace) }}
          {{- $_ := set $left "namespace" (append $left.namespace ($listener.hostname | default "")) }}
          {{- if include "external-service-proxy.checks.routeListeners.shares" (list $route.hostnames $listener.hostname) }}
            {{- $_ := set $left "hostname" (append $left.hostname $name) }}
          {{- end }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- $names = append $names $name }}
{{- end }}
{{- $says := list }}
{{- if and $names (not $left.section) }}
  {{- $says = list ".sectionName" (printf "%s has no listener %s: write %s" $at $parent.sectionName ($names | join " or ")) }}
{{- else if and $left.section (not $left.port) }}
  {{- $says = list ".port" (printf "%s has no listener on port %v there: write %s" $at $parent.port ($left.section | uniq | join " or ")) }}
{{- else if and $left.port (not $left.kind) }}
  {{- $says = list "" (printf "%s of %s takes no %s: hang it on a listener of protocol %s, or add one" ($left.port | join " and ") $at
    $route.kind ($route.is.route.listeners | join " or ")) }}
{{- else if and $left.kind (not $left.namespace) }}
  {{- $says = list "" (printf "%s of %s takes no route of namespace %s: write allowedRoutes: All there" ($left.kind | join " and ") $at
    $route.namespace) }}
{{- else if and $left.namespace (not $left.hostname) }}
  {{- $says = list "" (printf "no listener of %s there is for %s, only for %s: write host names of those" $at
    ($route.hostnames | join " or ") ($left.namespace | uniq | join " and ")) }}
{{- end }}
{{- with $says }}
  {{- include "external-service-proxy.lib.problem" (list $.proxy (print $.path (index . 0)) "route-listener" (index . 1)) }}
{{- end }}
{{- end }}

{{- /*
Whether a listener is for one of a route's host names: without one on either side, for all.
Takes (list HOSTNAMES HOSTNAME); gives "true" or nothing.
*/}}
{{- define "external-service-proxy.checks.routeListeners.shares" -}}
{{- $listener := index . 1 | default "" }}
{{- $shares := or (not $listener) (not (index . 0)) }}
{{- range index . 0 }}
  {{- if or (eq . $listener)
    (and (hasPrefix "*." $listener) (hasSuffix (trimPrefix "*" $listener) .))
    (and (hasPrefix "*." .) (hasSuffix (trimPrefix "*" .) $listener)) }}
    {{- $shares = true }}
  {{- end }}
{{- end }}
{{- if $shares }}true{{ end }}
{{- end }}
