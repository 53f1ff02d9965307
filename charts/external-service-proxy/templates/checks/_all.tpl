{{- /*
Every rule that a schema can't express, by part of the values: a line a problem, all of them at once.
Takes (dict "context" $ "proxies" DICT "gateways" DICT "extraObjects" DICT "access" DICT), all effective; gives the lines, or nothing.
*/}}
{{- define "external-service-proxy.checks.all" -}}
{{- include "external-service-proxy.checks.root" . }}
{{- range $proxy := .proxies }}
  {{- include "external-service-proxy.checks.addresses" $proxy }}
  {{- include "external-service-proxy.checks.ports" $proxy }}
  {{- include "external-service-proxy.checks.sourceRanges" $proxy }}
  {{- include "external-service-proxy.checks.clusterRanges" $proxy }}
  {{- include "external-service-proxy.checks.platform" $proxy }}
  {{- include "external-service-proxy.checks.service" $proxy }}
  {{- include "external-service-proxy.checks.families" $proxy }}
  {{- include "external-service-proxy.checks.externalName" $proxy }}
  {{- include "external-service-proxy.checks.endpoints" $proxy }}
  {{- include "external-service-proxy.checks.dns" $proxy }}
  {{- include "external-service-proxy.checks.backend" $proxy }}
  {{- include "external-service-proxy.checks.ingress" $proxy }}
  {{- include "external-service-proxy.checks.routes" $proxy }}
  {{- include "external-service-proxy.checks.doors" $proxy }}
{{- end }}
{{- include "external-service-proxy.checks.nodePorts" . }}
{{- include "external-service-proxy.checks.backendRefs" . }}
{{- include "external-service-proxy.checks.routeParents" . }}
{{- include "external-service-proxy.checks.routeListeners" . }}
{{- include "external-service-proxy.checks.controllers" . }}
{{- include "external-service-proxy.checks.closedRoutes" . }}
{{- include "external-service-proxy.checks.hosts" . }}
{{- include "external-service-proxy.checks.gateways" . }}
{{- include "external-service-proxy.checks.extraObjects" . }}
{{- include "external-service-proxy.checks.access" . }}
{{- end }}
