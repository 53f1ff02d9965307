{{- /*
What a door's preset can't do, by its own declaration: with the reason, and the presets that can.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.doors" -}}
{{- range $door := .doors }}
  {{- $kind := $door.kind }}
  {{- $article := ternary "an" "a" (has $kind (list "Ingress" "HTTPRoute")) }}
  {{- $controller := printf "%s.controller" $door.path }}
  {{- $holds := get $door.can $kind }}
  {{- if not $holds }}
    {{- $others := include "external-service-proxy.checks.doors.who" (list $door "") }}
    {{- include "external-service-proxy.lib.problem" (list $ $controller "preset-kind"
      (printf "%s can't serve %s %s, since %s: write %s" $door.controller $article $kind $door.can.else $others)) }}
  {{- else }}
    {{- range $need := $door.needs }}
      {{- $answer := get $holds $need | default $holds.else }}
      {{- if not (kindIs "bool" $answer) }}
        {{- $others := include "external-service-proxy.checks.doors.who" (list $door $need) }}
        {{- if eq $need "sourceRanges" }}
          {{- include "external-service-proxy.lib.problem" (list $ $controller "controller-open"
            (printf
              "%s can't hold sourceRanges for %s %s, since %s, so anyone could come in: write %s, or 0.0.0.0/0 and ::/0 in sourceRanges"
              $door.controller $article $kind $answer ($others | default "service.type LoadBalancer in its place"))) }}
        {{- else }}
          {{- $words := splitn " " 2 $need }}
          {{- $what := ternary (print "it " $words._1) ($words._1 | default "it") (hasPrefix "by " ($words._1 | default "")) }}
          {{- $cure := ternary "" ": leave it out" (contains ": " $answer) }}
          {{- with $others }}
            {{- $cure = printf "%s, or write controller %s" $cure . }}
          {{- end }}
          {{- include "external-service-proxy.lib.problem" (list $ $words._0 "preset-lacks"
            (printf "%s, the controller of %s, can't do %s, since %s%s" $door.controller $door.path $what $answer $cure)) }}
        {{- end }}
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
        {{- include "external-service-proxy.lib.problem" (list $ $at "preset-refuses"
          (printf "%s, and with controller %s %s" (trimPrefix "with " $words._1) $door.controller .)) }}
      {{- end }}
    {{- end }}
  {{- end }}
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
