{{- /*
An extra object that could open a way of its own, or undo a list: all but those kinds that are known to do neither, in the
release's namespace; a ConfigMap of anything but certificates, since controllers read their settings from such; and a List,
which would hide what it holds from the gate.
Takes (dict "context" $ "constants" DICT "extraObjects" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.extraObjects" -}}
{{- $values := .context.Values }}
{{- $known := .constants.harmlessKinds }}
{{- range .extraObjects }}
  {{- $cure := printf "leave it out, or write %s in harmlessKinds" .kindName }}
  {{- if hasSuffix "List" .object.kind }}
    {{- include "external-service-proxy.lib.problem" (list . "" "extra-object-list"
      (printf "what a %s holds is judged by nobody: write each of its objects by itself" .object.kind)) }}
  {{- else if or (not .readers.judged) (has .kindName $values.harmlessKinds) }}
  {{- else if not (has .kindName $known) }}
    {{- include "external-service-proxy.lib.problem" (list . "" "extra-object-kind"
      (printf "%s is not known to open no way and to leave sourceRanges in force: %s" .kindName $cure)) }}
  {{- else if ne .namespace .context.Release.Namespace }}
    {{- include "external-service-proxy.lib.problem" (list . "" "extra-object-namespace"
      (printf "in the namespace %s somebody may read it as settings that undo sourceRanges: %s" .namespace $cure)) }}
  {{- else if eq .kindName "ConfigMap" }}
    {{- $object := . }}
    {{- range $held := list .object.data .object.binaryData }}
      {{- range $key, $value := ternary $held dict (kindIs "map" $held) }}
        {{- if not (regexMatch "^(\\s|#.*\n)*-----BEGIN " (toString $value)) }}
          {{- include "external-service-proxy.lib.problem" (list $object "" "extra-object-settings"
            (printf "its %s is no certificate, and a controller may read it as settings that undo sourceRanges: %s" $key $cure)) }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
