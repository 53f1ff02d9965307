{{- /*
Every rule that a schema can't express, by part of the values: a line a problem, all of them at once.
Takes (dict "context" $ "proxies" DICT "gateways" DICT), both effective; gives the lines, or nothing.
*/}}
{{- define "external-service-proxy.problems" -}}
{{- include "external-service-proxy.checks.root" . }}
{{- range $proxy := .proxies }}
{{- include "external-service-proxy.checks.addresses" $proxy }}
{{- include "external-service-proxy.checks.ports" $proxy }}
{{- include "external-service-proxy.checks.sourceRanges" $proxy }}
{{- include "external-service-proxy.checks.platform" $proxy }}
{{- include "external-service-proxy.checks.service" $proxy }}
{{- include "external-service-proxy.checks.families" $proxy }}
{{- include "external-service-proxy.checks.externalName" $proxy }}
{{- include "external-service-proxy.checks.endpoints" $proxy }}
{{- include "external-service-proxy.checks.dns" $proxy }}
{{- include "external-service-proxy.checks.backend" $proxy }}
{{- include "external-service-proxy.checks.ingress" $proxy }}
{{- include "external-service-proxy.checks.routes" $proxy }}
{{- include "external-service-proxy.checks.doors" $proxy }}
{{- end }}
{{- include "external-service-proxy.checks.backendRefs" . }}
{{- include "external-service-proxy.checks.routeNames" . }}
{{- include "external-service-proxy.checks.routeParents" . }}
{{- include "external-service-proxy.checks.hosts" . }}
{{- include "external-service-proxy.checks.gateways" . }}
{{- end }}

{{- /*
One problem's line, with the path where the value is written: under the proxy, or under `defaults`.
Takes (list PROXY PATH CODE TEXT), the path within the proxy; gives a line.
*/}}
{{- define "external-service-proxy.problem" -}}
{{- $proxy := index . 0 }}
{{- $path := index . 1 }}
{{- $values := $proxy.context.Values }}
{{- $own := include "external-service-proxy.problem.has" (list (get $values.proxies $proxy.key) $path) }}
{{- $default := include "external-service-proxy.problem.has" (list $values.defaults $path) }}
- {{ ternary "defaults" (printf "proxies.%s" $proxy.key) (and (not $own) (not (empty $default))) }}.{{ $path }}: {{ index . 3 }} [{{ index . 2 }}]
{{- end }}

{{- /*
Whether a path is written in a dict; from a list's index on, the list itself counts.
Takes (list DICT PATH); gives "true" or nothing.
*/}}
{{- define "external-service-proxy.problem.has" -}}
{{- $node := index . 0 }}
{{- $found := true }}
{{- range splitList "." (regexReplaceAll "\\[.*" (index . 1) "") }}
{{- if and (kindIs "map" $node) (hasKey $node .) }}{{ $node = get $node . }}{{ else }}{{ $found = false }}{{ end }}
{{- end }}
{{- if $found }}true{{ end }}
{{- end }}
