{{- /*
The enabled proxies with `defaults` under each, and the fixed defaults under those.
Takes (dict "context" $ "constants" DICT "nulls" BOOL "proxies" DICT); fills the last, each proxy the values' fields and
  {section, key (where it stands in the values), name (of its Service), written (by the values), platform, platformName,
   context, constants}
Writes nothing.
*/}}
{{- define "external-service-proxy.effective.proxies" -}}
{{- $context := .context }}
{{- range $key, $values := $context.Values.proxies }}
  {{- $written := dict }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $written "from" $context.Values.defaults) }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $written "from" $values) }}
  {{- if $.nulls }}
    {{- $clean := dict "of" $written }}
    {{- include "external-service-proxy.lib.withoutNulls" $clean }}
    {{- $written = $clean.gives }}
  {{- end }}
  {{- $proxy := deepCopy $.constants.defaults }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $proxy "from" $written) }}
  {{- if and $proxy.enabled (not (kindIs "invalid" $values)) }}
    {{- $_ := set $proxy "section" "proxies" }}
    {{- $_ := set $proxy "key" $key }}
    {{- $_ := set $proxy "name" (print ($context.Values.namePrefix | default "") $key) }}
    {{- $_ := set $proxy "written" $written }}
    {{- $_ := set $proxy "context" $context }}
    {{- $_ := set $proxy "constants" $.constants }}
    {{- $_ := set $proxy "platformName" (include "external-service-proxy.effective.platform" $proxy) }}
    {{- $_ := set $proxy "platform" (get $.constants.platforms $proxy.platformName) }}
    {{- $_ := set $.proxies $key $proxy }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Whose load balancers a proxy's are: as the values say of its loadBalancerClass, as the class's maker says, or as of all.
Takes a proxy with context and constants; gives a platform's name.
*/}}
{{- define "external-service-proxy.effective.platform" -}}
{{- $values := .context.Values }}
{{- $class := .service.loadBalancerClass }}
{{- $known := "" }}
{{- range $name, $platform := .constants.platforms }}
  {{- if has $class ($platform.classes | default list) }}{{ $known = $name }}{{ end }}
{{- end }}
{{- get ($values.loadBalancerClasses | default dict) $class | default $known | default $values.platform | default "generic" }}
{{- end }}

