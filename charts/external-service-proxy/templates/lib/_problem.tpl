{{- /*
Fails the render where there is any problem, with all of them.
Takes lines; writes nothing.
*/}}
{{- define "external-service-proxy.lib.refuse" -}}
{{- with trim . }}
  {{- $count := len (splitList "\n" .) }}
  {{- fail (printf "\n%s in the values:\n%s" (ternary "a problem" (printf "%d problems" $count) (eq $count 1)) .) }}
{{- end }}
{{- end }}

{{- /*
One problem's line, with the path where the value is written: a proxy's may be under `defaults`.
Takes (list OWNER PATH CODE TEXT), the proxy or gateway and the path within it, empty for the whole of it; or for the
root (list ROOT …), whose path is whole. Gives a line.
*/}}
{{- define "external-service-proxy.lib.problem" -}}
{{- $owner := index . 0 }}
{{- $path := index . 1 }}
{{- $place := "" }}
{{- with $owner.key }}
  {{- $place = printf "%s.%s." $owner.section . }}
{{- end }}
{{- if hasPrefix "proxies." $place }}
  {{- $values := $owner.context.Values }}
  {{- $own := include "external-service-proxy.lib.problem.has" (list (get $values.proxies $owner.key) $path) }}
  {{- $default := include "external-service-proxy.lib.problem.has" (list $values.defaults $path) }}
  {{- if and $default (not $own) }}
    {{- $place = "defaults." }}
  {{- end }}
{{- end }}
- {{ print $place $path | trimSuffix "." }}: {{ index . 3 }} [{{ index . 2 }}]
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
