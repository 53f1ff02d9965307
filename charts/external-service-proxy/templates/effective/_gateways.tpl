{{- /*
Makes every enabled Gateway and ListenerSet effective.
Takes (dict "context" $ "gateways" DICT); fills DICT: key of .Values.gateways → effective gateway. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.gateways" -}}
{{- $context := .context }}
{{- $all := .gateways }}
{{- $defaults := include "external-service-proxy.effective.itemDefaults" $context | fromYaml }}
{{- range $key, $written := $context.Values.gateways }}
  {{- $gateway := deepCopy $defaults.gateway }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $gateway "from" $written) }}
  {{- if $gateway.enabled }}
    {{- $_ := set $gateway "section" "gateways" }}
    {{- $_ := set $gateway "key" $key }}
    {{- $_ := set $gateway "name" (print ($context.Values.namePrefix | default "") $key) }}
    {{- $_ := set $gateway "context" $context }}
    {{- $foreign := dict }}
    {{- range $name, $listener := $gateway.listeners }}
      {{- $effective := deepCopy $defaults.listener }}
      {{- include "external-service-proxy.lib.merge" (dict "into" $effective "from" $listener) }}
      {{- $_ := set $gateway.listeners $name $effective }}
      {{- with $effective.tls.secretNamespace }}
        {{- $_ := set $foreign . (append (get $foreign . | default list) $effective.tls.secretName) }}
      {{- end }}
    {{- end }}
    {{- $_ := set $gateway "foreignSecrets" $foreign }}
    {{- $_ := set $all $key $gateway }}
  {{- end }}
{{- end }}
{{- end }}
