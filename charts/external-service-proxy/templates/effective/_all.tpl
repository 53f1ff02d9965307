{{- /*
The effective values, made by whichever of the chart's files is rendered first: all of them are given one and the same context.
Takes the context; adds externalServiceProxy to it, as effective.all has it. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.once" -}}
{{- if not (hasKey . "externalServiceProxy") }}
  {{- $model := dict "context" . }}
  {{- template "external-service-proxy.effective.all" $model }}
  {{- $_ := set . "externalServiceProxy" $model }}
{{- end }}
{{- end }}

{{- /*
Values → effective proxies and gateways, ready for the checks and the objects. Each step says what it adds, and adds only that;
since what proxies have in common is one dict to all of them, it sets nothing into a dict that it didn't make or copy (`omit`
copies).
Takes (dict "context" $); adds to it
  nulls      whether the values may hold any; the context is then one without
  constants  what is the same for all: {defaults, itemDefaults, kinds, limits, platforms, presets,
             loadBalancers, everywhere, bystanders, harmlessKinds}, read once
  proxies    key of .Values.proxies → effective proxy
  leading    the same, of those that have doors or routes
  named      the same, of those that host names lead to, or annotations may
  gateways   key of .Values.gateways → effective gateway
  access     what .Values.access says, empty where it says nothing
  extraObjects  key of .Values.extraObjects → extra object
  grants     key of a proxy → the routes of other namespaces that lead to it
  release    what this chart's aliases in one release know of each other, a dict each: {identities, hosts, clusterIPs, nodePorts,
             servers, secrets}
  gate       what lib.gate notes of the objects: {identities, problems, chart (what it calls this one before others)}
Writes nothing.
*/}}
{{- define "external-service-proxy.effective.all" -}}
{{- template "external-service-proxy.effective.nulls" . }}
{{- template "external-service-proxy.effective.constants" . }}
{{- /* .Release is one map to all charts of a render, of which another may copy or print it: so nothing in it leads back to it. */}}
{{- $release := get .context.Release "externalServiceProxy" | default dict }}
{{- if not $release }}
  {{- range list "identities" "hosts" "clusterIPs" "nodePorts" "servers" "secrets" }}{{ $_ := set $release . dict }}{{ end }}
  {{- $_ := set .context.Release "externalServiceProxy" $release }}
{{- end }}
{{- $_ := set . "release" $release }}
{{- $chart := include "external-service-proxy.lib.alias" .context }}
{{- $_ := set . "gate" (dict "identities" $release.identities "problems" list "chart" $chart) }}
{{- $_ := set . "proxies" dict }}
{{- $_ := set . "leading" dict }}
{{- $_ := set . "named" dict }}
{{- $_ := set . "gateways" dict }}
{{- $_ := set . "extraObjects" dict }}
{{- $_ := set . "access" dict }}
{{- template "external-service-proxy.effective.proxies" . }}
{{- template "external-service-proxy.effective.gateways" . }}
{{- template "external-service-proxy.effective.extraObjects" . }}
{{- template "external-service-proxy.effective.access" . }}
{{- range .leading }}
  {{- template "external-service-proxy.effective.routes" (list . $.proxies) }}
{{- end }}
{{- template "external-service-proxy.effective.httpPorts" . }}
{{- range .leading }}
  {{- template "external-service-proxy.effective.doors" . }}
{{- end }}
{{- template "external-service-proxy.effective.grants" . }}
{{- template "external-service-proxy.effective.readers" . }}
{{- end }}
