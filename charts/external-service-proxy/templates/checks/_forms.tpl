{{- /*
What people type by hand, addresses, names and fields among it: what is not of its form, in words. All lines of
lib.forms.walk are held to one expression at once, those that many proxies have alike once; only where one of them fails, all are
made with their paths.
Takes the root's context; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.forms" -}}
{{- $right := include "external-service-proxy.lib.forms.right" . | replace "\n" "" }}
{{- $proxies := dict "of" .Values.proxies }}
{{- template "external-service-proxy.checks.forms.distinct" $proxies }}
{{- $values := set (omit .Values "proxies") "proxies" $proxies.gives }}
{{- $lines := include "external-service-proxy.lib.forms.walk.values" (dict "at" "" "is" $values) }}
{{- if not (regexMatch (printf "^(\n(%s))*$" $right) $lines) }}
  {{- $words := include "external-service-proxy.lib.forms.words" . | fromYaml }}
  {{- $lines := include "external-service-proxy.lib.forms.walk.values" (dict "at" "values" "is" .Values) }}
  {{- $wrong := regexReplaceAll (printf "(?m)\n.*\n(%s)$" $right) $lines "" | trimPrefix "\n" }}
  {{- $nearest := dict }}
  {{- range chunk 2 (ternary list (splitList "\n" $wrong) (eq $wrong "")) }}
    {{- $path := trimPrefix "values." (index . 0) }}
    {{- $parts := splitn " " 2 (index . 1) }}
    {{- $said := get $words $parts._0 }}
    {{- if $said.fields }}
      {{- if not (hasKey $nearest (index . 1)) }}
        {{- $name := include "external-service-proxy.checks.forms.nearest" (list $parts._1 $said.fields) }}
        {{- $all := printf "there are %s" ($said.fields | join ", ") }}
        {{- $_ := set $nearest (index . 1) (ternary $all (printf "did you mean %s?" $name) (eq $name "")) }}
      {{- end }}
      {{- include "external-service-proxy.lib.problem"
        (list dict $path "value-unknown" (printf "no such value; %s" (get $nearest (index . 1)))) }}
    {{- else }}
      {{- /* A dot before the first colon is of IPv4 or a name, with a port. */}}
      {{- if regexMatch "^[^.:]*:" $parts._1 }}{{ $said = $said.ipv6 | default $said }}{{ end }}
      {{- $found := ternary $parts._1 (quote $parts._1) (and (ne $parts._1 "") (eq $parts._1 (trim $parts._1))) }}
      {{- include "external-service-proxy.lib.problem" (list dict $path "value-form"
        (printf "%s is not %s: write %s" $found $said.is $said.write)) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Proxies with nothing in them that another has whole, but for its addresses: of those that differ in addresses alone one is left as
it is, and the addresses of all others stand in one of them, as a map.
Takes (dict "of" PROXIES), as the values have them; adds gives, a dict. Writes nothing.
*/}}
{{- define "external-service-proxy.checks.forms.distinct" -}}
{{- $seen := dict }}
{{- $addresses := dict }}
{{- $holder := "" }}
{{- $distinct := dict }}
{{- range $key, $proxy := .of }}
  {{- if $proxy }}
    {{- $rest := omit $proxy "addresses" | toJson }}
    {{- if hasKey $seen $rest }}
      {{- range .addresses }}{{ $_ := set $addresses (toJson .) . }}{{ end }}
      {{- $holder = $key }}
      {{- $proxy = "" }}
    {{- else }}
      {{- $_ := set $seen $rest true }}
    {{- end }}
  {{- end }}
  {{- $_ := set $distinct $key $proxy }}
{{- end }}
{{- with $holder }}{{ $_ := set $distinct . (dict "addresses" $addresses) }}{{ end }}
{{- $_ := set . "gives" $distinct }}
{{- end }}

