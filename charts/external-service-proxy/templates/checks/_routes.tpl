{{- /*
The routes: a version that there is of the kind, a parent, a port that it can carry, and host names where it has them.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.routes" -}}
{{- $proxy := . }}
{{- range $name, $route := .routes }}
  {{- if $route.enabled }}
    {{- $path := printf "routes.%s" $name }}
    {{- $kind := $route.kind }}
    {{- $is := $route.is }}
    {{- $served := $is.route.versions }}
    {{- if not (has $route.apiVersion $served) }}
      {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.apiVersion" $path) "route-api-version"
        (printf "%s, and %s has no such version: write %s" $route.apiVersion $kind ($served | join " or "))) }}
    {{- end }}
    {{- if not $route.parentRefs }}
      {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.parentRefs" $path) "route-parent-required"
        "none is written, and a route without a Gateway leads nowhere: write the Gateway's name, for example [{name: edge}]") }}
    {{- end }}
    {{- if and $proxy.externalName (not $proxy.addresses) }}
      {{- include "external-service-proxy.lib.problem" (list $proxy $path "route-external-name"
        "a route can't lead to externalName, which controllers of the Gateway API must refuse: write addresses") }}
    {{- else if $proxy.ports }}
      {{- $fitting := $route.fittingPorts }}
      {{- $protocol := $is.protocol }}
      {{- if not $route.port }}
        {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.port" $path) "route-port-required"
          (ternary
            (printf "not written, and the route carries only %s, which no port is: add one to ports, or leave the route out"
              $protocol) (printf "not written, and %s are %s ports: write one of them" ($fitting | join " and ") $protocol)
            (empty $fitting))) }}
      {{- else if not (has $route.port $fitting) }}
        {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.port" $path) "route-port-unknown"
          (printf "%s is not a %s port of ports: write %s" $route.port $protocol
            ($fitting | join " or " | default "one, and add it to ports"))) }}
      {{- end }}
    {{- end }}
    {{- if and (eq $is.route.hostnames "required") (not $route.hostnames) }}
      {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.hostnames" $path) "route-hostnames-required"
        (printf "none is written, and only its server name tells a %s from others: write App2's names" $kind)) }}
    {{- end }}
    {{- if and (eq $is.route.hostnames "none") $route.hostnames }}
      {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.hostnames" $path) "route-hostnames"
        (printf "%s, and a %s can't tell names apart: leave them out" ($route.hostnames | join ", ") $kind)) }}
    {{- end }}
    {{- with $is.speaks }}
      {{- if not (has $proxy.backend.protocol .) }}
        {{- include "external-service-proxy.lib.problem" (list $proxy "backend.protocol" "route-grpc"
          (printf "%s, and %s is a %s: write %s" $proxy.backend.protocol $path $kind (join " or " .))) }}
      {{- end }}
    {{- end }}
    {{- range $index, $rule := $route.rules }}
      {{- include "external-service-proxy.checks.routeRule"
        (dict "proxy" $proxy "route" $route "path" (printf "%s.rules[%d]" $path $index) "rule" $rule) }}
    {{- end }}
    {{- include "external-service-proxy.checks.routes.parents" (dict "proxy" $proxy "path" $path "route" $route) }}
    {{- range $index, $rule := $route.effectiveRules }}
      {{- $most := int $proxy.constants.limits.filters }}
      {{- $preset := get $proxy.constants.presets $route.controller }}
      {{- $own := ternary (dig $kind "filters" 0 $preset) 0 $proxy.held | int }}
      {{- $filters := add (len ($rule.filters | default list)) $own }}
      {{- if gt (int $filters) $most }}
        {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.rules[%d].filters" $path $index) "route-filters"
          (printf "are %d with those that hold the list and write backend.host, and a rule of a %s takes %d: leave %d of them out" $filters
            $kind $most (sub $filters $most))) }}
      {{- end }}
    {{- end }}
    {{- $matches := 0 }}
    {{- $most := int $proxy.constants.limits.allMatches }}
    {{- range $route.rules }}{{ $matches = add $matches (len (.matches | default (list dict))) }}{{ end }}
    {{- if gt (int $matches) $most }}
      {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.rules" $path) "route-matches"
        (printf "have %d matches together, and the Gateway API takes %d: write a second route for some of them" $matches $most)) }}
    {{- end }}
    {{- if and (gt (len $route.rules) 1) (not (has "matches" $is.route.rules)) }}
      {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.rules" $path) "route-rules"
        (printf "are %d, and a %s has one: leave the others out" (len $route.rules) $kind)) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Of one Gateway or ListenerSet several times, each needs another sectionName (the CEL rules of CommonRouteSpec, Gateway
API 1.6, apis/v1/shared_types.go).
Takes (dict "proxy" PROXY "path" PATH "route" ROUTE); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.routes.parents" -}}
{{- $sections := dict }}
{{- range $index, $parent := .route.parentRefs }}
  {{- $key := list ($parent.kind | default "Gateway") ($parent.namespace | default "") $parent.name | join "/" }}
  {{- $section := $parent.sectionName | default "" }}
  {{- $before := get $sections $key | default list }}
  {{- if and $before (or (not $section) (has $section $before) (has "" $before)) }}
    {{- include "external-service-proxy.lib.problem" (list $.proxy (printf "%s.parentRefs[%d]" $.path $index) "route-parent-twice"
      (printf "%s is there already, and only a sectionName tells two of them apart: write another in each, or leave one out"
        $parent.name)) }}
  {{- end }}
  {{- $_ := set $sections $key (append $before $section) }}
{{- end }}
{{- end }}

{{- /*
The proxies that rules lead to: there, with the port, and for the same sourceRanges, since the route's preset holds
all of it to the one list.
Takes (dict "proxies" DICT "leading" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.backendRefs" -}}
{{- $proxies := .proxies }}
{{- $all := keys $proxies | sortAlpha }}
{{- $missing := 0 }}
{{- range $proxy := .leading }}
  {{- range $name, $route := $proxy.routes }}
    {{- range $index, $rule := ternary $route.rules list $route.enabled }}
      {{- $path := printf "routes.%s.rules[%d]" $name $index }}
      {{- $refs := list }}
      {{- range $number, $ref := $rule.backendRefs }}
        {{- $refs = append $refs (list (printf "%s.backendRefs[%d]" $path $number) $ref) }}
      {{- end }}
      {{- range $number, $filter := $rule.filters }}
        {{- with $filter.requestMirror }}
          {{- $refs = append $refs (list (printf "%s.filters[%d].requestMirror.backendRef" $path $number) .backendRef) }}
        {{- end }}
      {{- end }}
      {{- range $refs }}
        {{- $at := index . 0 }}
        {{- $ref := index . 1 }}
        {{- $target := get $proxies $ref.proxy }}
        {{- $port := $ref.port | default $route.port }}
        {{- if not $target }}
          {{- $names := $all }}
          {{- $missing = add1 $missing }}
          {{- if gt (len $names) 5 }}
            {{- /* Looked for among all names: not for each of many. */}}
            {{- $nearest := "" }}
            {{- if le (int $missing) 20 }}
              {{- $nearest = include "external-service-proxy.checks.forms.nearest" (list $ref.proxy $names) }}
            {{- end }}
            {{- $names = append (ternary (slice $names 0 3) (list $nearest) (eq $nearest "")) "another" }}
          {{- end }}
          {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.proxy" $at) "backend-ref-proxy"
            (printf "%s is not an enabled proxy of these values: write %s" $ref.proxy ($names | join " or "))) }}
        {{- else if and $target.externalName (not $target.addresses) }}
          {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.proxy" $at) "backend-ref-external-name"
            (printf "%s has an externalName, to which a route can't lead: write a proxy with addresses" $ref.proxy)) }}
        {{- else if $port }}
          {{- $spec := get $target.ports $port | default dict }}
          {{- if ne ($spec.protocol | default "") $route.is.protocol }}
            {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.port" $at) "backend-ref-port"
              (printf "%s is not a port of %s that the route carries: write one of proxies.%s.ports" $port $ref.proxy $ref.proxy)) }}
          {{- end }}
          {{- if and $route.is.http (ne $target.backend.protocol $proxy.backend.protocol) }}
            {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.proxy" $at) "backend-ref-protocol"
              (printf "%s has backend.protocol %s, and this proxy %s: write the same in both, in defaults for example" $ref.proxy
                $target.backend.protocol $proxy.backend.protocol)) }}
          {{- end }}
          {{- if ne (toJson (sortAlpha $target.sourceRanges)) (toJson (sortAlpha $proxy.sourceRanges)) }}
            {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.proxy" $at) "backend-ref-ranges"
              (printf "%s has other sourceRanges, and whoever this route lets in reaches both: write the same in both"
                $ref.proxy)) }}
          {{- end }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Of routes that nothing tells apart, neither host names nor rules, the older alone is served: one on each listener.
Takes (dict "leading" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.routeParents" -}}
{{- $seen := dict }}
{{- $count := 0 }}
{{- range $proxy := .leading }}
  {{- range $door := $proxy.doors }}
    {{- if and $door.is.route (not $door.hosts) (or (eq $door.is.route.hostnames "none") (not $door.settings.rules)) }}
      {{- $protocol := ternary $door.is.protocol "HTTP" (eq $door.is.route.hostnames "none") }}
      {{- $route := printf "proxies.%s.%s" $proxy.key $door.path }}
      {{- range $index, $parent := $door.settings.parentRefs }}
        {{- $gateway := list $protocol $parent.kind ($parent.namespace | default $door.namespace) $parent.name | toJson }}
        {{- $section := $parent.sectionName | default "" }}
        {{- $port := $parent.port | default "" | toString }}
        {{- $others := dict }}
        {{- /* Without a sectionName or port a route hangs on every listener of its Gateway: * is where all of them are noted. */}}
        {{- range $at := ternary (list $section "") (list "*") (ne $section "") }}
          {{- range ternary (list $port "") (list "*") (ne $port "") }}
            {{- with get $seen (list $gateway $at . | toJson) }}
              {{- if ne .route $route }}{{ $_ := set $others .number .route }}{{ end }}
            {{- end }}
          {{- end }}
        {{- end }}
        {{- $taken := "" }}
        {{- range $others }}{{ $taken = $taken | default . }}{{ end }}
        {{- if $taken }}
          {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.parentRefs[%d]" $door.path $index) "route-twice"
            (printf "%s hangs on the same listener of %s, and nothing tells the two apart: write %sanother sectionName or port" $taken
              $parent.name (ternary "" "hostnames, or " (eq $door.is.route.hostnames "none")))) }}
        {{- else }}
          {{- $count = add1 $count }}
          {{- $hung := dict "route" $route "number" (printf "%08d" $count) }}
          {{- /* Where the first is this route's own, so are all: routes come one after the other. */}}
          {{- range $at := list $section "*" }}
            {{- range list $port "*" }}
              {{- $place := list $gateway $at . | toJson }}
              {{- if not (hasKey $seen $place) }}{{ $_ := set $seen $place $hung }}{{ end }}
            {{- end }}
          {{- end }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
