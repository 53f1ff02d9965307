{{- /*
One problem's line, with the path where the value is written: under the proxy, or under `defaults`.
Takes (list PROXY PATH CODE TEXT), the path within the proxy; gives a line.
*/}}
{{- define "external-service-proxy.lib.problem" -}}
{{- $proxy := index . 0 }}
{{- $path := index . 1 }}
{{- $values := $proxy.context.Values }}
{{- $own := include "external-service-proxy.lib.problem.has" (list (get $values.proxies $proxy.key) $path) }}
{{- $default := include "external-service-proxy.lib.problem.has" (list $values.defaults $path) }}
- {{ ternary "defaults" (printf "proxies.%s" $proxy.key) (and (not $own) (not (empty $default))) }}.{{ $path }}: {{ index . 3 }} [{{ index . 2 }}]
{{- end }}

{{- /*
Whether a path is written in a dict; from a list's index on, the list itself counts.
Takes (list DICT PATH); gives "true" or nothing.
*/}}
{{- define "external-service-proxy.lib.problem.has" -}}
{{- $node := index . 0 }}
{{- $found := true }}
{{- range splitList "." (regexReplaceAll "\\[.*" (index . 1) "") }}
{{- if and (kindIs "map" $node) (hasKey $node .) }}{{ $node = get $node . }}{{ else }}{{ $found = false }}{{ end }}
{{- end }}
{{- if $found }}true{{ end }}
{{- end }}
