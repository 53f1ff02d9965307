{{- /*
Fails the render where there is any problem, with all of them.
Takes (dict "context" $ "lines" LINES), those of lib.problem; writes nothing.
*/}}
{{- define "external-service-proxy.lib.refuse" -}}
{{- with include "external-service-proxy.lib.refuse.said" . }}
  {{- fail (printf "\n%s in the values:\n%s" (ternary "a problem" (printf "%d problems" $.count) (eq (int $.count) 1)) .) }}
{{- end }}
{{- end }}

{{- /*
Each problem once; one of `defaults` with the proxies that have it, where not all have; of one code at one field the first twenty,
and how many more. Where the chart is another's, under its name or alias there, so are the paths.
Takes what lib.refuse takes; adds to it count, of all problems; gives a line a problem, as they are said.
*/}}
{{- define "external-service-proxy.lib.refuse.said" -}}
{{- with trim .lines }}
  {{- $seen := dict }}
  {{- $lines := list }}
  {{- $kinds := dict }}
  {{- range splitList "\n" . }}
    {{- $parts := splitList "\t" . }}
    {{- $line := first $parts }}
    {{- if not (hasKey $seen $line) }}
      {{- $_ := set $seen $line (dict "count" 0 "names" list) }}
      {{- $code := regexFind " \\[[-a-z]+]$" $line }}
      {{- $names := "^- (proxies|gateways|extraObjects)\\.[^. ]+(\\.(routes|listeners|ports)\\.[^. ]+)?|\\[[0-9]+]" }}
      {{- $kind := regexReplaceAll $names (regexReplaceAll ": .*" $line $code) "" }}
      {{- $of := get $kinds $kind | default (dict "count" 0 "names" list) }}
      {{- $_ := set $kinds $kind (set $of "count" (add1 $of.count)) }}
      {{- if le (int $of.count) 20 }}
        {{- $lines = append $lines (dict "line" $line "code" $code) }}
      {{- else if lt (len $of.names) 3 }}
        {{- if not $of.names }}{{ $lines = append $lines (dict "line" $line "code" $code "more" $of) }}{{ end }}
        {{- $_ := set $of "names" (append $of.names (regexFind "^- [^.: ]+(\\.[^.: ]+)?" $line | trimPrefix "- ") | uniq) }}
      {{- end }}
    {{- end }}
    {{- range rest $parts }}
      {{- $of := get $seen $line }}
      {{- $_ := set $of "count" (add1 $of.count) }}
      {{- if le (int $of.count) 3 }}{{ $_ := set $of "names" (append $of.names (splitn " " 2 .)._1) }}{{ end }}
      {{- $_ := set $of "all" ((splitn " " 2 .)._0 | int64) }}
    {{- end }}
  {{- end }}
  {{- $_ := set $ "count" (len $seen) }}
  {{- $alias := include "external-service-proxy.lib.alias" $.context }}
  {{- $said := list }}
  {{- range $lines }}
    {{- $line := .line }}
    {{- $of := get $seen $line }}
    {{- if .more }}
      {{- $line = printf "- %s: %d more like these, the first of them in %s%s" (regexReplaceAll ": .*" .line "" | trimPrefix "- ")
        (sub .more.count 20) (.more.names | join ", ") .code }}
    {{- else if and $of.names (ne $of.count $of.all) }}
      {{- $some := $of.names | join ", " }}
      {{- if gt (int $of.count) 3 }}{{ $some = printf "%s and %d more" $some (sub $of.count 3) }}{{ end }}
      {{- $another := ternary "another or null" "another" (regexMatch "leave (it|them) out" $line) }}
      {{- $line = printf "%s, or write %s in %s%s" (trimSuffix .code $line) $another $some .code }}
    {{- end }}
    {{- if $alias }}{{ $line = include "external-service-proxy.lib.alias.line" (list $line $alias $.context.Values) }}{{ end }}
    {{- $said = append $said $line }}
  {{- end }}
  {{- join "\n" $said }}
{{- end }}
{{- end }}

{{- /*
One problem's line, with the path where the value is written: a proxy's may be under `defaults`; the proxy's own path is then
behind a tab, after how many proxies there are. What is written keeps to the line: ↵ is a line's end in it, ⇥ a tab.
Takes (list OWNER PATH CODE TEXT), the proxy or gateway and the path within it, empty for the whole of it; or for the
root (list ROOT …), whose path is whole. Gives a line.
*/}}
{{- define "external-service-proxy.lib.problem" -}}
{{- $owner := index . 0 }}
{{- $path := index . 1 }}
{{- $place := "" }}
{{- $own := "" }}
{{- with $owner.key }}
  {{- $place = printf "%s.%s." ($owner.section | default "proxies") . }}
{{- end }}
{{- if and (hasPrefix "proxies." $place) (not (include "external-service-proxy.lib.problem.isOwn" (list $owner $path))) }}
  {{- if include "external-service-proxy.lib.problem.has" (list $owner.context.Values.defaults $path) }}
    {{- $own = printf "\t%d %s%s" (len $owner.context.Values.proxies) $place
      (regexReplaceAll "\\[.*" $path "" | replace "\n" "↵" | replace "\t" "⇥") }}
    {{- $place = "defaults." }}
  {{- end }}
{{- end }}
{{- $line := printf "%s: %s [%s]" (print $place $path | trimSuffix ".") (index . 3) (index . 2) }}
- {{ $line | replace "\n" "↵" | replace "\t" "⇥" }}{{ $own }}
{{- end }}

{{- /*
A problem with what has no effect in a proxy, where that is its own word: that of `defaults` is for others.
Takes what lib.problem takes, of a proxy, or of what those of its shape have in common; gives a line, or nothing.
*/}}
{{- define "external-service-proxy.lib.own.problem" -}}
{{- if or (not (index . 0).key) (include "external-service-proxy.lib.problem.isOwn" .) }}
  {{- include "external-service-proxy.lib.problem" . }}
{{- end }}
{{- end }}

{{- /*
Whether a path is written in a proxy's own values, rather than in `defaults`.
Takes (list PROXY PATH …); gives "true" or nothing.
*/}}
{{- define "external-service-proxy.lib.problem.isOwn" -}}
{{- $proxy := index . 0 }}
{{- include "external-service-proxy.lib.problem.has" (list (get $proxy.context.Values.proxies $proxy.key) (index . 1)) }}
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