{{- /*
The field that is most like what was written: the same but for case, signs or an s at its end; one letter off, or two that
changed places; or one that holds the other.
Takes (list WRITTEN FIELDS); gives a field, or nothing.
*/}}
{{- define "external-service-proxy.checks.forms.nearest" -}}
{{- $written := include "external-service-proxy.checks.forms.plain" (index . 0) }}
{{- $forms := list }}
{{- range $index := until (len $written) }}
  {{- $before := substr 0 $index $written }}
  {{- $letter := substr $index (int (add1 $index)) $written }}
  {{- $after := substr (int (add1 $index)) (len $written) $written }}
  {{- $forms = concat $forms (list (print $before ".?" $after) (print $before "." $letter $after)) }}
  {{- with $after }}
    {{- $forms = append $forms (print $before (substr 0 1 .) $letter (substr 1 (len .) .)) }}
  {{- end }}
{{- end }}
{{- $fields := dict }}
{{- $within := "" }}
{{- range index . 1 }}
  {{- $plain := include "external-service-proxy.checks.forms.plain" . }}
  {{- if not (hasKey $fields $plain) }}{{ $_ := set $fields $plain . }}{{ end }}
  {{- if and (not $within) (ge (min (len $plain) (len $written)) 4) (or (contains $plain $written) (contains $written $plain)) }}
    {{- $within = . }}
  {{- end }}
{{- end }}
{{- $near := regexFind (printf "(?m)^(%s)$" (join "|" $forms)) (keys $fields | sortAlpha | join "\n") }}
{{- get $fields $written | default (get $fields $near) | default $within }}
{{- end }}

{{- /*
A field's name in lower case, without signs, of one thing rather than several.
Takes a name; gives a text.
*/}}
{{- define "external-service-proxy.checks.forms.plain" -}}
{{- $plain := regexReplaceAll "[^a-z0-9]" (lower .) "" }}
{{- regexReplaceAll "ies$" $plain "y" | trimSuffix "s" }}
{{- end }}

{{- /*
The problems of checks that can't come of what is not of its form: not those of the same value or key, of what is within it, of
the list or map that it stands in, or of families where it is an address.
Takes (list FORMS OTHERS), lines both; gives lines.
*/}}
{{- define "external-service-proxy.checks.forms.apart" -}}
{{- $wrong := dict }}
{{- $keys := list }}
{{- $addressed := list }}
{{- range splitList "\n" (trim (index . 0)) }}
  {{- $path := regexReplaceAll ": .*" (trimPrefix "- " .) "" }}
  {{- $holder := regexReplaceAll "(\\.[^.[\\]]*|\\[[0-9]+\\])$" $path "" }}
  {{- /* A key is what was found, and may have dots in it. */}}
  {{- $key := trimPrefix (print "- " $path ": ") . | regexFind "^.* is not " | trimSuffix " is not " | trimAll "\"" }}
  {{- if and $key (hasSuffix (print "." $key) $path) }}
    {{- $keys = append $keys (printf "- %s: %s " (trimSuffix (print "." $key) $path) $key) }}
  {{- else if not (hasKey $wrong $holder) }}
    {{- $_ := set $wrong $holder "itself" }}
  {{- end }}
  {{- $_ := set $wrong $path "all" }}
  {{- with regexFind "^.*\\.addresses\\[[0-9]+\\]" $path }}
    {{- $addressed = append $addressed (ternary "" (regexFind "^proxies\\.[^.]*\\." .) (hasPrefix "defaults." .)) }}
  {{- end }}
  {{- range regexFindAll "did you mean [^?]*" . -1 }}
    {{- $_ := set $wrong (printf "%s.%s" $holder (trimPrefix "did you mean " .)) "all" }}
  {{- end }}
{{- end }}
{{- range $line := splitList "\n" (trim (index . 1)) }}
  {{- $path := regexReplaceAll ": .*" (trimPrefix "- " .) "" }}
  {{- /* What a text with an end of line makes of a problem's own line says nothing. */}}
  {{- $comes := or (hasKey $wrong $path) (not (hasPrefix "- " .)) }}
  {{- range $keys }}{{ if hasPrefix . $line }}{{ $comes = true }}{{ end }}{{ end }}
  {{- if regexMatch " \\[[-a-z]*famil[-a-z]*\\]$" . }}
    {{- range $addressed }}{{ if hasPrefix . $path }}{{ $comes = true }}{{ end }}{{ end }}
  {{- end }}
  {{- $above := "" }}
  {{- range regexFindAll "^[^.[]+|\\.[^.[]*|\\[[0-9]+\\]" $path -1 }}
    {{- $above = print $above . }}
    {{- if eq (get $wrong $above) "all" }}{{ $comes = true }}{{ end }}
  {{- end }}
  {{- if not $comes }}
{{ $line }}
  {{- end }}
{{- end }}
{{- end }}
