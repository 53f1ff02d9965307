{{- /*
What a name is compared by, made only where a host is written twice.
Takes a name, as checks.hosts.meet does; adds to its texts server (what serves it), ranges, takes (a list, what requests it takes
of its server), and, of a door or a load balancer's own address, app2 (a list, where it leads), and of the former elsewhere (the path
of what leads it to no one App2), matches (a list of {takes, what requests it takes of anything that serves it, and what of a redirect
checks.hosts.matches says}), program, source (the kind of object in which External DNS reads it) and beside (a list, its class, or its
parents' names), each the same where it means the same. Writes nothing.
*/}}
{{- define "external-service-proxy.checks.hosts.texts" -}}
{{- if not .texts }}
  {{- $server := list .kind .families | toJson }}
  {{- $takes := list }}
  {{- $matches := list }}
  {{- if ne .kind "DNS" }}
    {{- $server = list .kind .door.controller (include "external-service-proxy.checks.hosts.servers" .door) | toJson }}
    {{- if .door.is.route }}
      {{- range include "external-service-proxy.checks.hosts.matches" .door | fromJsonArray }}
        {{- $takes = append $takes (print $server .takes) }}
        {{- $matches = append $matches . }}
      {{- end }}
    {{- else }}
      {{- /* To Exact a slash at the end makes another path. */}}
      {{- range .door.settings.paths }}
        {{- $path := ternary .path (trimSuffix "/" .path) (eq .pathType "Exact") }}
        {{- $takes = append $takes (print $server $path) }}
        {{- $type := get (dict "Exact" "Exact" "Prefix" "PathPrefix") .pathType | default $.door.controller }}
        {{- $match := dict "path" (dict "type" $type "value" $path) "headers" list "queryParams" list }}
        {{- $matches = append $matches (dict "takes" (toJson $match) "redirect" dict) }}
      {{- end }}
    {{- end }}
    {{- /* A drained address is App2, or nobody could drain one side of a move. */}}
    {{- $app2 := list }}
    {{- $port := .door.port | default dict }}
    {{- range .proxy.addresses }}{{ $app2 = append $app2 (printf "%s %v" .ip $port.targetPort) }}{{ end }}
    {{- with include "external-service-proxy.checks.hosts.elsewhere" . }}
      {{- $_ := set $.texts "elsewhere" (printf "%s.%s.%s" $.owner $.door.path .) }}
      {{- $app2 = list }}
    {{- end }}
    {{- with $app2 }}{{ $_ := set $.texts "app2" (list (sortAlpha . | toJson)) }}{{ end }}
    {{- $_ := set .texts "matches" $matches }}
    {{- $_ := set .texts "program" .door.controller }}
    {{- $_ := set .texts "source" (dig .kind "object" .kind .door.can) }}
    {{- $beside := list (list "class" .door.settings.className) }}
    {{- with .door.settings.parentRefs }}
      {{- $beside = list }}
      {{- range . }}{{ $beside = append $beside (list (.namespace | default $.door.namespace) .kind .name) }}{{ end }}
    {{- end }}
    {{- $_ := set .texts "beside" $beside }}
  {{- else if and .families (eq .proxy.service.type "LoadBalancer") }}
    {{- $app2 := list }}
    {{- range $port := .proxy.portNames.TCP }}
      {{- $all := list }}
      {{- range $.proxy.addresses }}
        {{- $all = append $all (printf "%s %v" .ip (get $.proxy.ports $port).targetPort) }}
      {{- end }}
      {{- with $all }}{{ $app2 = append $app2 (sortAlpha . | toJson) }}{{ end }}
    {{- end }}
    {{- $_ := set .texts "app2" $app2 }}
    {{- $_ := set .texts "source" (print "Service " .families) }}
  {{- end }}
  {{- $_ := set .texts "server" $server }}
  {{- $_ := set .texts "ranges" (sortAlpha .proxy.sourceRanges | toJson) }}
  {{- $_ := set .texts "takes" $takes }}
{{- end }}
{{- end }}

