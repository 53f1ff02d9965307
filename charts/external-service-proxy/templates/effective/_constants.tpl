{{- /*
What is the same for all proxies and gateways, read once.
Takes (dict "context" $); adds constants to it, {defaults, itemDefaults, kinds, limits, platforms, presets, loadBalancers,
everywhere, bystanders, harmlessKinds (as declared), classes (loadBalancerClass → platform), noIngress (of a proxy that writes none),
labels (the text of an object's, as lib.gate.labelsText gives it: plain, and a slice's), ranges (what
checks.sourceRanges.read says of each)}. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.constants" -}}
{{- $context := .context }}
{{- $files := $context.Files }}
{{- $platforms := include "external-service-proxy.lib.platforms" . | fromYaml }}
{{- $classes := dict }}
{{- range $name, $platform := $platforms }}
  {{- $_ := set . "name" $name }}
  {{- range .classes }}{{ $_ := set $classes . $name }}{{ end }}
{{- end }}
{{- range $class, $platform := $context.Values.loadBalancerClasses }}{{ $_ := set $classes $class $platform }}{{ end }}
{{- $presets := dict }}
{{- range $path, $declaration := $files.Glob "controllers/*.yaml" }}
  {{- $_ := set $presets (base $path | trimSuffix ".yaml") ($declaration | toString | fromYaml) }}
{{- end }}
{{- $loadBalancers := list }}
{{- range $path, $keys := $files.Glob "load-balancers/*.yaml" }}
  {{- $loadBalancers = append $loadBalancers ($keys | toString | fromYaml) }}
{{- end }}
{{- $defaults := include "external-service-proxy.effective.defaults" . | fromYaml }}
{{- $_ := set . "constants" (dict
  "defaults" $defaults
  "noIngress" (merge (dict "enabled" false) $defaults.ingress)
  "itemDefaults" (include "external-service-proxy.effective.itemDefaults" . | fromYaml)
  "kinds" (include "external-service-proxy.lib.kinds" . | fromYaml)
  "limits" (include "external-service-proxy.lib.limits" . | fromYaml)
  "labels" (dict
    "slice" (include "external-service-proxy.lib.gate.labelsText" (list $context (dict
      "kubernetes.io/service-name" "<name>" "endpointslice.kubernetes.io/managed-by" "external-service-proxy")))
    "plain" (include "external-service-proxy.lib.gate.labelsText" (list $context dict)))
  "platforms" $platforms
  "classes" $classes
  "presets" $presets
  "loadBalancers" $loadBalancers
  "everywhere" ($files.Get "everywhere.yaml" | fromYaml)
  "bystanders" ($files.Get "bystanders.yaml" | fromYaml)
  "harmlessKinds" ($files.Get "harmless-kinds.yaml" | fromYaml)
  "ranges" dict) }}
{{- end }}
