{{- /*
Every rule that a schema can't express, by part of the values: a line a problem, all of them at once. What can go wrong
only where a part is written is not looked for elsewhere.
Takes (dict "context" $ "proxies" DICT "leading" DICT "gateways" DICT "extraObjects" DICT "access" DICT), all effective; gives the
lines, or nothing.
*/}}
{{- define "external-service-proxy.checks.all" -}}
{{- template "external-service-proxy.checks.root" . }}
{{- range $proxy := .proxies }}
  {{- template "external-service-proxy.checks.addresses" $proxy }}
  {{- template "external-service-proxy.checks.ports" $proxy }}
  {{- template "external-service-proxy.checks.sourceRanges" $proxy }}
  {{- template "external-service-proxy.checks.clusterRanges" $proxy }}
  {{- template "external-service-proxy.checks.platform" $proxy }}
  {{- template "external-service-proxy.checks.service" $proxy }}
  {{- with .written.service }}
    {{- if or .ipFamilies .ipFamilyPolicy .clusterIP }}{{ template "external-service-proxy.checks.families" $proxy }}{{ end }}
  {{- end }}
  {{- if or .externalName (eq .service.type "ExternalName") }}
    {{- template "external-service-proxy.checks.externalName" $proxy }}
  {{- end }}
  {{- if .written.endpoints }}{{ template "external-service-proxy.checks.endpoints" $proxy }}{{ end }}
  {{- if .written.dns }}{{ template "external-service-proxy.checks.dns" $proxy }}{{ end }}
  {{- if .written.backend }}{{ template "external-service-proxy.checks.backend" $proxy }}{{ end }}
  {{- if .written.ingress }}{{ template "external-service-proxy.checks.ingress" $proxy }}{{ end }}
  {{- if .written.routes }}{{ template "external-service-proxy.checks.routes" $proxy }}{{ end }}
  {{- if .doors }}{{ template "external-service-proxy.checks.doors" $proxy }}{{ end }}
{{- end }}
{{- template "external-service-proxy.checks.nodePorts" . }}
{{- template "external-service-proxy.checks.backendRefs" . }}
{{- template "external-service-proxy.checks.routeParents" . }}
{{- template "external-service-proxy.checks.routeListeners" . }}
{{- template "external-service-proxy.checks.controllers" . }}
{{- template "external-service-proxy.checks.closedRoutes" . }}
{{- template "external-service-proxy.checks.hosts" . }}
{{- template "external-service-proxy.checks.gateways" . }}
{{- template "external-service-proxy.checks.extraObjects" . }}
{{- template "external-service-proxy.checks.access" . }}
{{- end }}
