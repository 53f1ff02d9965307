{{- /*
Values → effective proxies and gateways, ready for the checks and the objects. Each step says what it adds, and adds only
that.
Takes (dict "context" $); adds to it
  nulls      whether the values may hold any; the context is then one without
  constants  what is the same for all: {defaults, itemDefaults, kinds, platforms, presets,
             loadBalancers, everywhere, bystanders}, read once
  proxies    key of .Values.proxies → effective proxy
  gateways   key of .Values.gateways → effective gateway
  grants     key of a proxy → the routes of other namespaces that lead to it
  gate       what lib.gate notes of the objects: {identities, problems}
Writes nothing.
*/}}
{{- define "external-service-proxy.effective.all" -}}
{{- include "external-service-proxy.effective.nulls" . }}
{{- $_ := set . "constants" (dict
  "defaults" (include "external-service-proxy.effective.defaults" . | fromYaml)
  "itemDefaults" (include "external-service-proxy.effective.itemDefaults" . | fromYaml)
  "kinds" (include "external-service-proxy.lib.kinds" . | fromYaml)
  "platforms" (include "external-service-proxy.lib.platforms" . | fromYaml)
  "presets" dict
  "loadBalancers" list
  "everywhere" (.context.Files.Get "everywhere.yaml" | fromYaml)
  "bystanders" (.context.Files.Get "bystanders.yaml" | fromYaml)) }}
{{- range $path, $declaration := .context.Files.Glob "controllers/*.yaml" }}
  {{- $_ := set $.constants.presets (base $path | trimSuffix ".yaml") ($declaration | toString | fromYaml) }}
{{- end }}
{{- range $path, $keys := .context.Files.Glob "load-balancers/*.yaml" }}
  {{- $_ := set $.constants "loadBalancers" (append $.constants.loadBalancers ($keys | toString | fromYaml)) }}
{{- end }}
{{- /* .Release is one map to all charts of a render, so that two aliases of this one know of each other's objects. */}}
{{- $identities := get .context.Release "externalServiceProxyIdentities" | default dict }}
{{- $_ := set .context.Release "externalServiceProxyIdentities" $identities }}
{{- $_ := set . "gate" (dict "identities" $identities "problems" list) }}
{{- $_ := set . "proxies" dict }}
{{- $_ := set . "gateways" dict }}
{{- include "external-service-proxy.effective.proxies" . }}
{{- include "external-service-proxy.effective.gateways" . }}
{{- range .proxies }}
  {{- include "external-service-proxy.effective.addresses" . }}
  {{- include "external-service-proxy.effective.ports" . }}
  {{- include "external-service-proxy.effective.sourceRanges" . }}
  {{- include "external-service-proxy.effective.service" . }}
  {{- include "external-service-proxy.effective.endpoints" . }}
  {{- include "external-service-proxy.effective.backend" . }}
  {{- include "external-service-proxy.effective.ingress" . }}
{{- end }}
{{- range .proxies }}
  {{- include "external-service-proxy.effective.routes" (list . $.proxies) }}
{{- end }}
{{- include "external-service-proxy.effective.httpPorts" . }}
{{- range .proxies }}
  {{- include "external-service-proxy.effective.appProtocols" . }}
  {{- include "external-service-proxy.effective.doors" . }}
  {{- include "external-service-proxy.effective.serviceAnnotations" . }}
{{- end }}
{{- include "external-service-proxy.effective.grants" . }}
{{- include "external-service-proxy.effective.readers" . }}
{{- end }}
