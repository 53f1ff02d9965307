{{- /*
Every rule that a schema can't express, by part of the values: a line a problem, all of them at once. What can go wrong
only where a part is written is not looked for elsewhere.
Takes (dict "context" $ "proxies" DICT "leading" DICT "named" DICT "gateways" DICT "extraObjects" DICT "access" DICT), all
effective; gives the lines, or nothing.
*/}}
{{- define "external-service-proxy.checks.all" -}}
{{- template "external-service-proxy.checks.root" . }}
{{- range $proxy := .proxies }}
  {{- template "external-service-proxy.checks.addresses" $proxy }}
  {{- if hasKey . "shape" }}
    {{- template "external-service-proxy.checks.shape" $proxy }}
  {{- else }}
    {{- template "external-service-proxy.checks.shape.each" $proxy }}
  {{- end }}
  {{- with .written }}
    {{- if .dns }}{{ template "external-service-proxy.checks.dns" $proxy }}{{ end }}
    {{- if .backend }}{{ template "external-service-proxy.checks.backend" $proxy }}{{ end }}
    {{- if .ingress }}{{ template "external-service-proxy.checks.ingress" $proxy }}{{ end }}
    {{- if .routes }}{{ template "external-service-proxy.checks.routes" $proxy }}{{ end }}
  {{- end }}
  {{- if .doors }}{{ template "external-service-proxy.checks.doors" $proxy }}{{ end }}
{{- end }}
{{- template "external-service-proxy.checks.nodePorts" . }}
{{- template "external-service-proxy.checks.clusterIPs" . }}
{{- template "external-service-proxy.checks.backendRefs" . }}
{{- template "external-service-proxy.checks.routeParents" . }}
{{- template "external-service-proxy.checks.routeListeners" . }}
{{- template "external-service-proxy.checks.controllers" . }}
{{- template "external-service-proxy.checks.closedRoutes" . }}
{{- template "external-service-proxy.checks.hosts" . }}
{{- template "external-service-proxy.checks.certificates" . }}
{{- template "external-service-proxy.checks.gateways" . }}
{{- template "external-service-proxy.checks.extraObjects" . }}
{{- template "external-service-proxy.checks.access" . }}
{{- end }}

{{- /*
What is judged once for all proxies of one shape: with nothing at hand but what they have in common, so that no more can be
judged. Only where that finds a problem, each is judged itself, for words with its own path.
Takes a proxy with shape; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.shape" -}}
{{- $waits := "" }}
{{- $led := "" }}
{{- if or .doors .routed .ledTo (hasKey .written "ingress") }}
  {{- $waits = include "external-service-proxy.checks.sourceRanges.wait" . }}
  {{- $led = print (empty .doors) (empty .routed) .ingress.enabled $waits }}
{{- end }}
{{- if not (hasKey .shape $led) }}
  {{- $common := pick . "externalName" "ports" "portNames" "sourceRanges" "loadBalancerSourceRanges" "anyone" "held" "allowClusterSources"
    "service" "platform" "addressFamilies" "endpoints" "context" "constants" }}
  {{- $addresses := list }}
  {{- range .addresses }}{{ $addresses = append $addresses (omit . "ip" "name") }}{{ end }}
  {{- $_ := set $common "addresses" $addresses }}
  {{- $_ := set $common "written" (omit .written "addresses" "dns" "ingress" "routes") }}
  {{- $_ := set $common "doors" (not (empty .doors)) }}
  {{- $_ := set $common "routed" .routed }}
  {{- $_ := set $common "ledTo" $waits }}
  {{- $_ := set $common "ingress" (dict "enabled" .ingress.enabled) }}
  {{- $_ := set .shape $led (include "external-service-proxy.checks.shape.each" $common | empty) }}
{{- end }}
{{- if not (get .shape $led) }}{{ template "external-service-proxy.checks.shape.each" . }}{{ end }}
{{- end }}

{{- /*
Takes a proxy, or what those of its shape have in common; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.shape.each" -}}
{{- template "external-service-proxy.checks.ports" . }}
{{- template "external-service-proxy.checks.sourceRanges" . }}
{{- template "external-service-proxy.checks.clusterRanges" . }}
{{- template "external-service-proxy.checks.platform" . }}
{{- template "external-service-proxy.checks.service" . }}
{{- $proxy := . }}
{{- with .written.service }}
  {{- if or .ipFamilies .ipFamilyPolicy .clusterIP }}{{ template "external-service-proxy.checks.families" $proxy }}{{ end }}
{{- end }}
{{- if or .externalName (eq .service.type "ExternalName") }}{{ template "external-service-proxy.checks.externalName" . }}{{ end }}
{{- if .written.endpoints }}{{ template "external-service-proxy.checks.endpoints" . }}{{ end }}
{{- end }}
