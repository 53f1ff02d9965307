{{- /*
Each class and each Gateway is served by one controller: of two presets for it the one's list would go unread, and so
would one for a class that is by convention another's.
Takes (dict "leading" DICT "gateways" DICT "release" DICT "gate" DICT), proxies with doors; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.controllers" -}}
{{- $own := dict "gateways" .gateways }}
{{- template "external-service-proxy.checks.controllers.gateways" $own }}
{{- $seen := .release.servers }}
{{- range $proxy := .leading }}
  {{- range $door := $proxy.doors }}
    {{- /* Of a preset that doesn't serve the kind checks.doors says so. */}}
    {{- if and (ne $door.controller "none") (get $door.can $door.kind) }}
      {{- $places := dict "door" $door "gateways" $own.gives }}
      {{- template "external-service-proxy.checks.controllers.places" $places }}
      {{- range $places.gives }}
        {{- $before := get $seen .id | default dict }}
        {{- if and $before (ne $before.controller $door.controller) }}
          {{- $at := printf "%s.controller" $door.path }}
          {{- $text := printf "%s, and %s says that %s is served by %s: write the same controller, or another %s" $door.controller
            $before.path .title $before.controller .field }}
          {{- if eq $door.kind "Ingress" }}
            {{- include "external-service-proxy.lib.problem" (list $proxy $at "class-twice" $text) }}
          {{- else }}
            {{- include "external-service-proxy.lib.problem" (list $proxy $at "gateway-controller-twice" $text) }}
          {{- end }}
        {{- else }}
          {{- $path := printf "%sproxies.%s.%s" $.gate.chart $proxy.key $door.path }}
          {{- $_ := set $seen .id (dict "controller" $door.controller "path" $path) }}
        {{- end }}
        {{- if and .className $proxy.held }}
          {{- include "external-service-proxy.checks.controllers.convention" (list $door .className) }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Routes that a held neighbour's policy closes, where a preset says that its own does so to all of that kind on the Gateway.
Takes what checks.controllers takes; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.closedRoutes" -}}
{{- $own := dict "gateways" .gateways }}
{{- template "external-service-proxy.checks.controllers.gateways" $own }}
{{- $closers := dict }}
{{- range $proxy := .leading }}
  {{- range $door := $proxy.doors }}
    {{- if and $proxy.held $door.is.route $door.can.closes (ne $door.kind $door.can.closes) }}
      {{- $places := dict "door" $door "gateways" $own.gives }}
      {{- template "external-service-proxy.checks.controllers.places" $places }}
      {{- range $places.gives }}
        {{- $_ := set $closers (printf "%s %s" $door.can.closes .id) (printf "proxies.%s.%s" $proxy.key $door.path) }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- range $proxy := .leading }}
  {{- range $door := $proxy.doors }}
    {{- if and $closers $door.is.route }}
      {{- $places := dict "door" $door "gateways" $own.gives }}
      {{- template "external-service-proxy.checks.controllers.places" $places }}
      {{- range $places.gives }}
        {{- with get $closers (printf "%s %s" $door.kind .id) }}
          {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.parentRefs" $door.path) "route-closed"
            (printf "%s is held on the same Gateway, and its list would hold every %s there, whatever its host names: write another Gateway"
              . $door.kind)) }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
The Gateways and ListenerSets of these values by [kind, namespace, name] as JSON, as far as the checks need them.
Takes (dict "gateways" DICT); adds gives, {kind, className, parentRef, namespace} each. Writes nothing.
*/}}
{{- define "external-service-proxy.checks.controllers.gateways" -}}
{{- $gateways := dict }}
{{- range .gateways }}
  {{- $namespace := .context.Release.Namespace }}
  {{- $gateway := merge (dict "namespace" $namespace) (pick . "kind" "className" "parentRef") }}
  {{- $_ := set $gateways (list .kind $namespace .name | toJson) $gateway }}
{{- end }}
{{- $_ := set . "gives" $gateways }}
{{- end }}

{{- /*
What of a door one controller serves: the class of an Ingress; the Gateways of a route, that of a ListenerSet of these
values where it hangs on one.
Takes (dict "door" DOOR "gateways" GATEWAYS), the second as checks.controllers.gateways gives them; adds gives, a list of
{id, title, field, className (where these values name it)}. Writes nothing.
*/}}
{{- define "external-service-proxy.checks.controllers.places" -}}
{{- $door := .door }}
{{- $gateways := .gateways }}
{{- $places := list }}
{{- if eq $door.kind "Ingress" }}
  {{- with $door.settings.className }}
    {{- $class := printf "class %s" . }}
    {{- $places = list (dict "id" $class "title" $class "field" "className" "className" .) }}
  {{- end }}
{{- else }}
  {{- range $door.settings.parentRefs }}
    {{- $id := list .kind (.namespace | default $door.namespace) .name | toJson }}
    {{- $title := printf "%s %s" .kind .name }}
    {{- $set := get $gateways $id | default dict }}
    {{- if eq ($set.kind | default "") "ListenerSet" }}
      {{- $parent := $set.parentRef }}
      {{- $id = list "Gateway" ($parent.namespace | default $set.namespace) $parent.name | toJson }}
      {{- $title = printf "Gateway %s" $parent.name }}
    {{- end }}
    {{- $class := (get $gateways $id | default dict).className | default "" }}
    {{- $places = append $places (dict "id" $id "title" $title "field" "parent" "className" $class) }}
  {{- end }}
{{- end }}
{{- $_ := set . "gives" $places }}
{{- end }}

{{- /*
A class that is by convention of another controller than a door's.
Takes (list DOOR CLASS); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.controllers.convention" -}}
{{- $door := index . 0 }}
{{- $class := index . 1 }}
{{- range $name, $preset := $door.proxy.constants.presets }}
  {{- if and (has $class $preset.classes) (ne $name $door.controller) }}
    {{- $cure := printf "controller %s, or another class" $name }}
    {{- if eq $name "none" }}{{ $cure = "another class, or controller none with 0.0.0.0/0 and ::/0 in sourceRanges" }}{{ end }}
    {{- include "external-service-proxy.lib.problem" (list $door.proxy (printf "%s.controller" $door.path) "class-of-another"
      (printf "%s, and class %s is by convention that of %s, which would not read the list: write %s" $door.controller $class
        (ternary "a controller without a preset" $preset.title (eq $name "none")) $cure)) }}
  {{- end }}
{{- end }}
{{- end }}
