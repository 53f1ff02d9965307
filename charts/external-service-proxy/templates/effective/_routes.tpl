{{- /*
The routes with their defaults, and their rules as the Gateway API has them.
Takes (list PROXY PROXIES), with portNames and ports; completes the proxy's routes, adds to each
  {is (what schema/kinds.ts knows of its kind), fittingPorts (names), effectiveRules,
  leadsTo (a list of {proxy (its key), port (its name)})}
Writes nothing.
*/}}
{{- define "external-service-proxy.effective.routes" -}}
{{- $proxy := index . 0 }}
{{- $proxies := index . 1 }}
{{- $defaults := $proxy.constants.itemDefaults }}
{{- $routes := dict }}
{{- range $name, $written := $proxy.routes }}
  {{- $route := omit $defaults.route }}
  {{- template "external-service-proxy.lib.merge" (dict "into" $route "from" $written) }}
  {{- $_ := set $route "is" (get $proxy.constants.kinds $route.kind) }}
  {{- $fitting := get $proxy.portNames $route.is.protocol }}
  {{- $_ := set $route "fittingPorts" $fitting }}
  {{- if and (not $route.port) (eq (len $fitting) 1) }}{{ $_ := set $route "port" (first $fitting) }}{{ end }}
  {{- $_ := set $route "namespace" ($route.namespace | default $proxy.context.Release.Namespace) }}
  {{- $parents := list }}
  {{- range $route.parentRefs }}
    {{- $parent := omit $defaults.parentRef }}
    {{- template "external-service-proxy.lib.merge" (dict "into" $parent "from" .) }}
    {{- $_ := set $parent "group" "gateway.networking.k8s.io" }}
    {{- range $field := list "namespace" "sectionName" }}
      {{- if not (get $parent $field) }}{{ $_ := unset $parent $field }}{{ end }}
    {{- end }}
    {{- $parents = append $parents $parent }}
  {{- end }}
  {{- $_ := set $route "parentRefs" $parents }}
  {{- $rules := list }}
  {{- $leadsTo := list }}
  {{- range default (list dict) $route.rules }}
    {{- $rule := dict "rule" . "route" $route "proxy" $proxy "proxies" $proxies "leadsTo" list }}
    {{- template "external-service-proxy.effective.routes.rule" $rule }}
    {{- $rules = append $rules $rule.gives }}
    {{- $leadsTo = concat $leadsTo $rule.leadsTo }}
  {{- end }}
  {{- $_ := set $route "effectiveRules" $rules }}
  {{- $_ := set $route "leadsTo" (uniq $leadsTo) }}
  {{- $_ := set $routes $name $route }}
{{- end }}
{{- $_ := set $proxy "routes" $routes }}
{{- end }}

