{{- /*
A length of time (GEP-2257) in milliseconds.
Takes a string such as 1m30s; gives a number.
*/}}
{{- define "external-service-proxy.lib.duration.milliseconds" -}}
{{- $units := dict "h" 3600000 "m" 60000 "s" 1000 "ms" 1 }}
{{- $sum := 0 }}
{{- range regexFindAll "[0-9]+(ms|h|m|s)" . -1 }}
  {{- $sum = add $sum (mul (regexFind "^[0-9]+" .) (get $units (regexFind "[a-z]+$" .))) }}
{{- end }}
{{- $sum }}
{{- end }}

{{- /*
The same in whole seconds, rounded up.
Takes a string; gives a number.
*/}}
{{- define "external-service-proxy.lib.duration.seconds" -}}
{{- div (add (include "external-service-proxy.lib.duration.milliseconds" .) 999) 1000 }}
{{- end }}