{{- /*
Each address as {ip, ready, zone, nodeName, family}; and those that are ready: a drained one is left out of all objects,
since some consumers send to an only endpoint that is not ready.
Takes a proxy; completes its addresses, adds addressFamilies and readyAddresses. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.addresses" -}}
{{- $addresses := list }}
{{- $ready := list }}
{{- $families := list }}
{{- range .addresses }}
  {{- $address := deepCopy $.constants.itemDefaults.address }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $address "from" (ternary (dict "ip" .) . (kindIs "string" .))) }}
  {{- $_ := set $address "family" (include "external-service-proxy.lib.ip.family" $address.ip) }}
  {{- $addresses = append $addresses $address }}
  {{- if $address.ready }}{{ $ready = append $ready $address }}{{ end }}
  {{- $families = append $families $address.family }}
{{- end }}
{{- $_ := set . "addresses" $addresses }}
{{- $_ := set . "readyAddresses" $ready }}
{{- $_ := set . "addressFamilies" ($families | uniq | sortAlpha) }}
{{- end }}

{{- /*
Each port with its defaults, the names of those of each protocol, and the numbers that several protocols share.
Takes a proxy; completes its ports, adds portNames, {TCP, UDP}, and sharedNumbers. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.ports" -}}
{{- $names := dict "TCP" list "UDP" list }}
{{- $numbers := list }}
{{- $shared := list }}
{{- range $name, $written := .ports }}
  {{- $port := deepCopy $.constants.itemDefaults.port }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $port "from" $written) }}
  {{- if not (hasKey $port "targetPort") }}{{ $_ := set $port "targetPort" $port.port }}{{ end }}
  {{- $_ := set $.ports $name $port }}
  {{- $_ := set $names $port.protocol (append (get $names $port.protocol | default list) $name) }}
  {{- if has $port.port $numbers }}{{ $shared = append $shared $port.port }}{{ end }}
  {{- $numbers = append $numbers $port.port }}
{{- end }}
{{- $_ := set . "portNames" $names }}
{{- $_ := set . "sharedNumbers" (uniq $shared) }}
{{- end }}

{{- /*
Whether sourceRanges let anyone in, which each family needs a word of its own for, and whether there is a list to hold.
Takes a proxy; adds anyone and held. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.sourceRanges" -}}
{{- $_ := set . "anyone" (and (has "0.0.0.0/0" .sourceRanges) (has "::/0" .sourceRanges)) }}
{{- $_ := set . "held" (and (not (empty .sourceRanges)) (not .anyone)) }}
{{- end }}

{{- /*
What the values leave open of the Service: type, inCluster, policies, node ports, families; and its list, which is of the
families that its load balancer takes ranges of, since the others are for the proxy's other doors.
Takes a proxy; completes its service, adds to it
  nodePorts              open, closed, or nothing where its type has none
  internalTrafficPolicy  or nothing where it has no ClusterIP
  rangeFamilies, sourceRanges
Writes nothing.
*/}}
{{- define "external-service-proxy.effective.service" -}}
{{- $service := .service }}
{{- $written := .written.service | default dict }}
{{- if and .externalName (not (hasKey $written "type")) }}{{ $_ := set $service "type" "ExternalName" }}{{ end }}
{{- if not (hasKey $service "inCluster") }}
  {{- $_ := set $service "inCluster" (or (eq $service.type "NodePort") (and (eq $service.type "ClusterIP") (not .held))) }}
{{- end }}
{{- if not (hasKey $service "allocateLoadBalancerNodePorts") }}
  {{- $_ := set $service "allocateLoadBalancerNodePorts" .platform.nodePorts }}
{{- end }}
{{- $nodePorts := "" }}
{{- if eq $service.type "NodePort" }}
  {{- $nodePorts = "open" }}
{{- else if eq $service.type "LoadBalancer" }}
  {{- $nodePorts = ternary "open" "closed" $service.allocateLoadBalancerNodePorts }}
{{- end }}
{{- $_ := set $service "nodePorts" $nodePorts }}
{{- if and $nodePorts (not $service.externalTrafficPolicy) }}{{ $_ := set $service "externalTrafficPolicy" "Cluster" }}{{ end }}
{{- $direct := or (eq $service.type "ExternalName") (eq $service.clusterIP "None") }}
{{- $_ := set $service "internalTrafficPolicy" (ternary "" (ternary "Cluster" "Local" $service.inCluster) $direct) }}
{{- if not (hasKey $service "ipFamilies") }}{{ $_ := set $service "ipFamilies" .addressFamilies }}{{ end }}
{{- if not (hasKey $service "ipFamilyPolicy") }}
  {{- $_ := set $service "ipFamilyPolicy" (ternary "PreferDualStack" "SingleStack" (gt (len $service.ipFamilies) 1)) }}
{{- end }}
{{- $families := list "IPv4" "IPv6" }}
{{- with .platform.rangeFamilies }}
  {{- if ne . "all" }}{{ $families = ternary (list .) $service.ipFamilies (hasPrefix "IPv" .) }}{{ end }}
{{- end }}
{{- $_ := set $service "rangeFamilies" $families }}
{{- $ranges := list }}
{{- range .sourceRanges }}
  {{- if has (include "external-service-proxy.lib.ip.family" .) $families }}{{ $ranges = append $ranges . }}{{ end }}
{{- end }}
{{- $_ := set $service "sourceRanges" $ranges }}
{{- end }}

