{{- /*
Makes the routes of a proxy effective: defaults, the port, and their rules as the Gateway API has them.
Takes (list PROXY PROXIES), the proxies effective; completes the proxy's routes. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.routes" -}}
{{- $proxy := index . 0 }}
{{- $proxies := index . 1 }}
{{- $defaults := include "external-service-proxy.effective.itemDefaults" $proxy.context | fromYaml }}
{{- range $name, $written := $proxy.routes }}
  {{- $route := deepCopy $defaults.route }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $route "from" $written) }}
  {{- $protocol := ternary "UDP" "TCP" (eq $route.kind "UDPRoute") }}
  {{- $fitting := list }}
  {{- range $port, $spec := $proxy.ports }}
    {{- if eq $spec.protocol $protocol }}{{ $fitting = append $fitting $port }}{{ end }}
  {{- end }}
  {{- $_ := set $route "fittingPorts" $fitting }}
  {{- if and (not $route.port) (eq (len $fitting) 1) }}{{ $_ := set $route "port" (first $fitting) }}{{ end }}
  {{- $_ := set $route "namespace" ($route.namespace | default $proxy.context.Release.Namespace) }}
  {{- $parents := list }}
  {{- range $route.parentRefs }}
    {{- $parent := deepCopy $defaults.parentRef }}
    {{- include "external-service-proxy.lib.merge" (dict "into" $parent "from" .) }}
    {{- $_ := set $parent "group" "gateway.networking.k8s.io" }}
    {{- $parents = append $parents $parent }}
  {{- end }}
  {{- $_ := set $route "parentRefs" $parents }}
  {{- $rules := list }}
  {{- range default (list dict) $route.rules }}
    {{- $rules = append $rules (include "external-service-proxy.effective.routes.rule"
      (dict "rule" . "route" $route "proxy" $proxy "proxies" $proxies) | fromYaml) }}
  {{- end }}
  {{- $_ := set $route "effectiveRules" $rules }}
  {{- $_ := set $proxy.routes $name $route }}
{{- end }}
{{- end }}

{{- /*
One rule in the Gateway API's own shape. HTTPRoute also carries backend.host, by the standard's URLRewrite, and
backend.timeouts.request.
Takes (dict "rule" RULE "route" ROUTE "proxy" PROXY "proxies" DICT); gives YAML.
*/}}
{{- define "external-service-proxy.effective.routes.rule" -}}
{{- $http := eq .route.kind "HTTPRoute" }}
{{- $redirects := false }}
{{- $rewrites := false }}
{{- $filters := list }}
{{- range .rule.filters }}
  {{- $filter := deepCopy . }}
  {{- if eq .type "RequestRedirect" }}{{ $redirects = true }}{{ end }}
  {{- if eq .type "URLRewrite" }}
    {{- $rewrites = true }}
    {{- if and $.proxy.backend.host .urlRewrite }}
      {{- $_ := set $filter "urlRewrite" (merge (dict) .urlRewrite (dict "hostname" $.proxy.backend.host)) }}
    {{- end }}
  {{- end }}
  {{- if .requestMirror }}
    {{- $_ := set $filter.requestMirror "backendRef"
      (include "external-service-proxy.effective.routes.backendRef" (dict "ref" .requestMirror.backendRef "rule" $) | fromYaml) }}
  {{- end }}
  {{- $filters = append $filters $filter }}
{{- end }}
{{- if and $http .proxy.backend.host (not $redirects) (not $rewrites) }}
  {{- $filters = append $filters (dict "type" "URLRewrite" "urlRewrite" (dict "hostname" .proxy.backend.host)) }}
{{- end }}
{{- with .rule.matches }}
matches:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $filters }}
filters:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $timeouts := .rule.timeouts | default dict }}
{{- if and $http .proxy.backend.timeouts.request (not (or (hasKey $timeouts "request") $redirects)) }}
  {{- $timeouts = merge (dict "request" .proxy.backend.timeouts.request) $timeouts }}
{{- end }}
{{- with $timeouts }}
timeouts:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if not $redirects }}
backendRefs:
  {{- range default (list (dict "proxy" .proxy.key)) .rule.backendRefs }}
  - {{- include "external-service-proxy.effective.routes.backendRef" (dict "ref" . "rule" $) | nindent 4 }}
    weight: {{ ternary .weight 1 (hasKey .  "weight") | int64 }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
A reference to a proxy's Service. One that is not there, or lacks the port, gives what the checks have refused.
Takes (dict "ref" {proxy, port} "rule" DICT), the second what effective.rule takes; gives YAML.
*/}}
{{- define "external-service-proxy.effective.routes.backendRef" -}}
{{- $rule := .rule }}
{{- $target := get $rule.proxies .ref.proxy | default dict }}
{{- $port := get ($target.ports | default dict) (.ref.port | default $rule.route.port) | default dict -}}
kind: Service
name: {{ $target.name | quote }}
{{- if ne $rule.route.namespace $rule.proxy.context.Release.Namespace }}
namespace: {{ $rule.proxy.context.Release.Namespace | quote }}
{{- end }}
port: {{ $port.port | default 0 }}
{{- end }}
