{{- /*
The enabled Gateways and ListenerSets with their defaults.
Takes (dict "context" $ "constants" DICT "gateways" DICT); fills the last, each gateway the values' fields and
  {section, key, name, label, context, constants, foreignSecrets (namespace → names of Secrets there),
   hasListenerSets (whether any of these values hangs on it)}
and each listener tlsMode, where it speaks TLS. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.gateways" -}}
{{- $context := .context }}
{{- $defaults := .constants.itemDefaults }}
{{- range $key, $written := $context.Values.gateways }}
  {{- $gateway := deepCopy $defaults.gateway }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $gateway "from" $written) }}
  {{- if $gateway.enabled }}
    {{- $_ := set $gateway "section" "gateways" }}
    {{- $_ := set $gateway "key" $key }}
    {{- $_ := set $gateway "name" (print ($context.Values.namePrefix | default "") $key) }}
    {{- $_ := set $gateway "label" (include "external-service-proxy.lib.label" $gateway.name) }}
    {{- $_ := set $gateway "context" $context }}
    {{- $_ := set $gateway "constants" $.constants }}
    {{- $foreign := dict }}
    {{- $listeners := dict }}
    {{- range $name, $written := $gateway.listeners }}
      {{- $listener := deepCopy $defaults.listener }}
      {{- include "external-service-proxy.lib.merge" (dict "into" $listener "from" $written) }}
      {{- $_ := set $listener "tlsMode" (get (dict "TLS" "Passthrough" "HTTPS" "Terminate") $listener.protocol) }}
      {{- $_ := set $listeners $name $listener }}
      {{- with $listener.tls.secretNamespace }}
        {{- $_ := set $foreign . (append (get $foreign . | default list) $listener.tls.secretName | uniq | sortAlpha) }}
      {{- end }}
    {{- end }}
    {{- $_ := set $gateway "listeners" $listeners }}
    {{- $_ := set $gateway "foreignSecrets" $foreign }}
    {{- $_ := set $.gateways $key $gateway }}
  {{- end }}
{{- end }}
{{- range $set := .gateways }}
  {{- if eq .kind "ListenerSet" }}
    {{- range $.gateways }}
      {{- $namespace := $set.parentRef.namespace | default $context.Release.Namespace }}
      {{- if and (eq .kind "Gateway") (eq .name $set.parentRef.name) (eq $namespace $context.Release.Namespace) }}
        {{- $_ := set . "hasListenerSets" true }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