{{- /*
Whether a rule of a route leads a host to something else than the route's own port of its proxy: by a weight, or by a redirect to
another name, be it one of the route's own, where others may take some of its paths. One to the host itself leads to what all that
share the host are compared by, and is itself compared where these lead to several App2.
Takes a name of a door; gives the path of the first such value, within the door, or nothing.
*/}}
{{- define "external-service-proxy.checks.hosts.elsewhere" -}}
{{- $paths := list }}
{{- range $index, $rule := .door.settings.rules }}
  {{- $own := not $rule.backendRefs }}
  {{- $other := false }}
  {{- range $rule.backendRefs }}
    {{- if ne (dig "weight" 1 . | int) 0 }}
      {{- $isOwn := and (eq .proxy $.proxy.key) (eq (.port | default $.door.settings.port) $.door.settings.port) }}
      {{- if $isOwn }}{{ $own = true }}{{ else }}{{ $other = true }}{{ end }}
    {{- end }}
  {{- end }}
  {{- if or $other (not $own) }}{{ $paths = append $paths (printf "rules[%d].backendRefs" $index) }}{{ end }}
  {{- range $at, $filter := $rule.filters }}
    {{- if ne (dig "requestRedirect" "hostname" $.host $filter) $.host }}
      {{- $paths = append $paths (printf "rules[%d].filters[%d].requestRedirect.hostname" $index $at) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- with $paths }}{{ first . }}{{ end }}
{{- end }}

{{- /*
What serves a door: its class, or its parents in any order, each with the namespace that is meant where none is written.
Takes a door; gives a text, the same where it means the same.
*/}}
{{- define "external-service-proxy.checks.hosts.servers" -}}
{{- $parents := list }}
{{- range .settings.parentRefs }}
  {{- $parents = append $parents (merge (dict) . (dict "namespace" $.namespace) | toJson) }}
{{- end }}
{{- list .settings.className (sortAlpha $parents) | toJson }}
{{- end }}

{{- /*
What the rules of a route take, each match as a text, the same where it means the same.
Takes a door of a route; gives a JSON list of {takes (the text), redirect (to which other scheme, port or path of the host, empty where
to none), at (the path of its filter within the door, if there is one)}.
*/}}
{{- define "external-service-proxy.checks.hosts.matches" -}}
{{- $matches := list }}
{{- range $index, $rule := .settings.effectiveRules }}
  {{- $sent := dict "redirect" dict }}
  {{- range $at, $filter := .filters }}
    {{- with omit (.requestRedirect | default dict) "hostname" "statusCode" }}
      {{- $sent = dict "redirect" . "at" (printf "rules[%d].filters[%d]" $index $at) }}
    {{- end }}
  {{- end }}
  {{- range .matches | default (list dict) }}
    {{- $path := merge (dict) (.path | default dict) (dict "type" "PathPrefix" "value" "/") }}
    {{- if eq $path.type "PathPrefix" }}{{ $_ := set $path "value" (trimSuffix "/" $path.value) }}{{ end }}
    {{- /* By merge the path of all, which is empty now, would have its slash again. */}}
    {{- $match := set (omit .) "path" $path }}
    {{- range $field := list "headers" "queryParams" }}
      {{- $each := list }}
      {{- range get $match $field | default list }}
        {{- $one := merge (dict) . (dict "type" "Exact") }}
        {{- if eq $field "headers" }}{{ $_ := set $one "name" (lower $one.name) }}{{ end }}
        {{- $each = append $each (toJson $one) }}
      {{- end }}
      {{- $_ := set $match $field (sortAlpha $each) }}
    {{- end }}
    {{- $matches = append $matches (merge (dict "takes" (toJson $match)) $sent) }}
  {{- end }}
{{- end }}
{{- toJson $matches }}
{{- end }}
