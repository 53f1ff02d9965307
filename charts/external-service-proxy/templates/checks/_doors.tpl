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
        (include "external-service-proxy.checks.doors.who" (list $door list)))) }}
  {{- else }}
    {{- $speaksNone := false }}
    {{- range $need := $door.needs }}
      {{- $answer := get $holds $need | default $holds.else }}
      {{- /* Of a protocol that its kind does not speak checks.routes says so. */}}
      {{- $speaks := or (not $door.is.speaks) (not (hasPrefix "backend.protocol " $need)) (has $.backend.protocol $door.is.speaks) }}
      {{- /* Of a protocol that it can't speak its TLS needs no word of its own. */}}
      {{- if and $speaks (not (kindIs "bool" $answer)) (not (and $speaksNone (hasPrefix "backend.tls" $need))) }}
        {{- if hasPrefix "backend.protocol " $need }}{{ $speaksNone = true }}{{ end }}
        {{- include "external-service-proxy.checks.doors.need" (dict "door" $door "need" $need "why" $answer) }}
      {{- end }}
    {{- end }}
    {{- $wave := "argocd.argoproj.io/sync-wave" }}
    {{- $own := get ($door.settings.annotations | default dict) $wave }}
    {{- $policies := get ($.context.Values.commonAnnotations | default dict) $wave | default "0" }}
    {{- if and $.held $own (lt (int $own) (int $policies)) }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "%s.annotations" $door.path) "sync-wave-early"
        (printf "%s %s would have Argo CD apply it, and wait, before what holds it, of wave %s: write %s at least" $wave $own $policies
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
{{- $others := include "external-service-proxy.checks.doors.who" (list $door (list .need)) }}
{{- if eq .need "sourceRanges" }}
  {{- $place := ternary "leave the route out for service.type LoadBalancer" "" $door.proxy.platform.sourceRanges }}
  {{- with $others }}{{ $place = print "write " . }}{{ end }}
  {{- include "external-service-proxy.lib.problem" (list $door.proxy (printf "%s.controller" $door.path) "controller-open"
    (printf "controller %s can't hold this %s to sourceRanges, since %s, so anyone could come in: %s" $door.controller $door.kind
      .why (list $place "write 0.0.0.0/0 and ::/0 in sourceRanges" | compact | join ", or "))) }}
{{- else }}
  {{- $words := splitn " " 2 .need }}
  {{- $what := $words._1 | default "it" }}
  {{- $does := ternary (print "verify " $what) (print "do " $what) (hasPrefix "by " $what) }}
  {{- $tls := $door.proxy.backend.tls }}
  {{- $left := "leave it out" }}
  {{- if and (eq $words._0 "backend.protocol") $tls.enabled (or $tls.caConfigMap $tls.caSecret $tls.serverName $tls.insecureSkipVerify) }}
    {{- $left = "leave it out with backend.tls" }}
  {{- end }}
  {{- $cure := ternary "" (print ": " $left) (contains ": " .why) }}
  {{- with $others }}
    {{- $cure = printf "%s, or write controller %s" $cure . }}
  {{- end }}
  {{- include "external-service-proxy.lib.problem" (list $door.proxy $words._0 "preset-lacks"
    (printf "controller %s can't %s for %s, since %s%s" $door.controller $does $door.path .why $cure)) }}
{{- end }}
{{- end }}

{{- /*
The presets that serve a door's kind and hold all that it needs; where there is none, those that hold the needs that are asked for,
or, with none of these, that serve the kind. Each with the class to write with it, where an Ingress has none and it needs one, or has
another's.
Takes (list DOOR NEEDS); gives names, or nothing.
*/}}
{{- define "external-service-proxy.checks.doors.who" -}}
{{- $door := index . 0 }}
{{- $asked := index . 1 }}
{{- $all := list }}
{{- $some := list }}
{{- $presets := $door.proxy.constants.presets }}
{{- $ofOthers := "" }}
{{- if and (eq $door.kind "Ingress") $door.proxy.held }}
  {{- range $name, $preset := $presets }}{{ if has $door.settings.className $preset.classes }}{{ $ofOthers = $name }}{{ end }}{{ end }}
{{- end }}
{{- range prepend (without (keys $presets | sortAlpha) "none") "none" }}
  {{- $holds := get (get $presets .) $door.kind }}
  {{- if $holds }}
    {{- $lacks := list }}
    {{- range concat $asked $door.needs }}
      {{- if not (kindIs "bool" (get $holds .)) }}{{ $lacks = append $lacks . }}{{ end }}
    {{- end }}
    {{- $lacksAsked := false }}
    {{- range $asked }}{{ if has . $lacks }}{{ $lacksAsked = true }}{{ end }}{{ end }}
    {{- $needsClass := and (has "className none" $door.traits) (hasKey ($holds.not | default dict) "className none") }}
    {{- $is := . }}
    {{- if or $needsClass (and $ofOthers (ne $ofOthers .) (ne . "none")) }}
      {{- $is = printf "%s with className %s" . (get (get $presets .) "classes" | first) }}
    {{- end }}
    {{- if not $lacks }}{{ $all = append $all $is }}{{ end }}
    {{- if not $lacksAsked }}{{ $some = append $some $is }}{{ end }}
  {{- end }}
{{- end }}
{{- $all | default $some | join " or " }}
{{- end }}
