{{- /*
One rule of a route: what its kind knows, and what the API's own validation takes (Gateway API 1.6, apis/v1); of what the kind
doesn't know nothing more is said.
Takes (dict "proxy" PROXY "route" ROUTE "path" PATH "rule" RULE), the path within the proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.routeRule" -}}
{{- $proxy := .proxy }}
{{- $path := .path }}
{{- $kind := .route.kind }}
{{- $fields := .route.is.route.rules }}
{{- range keys .rule | sortAlpha }}
  {{- if not (has . $fields) }}
    {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.%s" $path .) "route-rule-field"
      (printf "a rule of a %s has no such field, only %s: leave it out" $kind ($fields | join ", "))) }}
  {{- end }}
{{- end }}
{{- $rule := dict }}
{{- range $field, $value := .rule }}{{ if has $field $fields }}{{ $_ := set $rule $field $value }}{{ end }}{{ end }}
{{- range $index, $match := $rule.matches }}
  {{- include "external-service-proxy.checks.routeRule.match"
    (dict "proxy" $proxy "route" $.route "path" (printf "%s.matches[%d]" $path $index) "match" $match) }}
{{- end }}
{{- include "external-service-proxy.checks.routeRule.filters" (dict "proxy" $proxy "route" .route "path" $path "rule" $rule) }}
{{- with $rule.timeouts }}
  {{- $whole := .request | default $proxy.backend.timeouts.request | default "" }}
  {{- $request := include "external-service-proxy.lib.duration.milliseconds" $whole | int64 }}
  {{- if and $request (gt (include "external-service-proxy.lib.duration.milliseconds" (.backendRequest | default "") | int64) $request) }}
    {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.timeouts.backendRequest" $path) "route-timeouts"
      (printf "%s is longer than %s, %s, which holds for both: write that at most" .backendRequest
        (ternary "request" "backend.timeouts.request" (not (empty .request))) $whole)) }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Takes (dict "proxy" PROXY "route" ROUTE "path" PATH "match" MATCH), of a kind whose rules match; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.routeRule.match" -}}
{{- $proxy := .proxy }}
{{- $path := .path }}
{{- $kind := .route.kind }}
{{- $fields := .route.is.route.matches }}
{{- $match := dict }}
{{- range $field, $value := .match }}
  {{- if has $field $fields }}
    {{- $_ := set $match $field $value }}
  {{- else }}
    {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.%s" $path $field) "route-match-field"
      (printf "a %s does not match by it, only by %s: leave it out" $kind ($fields | join " and "))) }}
  {{- end }}
{{- end }}
{{- $word := eq (.route.is.route.method | default "word") "word" }}
{{- if and $match.method (ne (kindIs "string" $match.method) $word) }}
  {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.method" $path) "route-match-method"
    (ternary (printf "has fields, and the method of an %s is one word: write GET, for example" $kind)
      (printf "%s is a method of HTTP, and that of a %s has a service and a method: write {service: app2.Orders}, for example"
        (toString $match.method) $kind) $word)) }}
{{- else if and (kindIs "map" $match.method) (not (or $match.method.service $match.method.method)) }}
  {{- include "external-service-proxy.lib.problem"
    (list $proxy (printf "%s.method" $path) "route-match-method" "has neither service nor method: write one of them") }}
{{- else if kindIs "map" $match.method }}
  {{- include "external-service-proxy.checks.routeRule.grpcNames" (dict "proxy" $proxy "path" $path "method" $match.method) }}
{{- end }}
{{- with $match.path }}
  {{- if ne (.type | default "PathPrefix") "RegularExpression" }}
    {{- if not (hasPrefix "/" .value) }}
      {{- include "external-service-proxy.lib.problem"
        (list $proxy (printf "%s.path.value" $path) "route-path" (printf "%s does not begin with a slash: write /%s" .value .value)) }}
    {{- else if or (not (include "external-service-proxy.lib.path.plain" .value))
      (not (regexMatch "^([-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$" .value)) }}
      {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.path.value" $path) "route-path"
        (printf "%s has //, /./, /../, %%2f or a character that no path has, which the Gateway API refuses: write the path without it"
          .value)) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- range list "headers" "queryParams" }}
  {{- $field := . }}
  {{- $seen := dict }}
  {{- range $index, $one := get $match . | default list }}
    {{- $name := ternary (lower .name) .name (eq $field "headers") }}
    {{- if hasKey $seen $name }}
      {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.%s[%d].name" $path $field $index) "route-match-twice"
        (printf "%s is %s[%d] already: leave one of them out" .name $field (get $seen $name))) }}
    {{- else }}
      {{- $_ := set $seen $name $index }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
What gRPC's own names are made of; an expression may be anything.
Takes (dict "proxy" PROXY "path" PATH "method" METHOD); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.routeRule.grpcNames" -}}
{{- $names := dict "service" "^[.]?[A-Za-z_][A-Za-z_0-9]*([.][A-Za-z_][A-Za-z_0-9]*)*$" "method" "^[A-Za-z_][A-Za-z_0-9]*$" }}
{{- if ne (.method.type | default "Exact") "RegularExpression" }}
  {{- range $field, $form := $names }}
    {{- with get $.method $field }}
      {{- if not (regexMatch $form .) }}
        {{- include "external-service-proxy.lib.problem" (list $.proxy (printf "%s.method.%s" $.path $field) "route-match-grpc"
          (printf "%s is not the name of a %s of gRPC: write %s, for example" . $field
            (ternary "app2.Orders" "List" (eq $field "service")))) }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Filters: each with the field of its type and no other's, once but for mirrors and extensions, and no redirect beside
what leads to App2.
Takes what checks.routeRule takes; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.routeRule.filters" -}}
{{- $proxy := .proxy }}
{{- $path := .path }}
{{- $route := .route }}
{{- $kind := $route.kind }}
{{- $rule := .rule }}
{{- $seen := dict }}
{{- range $index, $filter := $rule.filters }}
  {{- $at := printf "%s.filters[%d]" $path $index }}
  {{- $type := .type }}
  {{- $field := get
    (dict "RequestHeaderModifier" "requestHeaderModifier" "ResponseHeaderModifier" "responseHeaderModifier" "RequestMirror" "requestMirror"
      "RequestRedirect" "requestRedirect" "URLRewrite" "urlRewrite" "CORS" "cors" "ExtensionRef" "extensionRef") $type }}
  {{- $wrong := without (keys .) "type" $field }}
  {{- if or $wrong (not (hasKey . $field)) }}
    {{- include "external-service-proxy.lib.problem" (list $proxy $at "filter-field"
      (printf "a filter of type %s has the field %s%s: write that field, and no other" $type $field
        ($wrong | sortAlpha | join " and " | printf ", and here is %s" | trimSuffix ", and here is "))) }}
  {{- else }}
    {{- if has $type ($route.is.route.lacks | default list) }}
      {{- include "external-service-proxy.lib.problem"
        (list $proxy $at "filter-kind" (printf "a %s has no filter %s: leave it out" $kind $type)) }}
    {{- end }}
    {{- if and (hasKey $seen $type) (not (has $type (list "RequestMirror" "ExtensionRef"))) }}
      {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.type" $at) "filter-twice"
        (printf "%s is filters[%d] already: write both in one" $type (get $seen $type))) }}
    {{- else }}
      {{- $_ := set $seen $type $index }}
    {{- end }}
    {{- $fields := dict "proxy" $proxy "path" (printf "%s.%s" $at $field) "filter" (get . $field) }}
    {{- include "external-service-proxy.checks.routeRule.headers" $fields }}
    {{- include "external-service-proxy.checks.routeRule.cors" $fields }}
    {{- with (.requestRedirect | default .urlRewrite | default dict).path }}
      {{- $word := untitle .type }}
      {{- if or (not (hasKey . $word)) (without (keys .) "type" $word) }}
        {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.%s.path" $at $field) "filter-path"
          (printf "a path of type %s has the field %s: write that field, and no other" .type $word)) }}
      {{- else if eq .type "ReplacePrefixMatch" }}
        {{- $matches := $rule.matches | default (list dict) }}
        {{- $match := first $matches }}
        {{- if or (gt (len $matches) 1) (ne (dig "path" "type" "PathPrefix" $match) "PathPrefix") }}
          {{- include "external-service-proxy.lib.problem" (list $proxy (printf "%s.%s.path" $at $field) "filter-prefix"
            "ReplacePrefixMatch needs a rule with one match, of a path of type PathPrefix: write a rule for each, or ReplaceFullPath") }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- if hasKey $seen "RequestRedirect" }}
  {{- if or $rule.backendRefs (hasKey $seen "URLRewrite") }}
    {{- include "external-service-proxy.lib.problem" (list $proxy $path "filter-redirect"
      (printf "RequestRedirect answers in App2's place, and %s is for what goes to App2: leave one of them out"
        (ternary "backendRefs" "URLRewrite" (not (empty $rule.backendRefs))))) }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
A header is set once, added once and removed once: names are compared without case (RFC 9110, 5.1).
Takes (dict "proxy" PROXY "path" PATH "filter" FIELDS), of any filter; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.routeRule.headers" -}}
{{- range $field := list "set" "add" "remove" }}
  {{- $seen := dict }}
  {{- range $index, $one := get $.filter $field | default list }}
    {{- $written := ternary $one (get (ternary dict $one (kindIs "string" $one)) "name") (kindIs "string" $one) }}
    {{- $name := lower $written }}
    {{- if hasKey $seen $name }}
      {{- include "external-service-proxy.lib.problem" (list $.proxy (printf "%s.%s[%d]" $.path $field $index) "filter-header-twice"
        (printf "%s is %s[%d] already: leave one of them out" $written $field (get $seen $name))) }}
    {{- else }}
      {{- $_ := set $seen $name $index }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Beside any, nothing else is to be allowed.
Takes (dict "proxy" PROXY "path" PATH "filter" FIELDS), of any filter; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.routeRule.cors" -}}
{{- range $field := list "allowOrigins" "allowMethods" "allowHeaders" "exposeHeaders" }}
  {{- $words := get $.filter $field | default list }}
  {{- if and (has "*" $words) (gt (len $words) 1) }}
    {{- include "external-service-proxy.lib.problem" (list $.proxy (printf "%s.%s" $.path $field) "filter-cors-any"
      (printf "* allows any, and %s beside it says nothing more: leave one of them out" (without $words "*" | join ", "))) }}
  {{- end }}
{{- end }}
{{- end }}