{{- /*
One rule in the Gateway API's own shape. Where its kind can, it also carries backend.host, by the standard's URLRewrite,
and backend.timeouts.request.
Takes (dict "rule" RULE "route" ROUTE "proxy" PROXY "proxies" DICT "leadsTo" LIST); adds what it leads to to the
last, and gives. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.routes.rule" -}}
{{- $is := .route.is.route }}
{{- $rewritable := and (has "filters" $is.rules) (not (has "URLRewrite" ($is.lacks | default list))) }}
{{- $defaults := .proxy.constants.itemDefaults.backendRef }}
{{- $redirects := false }}
{{- $rewrites := false }}
{{- $gives := dict }}
{{- $filters := list }}
{{- range .rule.filters }}
  {{- $filter := omit . }}
  {{- if eq .type "RequestRedirect" }}{{ $redirects = true }}{{ end }}
  {{- if eq .type "URLRewrite" }}
    {{- $rewrites = true }}
    {{- if and $.proxy.backend.host .urlRewrite }}
      {{- $_ := set $filter "urlRewrite" (merge (dict) .urlRewrite (dict "hostname" $.proxy.backend.host)) }}
    {{- end }}
  {{- end }}
  {{- if .requestMirror }}
    {{- $ref := dict "ref" .requestMirror.backendRef "rule" $ }}
    {{- template "external-service-proxy.effective.routes.backendRef" $ref }}
    {{- $_ := set $filter "requestMirror" (set (omit .requestMirror) "backendRef" $ref.gives) }}
  {{- end }}
  {{- $filters = append $filters $filter }}
{{- end }}
{{- if and $rewritable .proxy.backend.host (not $redirects) (not $rewrites) }}
  {{- $filters = append $filters (dict "type" "URLRewrite" "urlRewrite" (dict "hostname" .proxy.backend.host)) }}
{{- end }}
{{- with .rule.matches }}{{ $_ := set $gives "matches" . }}{{ end }}
{{- with $filters }}{{ $_ := set $gives "filters" . }}{{ end }}
{{- $timeouts := .rule.timeouts | default dict }}
{{- if and (has "timeouts" $is.rules) .proxy.backend.timeouts.request (not (or (hasKey $timeouts "request") $redirects)) }}
  {{- $timeouts = merge (dict "request" .proxy.backend.timeouts.request) $timeouts }}
{{- end }}
{{- with $timeouts }}{{ $_ := set $gives "timeouts" . }}{{ end }}
{{- if not $redirects }}
  {{- $refs := list }}
  {{- range default (list (dict "proxy" .proxy.key)) .rule.backendRefs }}
    {{- $written := omit $defaults }}
    {{- template "external-service-proxy.lib.merge" (dict "into" $written "from" .) }}
    {{- $ref := dict "ref" $written "rule" $ }}
    {{- template "external-service-proxy.effective.routes.backendRef" $ref }}
    {{- $refs = append $refs (set $ref.gives "weight" (int64 $written.weight)) }}
  {{- end }}
  {{- $_ := set $gives "backendRefs" $refs }}
{{- end }}
{{- $_ := set . "gives" $gives }}
{{- end }}

{{- /*
A reference to a proxy's Service. One that is not there, or lacks the port, gives what the checks have refused.
Takes (dict "ref" {proxy, port} "rule" DICT), the second what effective.routes.rule takes; adds to its leadsTo, and gives
to the first dict. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.routes.backendRef" -}}
{{- $rule := .rule }}
{{- $name := .ref.port | default $rule.route.port }}
{{- $_ := set $rule "leadsTo" (append $rule.leadsTo (dict "proxy" .ref.proxy "port" $name)) }}
{{- $target := get $rule.proxies .ref.proxy | default dict }}
{{- $port := get ($target.ports | default dict) $name | default dict }}
{{- $own := $rule.proxy.context.Release.Namespace }}
{{- $gives := dict "kind" "Service" "name" ($target.name | default "") "port" ($port.port | default 0) }}
{{- if ne $rule.route.namespace $own }}{{ $_ := set $gives "namespace" $own }}{{ end }}
{{- $_ := set . "gives" $gives }}
{{- end }}

{{- /*
The routes of other namespaces that lead to each proxy: its Service must grant it to them.
Takes (dict "proxies" DICT "leading" DICT), with doors; adds grants, key of a proxy → a list of {group, kind, namespace}; and to
each proxy that a route leads to, of its own or another's, routed, and ledTo, which one that is off gives as well.
Writes nothing.
*/}}
{{- define "external-service-proxy.effective.grants" -}}
{{- $grants := dict }}
{{- range $proxy := .leading }}
  {{- range .routes }}
    {{- range .leadsTo }}
      {{- with get $.proxies .proxy }}{{ $_ := set . "ledTo" true }}{{ end }}
    {{- end }}
  {{- end }}
  {{- range $door := $proxy.doors }}
    {{- range $door.settings.leadsTo }}
      {{- with get $.proxies .proxy }}{{ $_ := set . "routed" true }}{{ end }}
    {{- end }}
    {{- if ne $door.namespace $proxy.context.Release.Namespace }}
      {{- $from := dict "group" "gateway.networking.k8s.io" "kind" $door.kind "namespace" $door.namespace }}
      {{- range $door.settings.leadsTo }}
        {{- $key := .proxy }}
        {{- $_ := set $grants $key (merge (dict (printf "%s/%s" $door.namespace $door.kind) $from) (get $grants $key | default dict)) }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- range $key, $byPlace := $grants }}
  {{- $from := list }}
  {{- range $byPlace }}{{ $from = append $from . }}{{ end }}
  {{- $_ := set $grants $key $from }}
{{- end }}
{{- $_ := set . "grants" $grants }}
{{- end }}

{{- /*
The ports that routes which speak HTTP lead to, whichever proxy's routes they are: there a Gateway's controller must be
told how to speak to App2.
Takes (dict "proxies" DICT "leading" DICT), with routes; adds to each of those proxies httpPorts, a list of names, and
backendTLSPorts, those of them that are spoken to by TLS; completes its ports. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.httpPorts" -}}
{{- $led := dict }}
{{- range .leading }}
  {{- range .routes }}
    {{- if and .enabled .is.http }}
      {{- range $target := .leadsTo }}
        {{- with get $.proxies .proxy }}
          {{- $_ := set . "httpPorts" (append (.httpPorts | default list) $target.port | uniq) }}
          {{- $_ := set $led .key . }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- range $led }}
  {{- $_ := set . "httpPorts" (sortAlpha .httpPorts) }}
  {{- template "external-service-proxy.effective.appProtocols" . }}
  {{- if and .backend.tls.enabled (not .backend.tls.insecureSkipVerify) }}{{ $_ := set . "backendTLSPorts" .httpPorts }}{{ end }}
{{- end }}
{{- end }}