{{- /*
Whether App2 is spoken to by TLS, and what its certificate is verified by.
Takes a proxy; adds to backend.tls enabled, name (that the certificate must have) and ca, {kind, name} or nothing for the
system's. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.backend" -}}
{{- $tls := .backend.tls }}
{{- $_ := set $tls "enabled" (has .backend.protocol (list "https" "grpcs")) }}
{{- $_ := set $tls "name" ($tls.serverName | default .backend.host) }}
{{- $ca := dict }}
{{- with $tls.caSecret }}{{ $ca = dict "kind" "Secret" "name" . }}{{ end }}
{{- with $tls.caConfigMap }}{{ $ca = dict "kind" "ConfigMap" "name" . }}{{ end }}
{{- $_ := set $tls "ca" $ca }}
{{- end }}

{{- /*
The objects that say where the Service leads, by endpoints.kind: slices of one family each, of at most 1000 addresses
(the API's limit); or Endpoints of the same name, never beside slices: traffic would go to the union. None of an
ExternalName.
Takes a proxy with service; adds slices, a list of {name, family, addresses}, and endpoints.addresses; and to each
address hints, where its traffic is to stay near. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.endpoints" -}}
{{- $proxy := . }}
{{- $near := .service.trafficDistribution | default "" }}
{{- range .readyAddresses }}
  {{- if eq $near "PreferSameNode" }}
    {{- $_ := set . "hints" (dict "forNodes" (list (dict "name" .nodeName))) }}
  {{- else if $near }}
    {{- $_ := set . "hints" (dict "forZones" (list (dict "name" .zone))) }}
  {{- end }}
{{- end }}
{{- $leadsTo := ternary list .readyAddresses (eq .service.type "ExternalName") }}
{{- $sliced := eq .endpoints.kind "EndpointSlice" }}
{{- $slices := list }}
{{- range $family := ternary .addressFamilies list $sliced }}
  {{- $addresses := list }}
  {{- range $leadsTo }}
    {{- if eq .family $family }}{{ $addresses = append $addresses . }}{{ end }}
  {{- end }}
  {{- range $index, $some := chunk 1000 $addresses }}
    {{- $name := include "external-service-proxy.lib.numbered" (list (printf "%s-%s" $proxy.name (lower $family)) "-" $index) }}
    {{- $slices = append $slices (dict "name" $name "family" $family "addresses" $some) }}
  {{- end }}
{{- end }}
{{- $_ := set . "slices" $slices }}
{{- $_ := set .endpoints "addresses" (ternary list $leadsTo $sliced) }}
{{- end }}

{{- /*
What the values leave open of the Ingress: whether there is one, its paths, its port, its certificates.
Takes a proxy with portNames; completes its ingress. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.ingress" -}}
{{- $ingress := .ingress }}
{{- if not (hasKey $ingress "enabled") }}{{ $_ := set $ingress "enabled" (not (empty $ingress.hosts)) }}{{ end }}
{{- $paths := list }}
{{- range $ingress.paths }}
  {{- $path := deepCopy $.constants.itemDefaults.path }}
  {{- include "external-service-proxy.lib.merge" (dict "into" $path "from" .) }}
  {{- $paths = append $paths $path }}
{{- end }}
{{- $_ := set $ingress "paths" $paths }}
{{- if and (not $ingress.port) (eq (len .portNames.TCP) 1) }}{{ $_ := set $ingress "port" (first .portNames.TCP) }}{{ end }}
{{- $tls := $ingress.tls }}
{{- if not (hasKey $tls "enabled") }}
  {{- $_ := set $tls "enabled" (not (empty (or $tls.issuer.name $tls.secretName $tls.certificates))) }}
{{- end }}
{{- if not $tls.secretName }}{{ $_ := set $tls "secretName" (printf "%s-tls" .name) }}{{ end }}
{{- if not $tls.enabled }}
  {{- $_ := set $tls "certificates" list }}
  {{- $_ := set $tls "issuer" (dict "name" "") }}
{{- else if not $tls.certificates }}
  {{- $_ := set $tls "certificates" (list (dict "secretName" $tls.secretName "hosts" $ingress.hosts)) }}
{{- end }}
{{- end }}

{{- /*
What a Gateway's controller reads for HTTP/2 without TLS (GEP-1911), on the ports that a route speaks it to.
Takes a proxy with httpPorts; completes its ports' appProtocol. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.appProtocols" -}}
{{- if has .backend.protocol (list "h2c" "grpc") }}
  {{- range .httpPorts }}
    {{- $port := get $.ports . }}
    {{- if and $port (not $port.appProtocol) }}{{ $_ := set $port "appProtocol" "kubernetes.io/h2c" }}{{ end }}
  {{- end }}
{{- end }}
{{- end }}
