{{- /*
Makes every enabled proxy effective: defaults merged under it, what the values leave open derived. At the root
null means "not written", as everywhere in Helm.
Takes (dict "context" $ "proxies" DICT); fills DICT: key of .Values.proxies → effective proxy, ready for the
checks and the objects. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.proxies" -}}
{{- $context := .context }}
{{- $all := .proxies }}
{{- range $key, $values := $context.Values.proxies }}
  {{- $written := dict }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $written "from" $context.Values.defaults) }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $written "from" $values) }}
  {{- $proxy := include "external-service-proxy.effective.defaults" $context | fromYaml }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $proxy "from" $written) }}
  {{- if $proxy.enabled }}
    {{- $_ := set $proxy "section" "proxies" }}
    {{- $_ := set $proxy "key" $key }}
    {{- $_ := set $proxy "name" (print ($context.Values.namePrefix | default "") $key) }}
    {{- $_ := set $proxy "written" $written }}
    {{- $_ := set $proxy "context" $context }}
    {{- $_ := set $proxy "platform"
      (get (include "external-service-proxy.lib.platforms" $context | fromYaml) ($context.Values.platform | default "generic")) }}
    {{- include "external-service-proxy.effective.items" $proxy }}
    {{- include "external-service-proxy.effective.service" $proxy }}
    {{- include "external-service-proxy.effective.ingress" $proxy }}
    {{- $_ := set $all $key $proxy }}
  {{- end }}
{{- end }}
{{- range $proxy := $all }}
  {{- include "external-service-proxy.effective.doors" (list $proxy $all) }}
{{- end }}
{{- end }}

{{- /*
Gives each address, port and path its defaults; an address becomes {ip, ready, family, …}.
Takes a proxy; changes its addresses, ports and ingress.paths, adds families and addressFamilies. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.items" -}}
{{- $defaults := include "external-service-proxy.effective.itemDefaults" .context | fromYaml }}
{{- $addresses := list }}
{{- $families := list }}
{{- range .addresses }}
  {{- $written := . }}
  {{- if kindIs "string" . }}{{ $written = dict "ip" . }}{{ end }}
  {{- $address := deepCopy $defaults.address }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $address "from" $written) }}
  {{- $family := include "external-service-proxy.lib.ip.family" $address.ip }}
  {{- $_ := set $address "family" $family }}
  {{- $addresses = append $addresses $address }}
  {{- $families = append $families $family }}
{{- end }}
{{- $_ := set . "addresses" $addresses }}
{{- $_ := set . "addressFamilies" ($families | uniq | sortAlpha) }}
{{- range $name, $written := .ports }}
  {{- $port := deepCopy $defaults.port }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $port "from" $written) }}
  {{- if not (hasKey $port "targetPort") }}{{ $_ := set $port "targetPort" $port.port }}{{ end }}
  {{- $_ := set $.ports $name $port }}
{{- end }}
{{- $paths := list }}
{{- range .ingress.paths }}
  {{- $path := deepCopy $defaults.path }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $path "from" .) }}
  {{- $paths = append $paths $path }}
{{- end }}
{{- $_ := set .ingress "paths" $paths }}
{{- end }}

{{- /*
Derives what the values leave open of the Service: type, node ports, inCluster, families.
Takes a proxy; completes its service. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.service" -}}
{{- $service := .service }}
{{- $written := .written.service | default dict }}
{{- if and .externalName (not (hasKey $written "type")) }}{{ $_ := set $service "type" "ExternalName" }}{{ end }}
{{- if not (hasKey $service "inCluster") }}
  {{- $_ := set $service "inCluster" (has $service.type (list "ClusterIP" "NodePort")) }}
{{- end }}
{{- if not (hasKey $service "allocateLoadBalancerNodePorts") }}
  {{- $_ := set $service "allocateLoadBalancerNodePorts" .platform.nodePorts }}
{{- end }}
{{- if not (hasKey $service "ipFamilies") }}{{ $_ := set $service "ipFamilies" .addressFamilies }}{{ end }}
{{- if not (hasKey $service "ipFamilyPolicy") }}
  {{- $_ := set $service "ipFamilyPolicy" (ternary "PreferDualStack" "SingleStack" (gt (len $service.ipFamilies) 1)) }}
{{- end }}
{{- $_ := set . "anyone" (or (has "0.0.0.0/0" .sourceRanges) (has "::/0" .sourceRanges)) }}
{{- end }}

{{- /*
Derives what the values leave open of the Ingress: whether there is one, its port, its certificates.
Takes a proxy; completes its ingress. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.ingress" -}}
{{- $ingress := .ingress }}
{{- if not (hasKey $ingress "enabled") }}{{ $_ := set $ingress "enabled" (not (empty $ingress.hosts)) }}{{ end }}
{{- $tcp := list }}
{{- range $name, $port := .ports }}
  {{- if eq $port.protocol "TCP" }}{{ $tcp = append $tcp $name }}{{ end }}
{{- end }}
{{- $_ := set . "tcpPorts" $tcp }}
{{- if and (not $ingress.port) (eq (len $tcp) 1) }}{{ $_ := set $ingress "port" (first $tcp) }}{{ end }}
{{- $tls := $ingress.tls }}
{{- if not (hasKey $tls "enabled") }}
  {{- $_ := set $tls "enabled" (not (empty (or $tls.issuer.name $tls.secretName $tls.certificates))) }}
{{- end }}
{{- if not $tls.secretName }}{{ $_ := set $tls "secretName" (printf "%s-tls" .name) }}{{ end }}
{{- if not $tls.enabled }}{{ $_ := set $tls "certificates" list }}
{{- else if not $tls.certificates }}{{ $_ := set $tls "certificates" (list (dict "secretName" $tls.secretName "hosts" $ingress.hosts)) }}
{{- end }}
{{- end }}
