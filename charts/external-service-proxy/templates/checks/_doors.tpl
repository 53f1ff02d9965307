{{- /*
What a door's preset can't do, by its own declaration: with the reason, and the presets that can.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.doors" -}}
{{- range $door := .doors }}
  {{- $controller := printf "%s.controller" $door.path }}
  {{- $holds := get $door.can $door.kind }}
  {{- if not $holds }}
    {{- include "external-service-proxy.lib.problem" (list $ $controller "preset-kind"
      (printf "controller %s serves no %s, since %s: write %s" $door.controller $door.kind $door.can.else
        (include "external-service-proxy.checks.doors.who" (list $door "")))) }}
  {{- else }}
    {{- range $need := $door.needs }}
      {{- $answer := get $holds $need | default $holds.else }}
      {{- if not (kindIs "bool" $answer) }}
        {{- include "external-service-proxy.checks.doors.need" (dict "door" $door "need" $need "why" $answer) }}
      {{- end }}
    {{- end }}
    {{- $wave := "argocd.argoproj.io/sync-wave" }}
    {{- $own := get ($door.settings.annotations | default dict) $wave }}
    {{- $policies := get ($.context.Values.commonAnnotations | default dict) $wave | default "0" }}
    {{- if and $.held $own (lt (int $own) (int $policies)) }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "%s.annotations" $door.path) "sync-wave-early"
        (printf "%s %s would have Argo CD apply it, and wait, before what holds it, of wave %s: write %s or more" $wave $own $policies
          $policies)) }}
    {{- end }}
    {{- range $door.traits | uniq }}
      {{- $words := splitn " " 2 . }}
      {{- with get ($holds.not | default dict) . }}
        {{- $at := ternary "sourceRanges" (printf "%s.%s" $door.path $words._0) (eq $words._0 "sourceRanges") }}
        {{- $what := ternary "an empty value" (regexReplaceAll "^(with|to) " $words._1 "") (eq $words._1 "none") }}
        {{- include "external-service-proxy.lib.problem" (list $ $at "preset-refuses"
          (printf "%s can't be used with controller %s, since %s" $what $door.controller .)) }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
A need that a door's preset can't hold, with what can be written in its place.
Takes (dict "door" DOOR "need" NEED "why" REASON), the last with a cure of its own behind a colon, or none; gives a line.
*/}}
{{- define "external-service-proxy.checks.doors.need" -}}
{{- $door := .door }}
{{- $others := include "external-service-proxy.checks.doors.who" (list $door .need) }}
{{- if eq .need "sourceRanges" }}
  {{- include "external-service-proxy.lib.problem" (list $door.proxy (printf "%s.controller" $door.path) "controller-open"
    (printf
      "controller %s can't hold this %s to sourceRanges, since %s, so anyone could come in: write %s, or 0.0.0.0/0 and ::/0 in sourceRanges"
      $door.controller $door.kind .why ($others | default "service.type LoadBalancer in its place"))) }}
{{- else }}
  {{- $words := splitn " " 2 .need }}
  {{- $what := $words._1 | default "it" }}
  {{- $does := ternary (print "verify " $what) (print "do " $what) (hasPrefix "by " $what) }}
  {{- $cure := ternary "" ": leave it out" (contains ": " .why) }}
  {{- with $others }}
    {{- $cure = printf "%s, or write controller %s" $cure . }}
  {{- end }}
  {{- include "external-service-proxy.lib.problem" (list $door.proxy $words._0 "preset-lacks"
    (printf "controller %s can't %s for %s, since %s%s" $door.controller $does $door.path .why $cure)) }}
{{- end }}
{{- end }}

{{- /*
The presets that serve a door's kind and can hold a need.
Takes (list DOOR NEED), the need empty for any; gives names, or nothing.
*/}}
{{- define "external-service-proxy.checks.doors.who" -}}
{{- $door := index . 0 }}
{{- $need := index . 1 }}
{{- $names := list }}
{{- $presets := $door.proxy.constants.presets }}
{{- range prepend (without (keys $presets | sortAlpha) "none") "none" }}
  {{- $holds := get (get $presets .) $door.kind }}
  {{- if and $holds (or (not $need) (kindIs "bool" (get $holds $need))) }}{{ $names = append $names . }}{{ end }}
{{- end }}
{{- $names | join " or " }}
{{- end }}
