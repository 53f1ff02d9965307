{{- /*
An extra object that could open a way of its own, or undo a list: all but those that are known to do neither
(harmless-kinds.yaml), in the release's namespace; and a List, which would hide what it holds from the gate.
Takes (dict "context" $ "constants" DICT "extraObjects" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.extraObjects" -}}
{{- $values := .context.Values }}
{{- $kinds := .constants.harmlessKinds.kinds }}
{{- range .extraObjects }}
  {{- if hasSuffix "List" .object.kind }}
    {{- include "external-service-proxy.lib.problem" (list . "" "extra-object-list"
      (printf "what a %s holds is judged by nobody: write each of its objects by itself" .object.kind)) }}
  {{- else if or (not .readers.judged) (has .kindName $values.harmlessKinds) }}
  {{- else }}
    {{- $cure := printf "leave it out, or write %s in harmlessKinds" .kindName }}
    {{- if not (hasKey $kinds .kindName) }}
      {{- include "external-service-proxy.lib.problem" (list . "" "extra-object-kind"
        (printf "%s is not known to open no way and to leave sourceRanges in force: %s" .kindName $cure)) }}
    {{- else if ne .namespace .context.Release.Namespace }}
      {{- include "external-service-proxy.lib.problem" (list . "" "extra-object-namespace"
        (printf "in the namespace %s somebody may read it as settings that undo sourceRanges: %s" .namespace $cure)) }}
    {{- else }}
      {{- include "external-service-proxy.checks.extraObject" (list . (get $kinds .kindName) $cure) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
What an object of a kind that is mostly harmless may not have.
Takes (list EXTRA-OBJECT KIND CURE), the second as harmless-kinds.yaml has it; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.extraObject" -}}
{{- $extra := index . 0 }}
{{- $kind := index . 1 }}
{{- $cure := index . 2 }}
{{- $object := $extra.object }}
{{- range $kind.without }}
  {{- if include "external-service-proxy.lib.problem.has" (list $object .) }}
    {{- include "external-service-proxy.lib.problem" (list $extra "" "extra-object-makes"
      (printf "what its %s makes of other objects is judged by nobody: %s" . $cure)) }}
  {{- end }}
{{- end }}
{{- if $kind.secretType }}
  {{- $type := $object }}
  {{- range splitList "." $kind.secretType }}{{ $type = get (ternary $type dict (kindIs "map" $type)) . }}{{ end }}
  {{- if and $type (not (has $type $extra.constants.harmlessKinds.secretTypes)) }}
    {{- include "external-service-proxy.lib.problem" (list $extra "" "extra-object-secret"
      (printf "a Secret of type %v is read by Kubernetes or a controller: write Opaque, %s" $type $cure)) }}
  {{- end }}
{{- end }}
{{- if $kind.texts }}
  {{- range $field := list "data" "binaryData" }}
    {{- $held := get $object $field }}
    {{- range $key, $value := ternary $held dict (kindIs "map" $held) }}
      {{- $text := toString $value }}
      {{- if eq $field "binaryData" }}{{ $text = b64dec $text }}{{ end }}
      {{- if not (regexMatch "^(\\s|#.*\n)*-----BEGIN " $text) }}
        {{- include "external-service-proxy.lib.problem" (list $extra "" "extra-object-settings"
          (printf "its %s is no certificate, and a controller may read it as settings that undo sourceRanges: %s" $key $cure)) }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
