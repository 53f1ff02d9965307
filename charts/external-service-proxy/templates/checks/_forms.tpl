{{- /*
What people type by hand, addresses, names and fields among it: what is not of its form, in words. All lines of
lib.forms.walk are held to one expression at once; only where one of them fails, they are made again with their paths.
Takes the root's context; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.forms" -}}
{{- $right := include "external-service-proxy.lib.forms.right" . | replace "\n" "" }}
{{- $lines := include "external-service-proxy.lib.forms.walk.values" (dict "at" "" "is" .Values) }}
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
      {{- if contains ":" $parts._1 }}{{ $said = $said.ipv6 | default $said }}{{ end }}
      {{- $found := ternary $parts._1 (quote $parts._1) (and (ne $parts._1 "") (eq $parts._1 (trim $parts._1))) }}
      {{- include "external-service-proxy.lib.problem" (list dict $path "value-form"
        (printf "%s is not %s: write %s" $found $said.is $said.write)) }}
    {{- end }}
  {{- end }}
{{- end }}
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
{{- $like := printf "^(%s)$" (join "|" $forms) }}
{{- $same := list }}
{{- $near := list }}
{{- $within := list }}
{{- range $field := index . 1 }}
  {{- $plain := include "external-service-proxy.checks.forms.plain" . }}
  {{- if eq $plain $written }}{{ $same = append $same . }}{{ end }}
  {{- if regexMatch $like $plain }}{{ $near = append $near . }}{{ end }}
  {{- if and (ge (min (len $plain) (len $written)) 4) (or (contains $plain $written) (contains $written $plain)) }}
    {{- $within = append $within . }}
  {{- end }}
{{- end }}
{{- append (concat $same $near $within) "" | first }}
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
The problems of checks that can't come of what is not of its form: not those of the same value, of what is within it, or of
the list or map that it stands in.
Takes (list FORMS OTHERS), lines both; gives lines.
*/}}
{{- define "external-service-proxy.checks.forms.apart" -}}
{{- $wrong := dict }}
{{- range splitList "\n" (trim (index . 0)) }}
  {{- $path := regexReplaceAll ": .*" (trimPrefix "- " .) "" }}
  {{- $holder := regexReplaceAll "(\\.[^.[\\]]*|\\[[0-9]+\\])$" $path "" }}
  {{- $_ := set $wrong $path "all" }}
  {{- if not (hasKey $wrong $holder) }}{{ $_ := set $wrong $holder "itself" }}{{ end }}
  {{- range regexFindAll "did you mean [^?]*" . -1 }}
    {{- $_ := set $wrong (printf "%s.%s" $holder (trimPrefix "did you mean " .)) "all" }}
  {{- end }}
{{- end }}
{{- range $line := splitList "\n" (trim (index . 1)) }}
  {{- $path := regexReplaceAll ": .*" (trimPrefix "- " .) "" }}
  {{- /* What a text with an end of line makes of a problem's own line says nothing. */}}
  {{- $comes := or (hasKey $wrong $path) (not (hasPrefix "- " .)) }}
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
