{{- /*
The enabled proxies with `defaults` under each, and the fixed defaults under those.
Takes (dict "context" $ "constants" DICT "nulls" BOOL "gate" DICT "proxies" DICT "leading" DICT); fills the last two, each
proxy the values' fields and
  {section, key (where it stands in the values), name (of its Service), label (the same as YAML), written (by the values),
   platform, context, constants, gate}
with all that follows from itself alone. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.proxies" -}}
{{- $values := .context.Values }}
{{- $prefix := $values.namePrefix | default "" }}
{{- $common := merge (dict "section" "proxies" "context" .context "constants" .constants "gate" .gate) .constants.defaults }}
{{- template "external-service-proxy.effective.backend" $common }}
{{- range $key, $own := $values.proxies }}
  {{- $proxy := omit $common }}
  {{- $written := $own }}
  {{- if $values.defaults }}
    {{- $written = omit $values.defaults }}
    {{- template "external-service-proxy.lib.merge" (dict "into" $written "from" $own) }}
  {{- end }}
  {{- if $.nulls }}
    {{- $clean := dict "of" $written }}
    {{- template "external-service-proxy.lib.withoutNulls" $clean }}
    {{- $written = $clean.gives }}
  {{- end }}
  {{- template "external-service-proxy.lib.merge" (dict "into" $proxy "from" $written) }}
  {{- if and $proxy.enabled (not (kindIs "invalid" $own)) }}
    {{- $_ := set $proxy "key" $key }}
    {{- $name := print $prefix $key }}
    {{- $_ := set $proxy "name" $name }}
    {{- $_ := set $proxy "label" (include "external-service-proxy.lib.label" $name) }}
    {{- $_ := set $proxy "written" $written }}
    {{- template "external-service-proxy.effective.proxy" $proxy }}
    {{- $_ := set $.proxies $key $proxy }}
    {{- if or $proxy.ingress.enabled $proxy.routes }}{{ $_ := set $.leading $key $proxy }}{{ end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
What follows from a proxy itself, a step after another.
Takes a proxy; adds what each step says. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.proxy" -}}
{{- template "external-service-proxy.effective.platform" . }}
{{- template "external-service-proxy.effective.addresses" . }}
{{- template "external-service-proxy.effective.ports" . }}
{{- template "external-service-proxy.effective.sourceRanges" . }}
{{- template "external-service-proxy.effective.service" . }}
{{- template "external-service-proxy.effective.endpoints" . }}
{{- if hasKey .written "backend" }}
  {{- template "external-service-proxy.effective.backend" . }}
{{- end }}
{{- if hasKey .written "ingress" }}
  {{- template "external-service-proxy.effective.ingress" . }}
{{- else }}
  {{- $_ := set . "ingress" .constants.noIngress }}
{{- end }}
{{- end }}

{{- /*
Whose load balancers a proxy's are: as the values say of its loadBalancerClass, as the class's maker says, or as of all.
Takes a proxy with context and constants; adds platform. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.platform" -}}
{{- $name := .context.Values.platform | default "generic" }}
{{- with .service.loadBalancerClass }}
  {{- $name = get $.constants.classes . | default $name }}
{{- end }}
{{- $_ := set . "platform" (get .constants.platforms $name) }}
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
  {{- $address := omit $.constants.itemDefaults.address }}
  {{- if kindIs "string" . }}
    {{- $_ := set $address "ip" . }}
  {{- else }}
    {{- template "external-service-proxy.lib.merge" (dict "into" $address "from" .) }}
  {{- end }}
  {{- $family := ternary "IPv6" "IPv4" (contains ":" $address.ip) }}
  {{- $_ := set $address "family" $family }}
  {{- $addresses = append $addresses $address }}
  {{- if $address.ready }}{{ $ready = append $ready $address }}{{ end }}
  {{- if not (has $family $families) }}{{ $families = append $families $family }}{{ end }}
{{- end }}
{{- $_ := set . "addresses" $addresses }}
{{- $_ := set . "readyAddresses" $ready }}
{{- $_ := set . "addressFamilies" $families }}
{{- end }}

{{- /*
Each port with its defaults, the names of those of each protocol, and the numbers that several protocols share.
Takes a proxy; completes its ports, adds portNames, {TCP, UDP}, and sharedNumbers where there are any. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.ports" -}}
{{- $ports := dict }}
{{- $names := dict "TCP" list "UDP" list }}
{{- $numbers := list }}
{{- $shared := list }}
{{- range $name, $written := .ports }}
  {{- $port := omit $.constants.itemDefaults.port }}
  {{- template "external-service-proxy.lib.merge" (dict "into" $port "from" $written) }}
  {{- if not (hasKey $port "targetPort") }}{{ $_ := set $port "targetPort" $port.port }}{{ end }}
  {{- $_ := set $ports $name $port }}
  {{- $_ := set $names $port.protocol (append (get $names $port.protocol | default list) $name) }}
  {{- if has $port.port $numbers }}{{ $shared = append $shared $port.port }}{{ end }}
  {{- $numbers = append $numbers $port.port }}
{{- end }}
{{- $_ := set . "ports" $ports }}
{{- $_ := set . "portNames" $names }}
{{- with $shared }}{{ $_ := set $ "sharedNumbers" (uniq .) }}{{ end }}
{{- end }}

{{- /*
Whether sourceRanges let anyone in, which each family needs a word of its own for, and whether there is a list to hold.
Takes a proxy; adds anyone and held. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.sourceRanges" -}}
{{- $anyone := and (has "0.0.0.0/0" .sourceRanges) (has "::/0" .sourceRanges) }}
{{- $_ := set . "anyone" $anyone }}
{{- $_ := set . "held" (not (or $anyone (empty .sourceRanges))) }}
{{- end }}

{{- /*
What the values leave open of the Service: type, inCluster, policies, node ports, families; its list, which is of the families
that its load balancer takes ranges of, since the others are for the proxy's other doors; and what its platform is told.
Takes a proxy; completes its service, adds to it
  nodePorts              open, closed, or nothing where its type has none
  internalTrafficPolicy  or nothing where it has no ClusterIP
  rangeFamilies, sourceRanges
  presetAnnotations      a dict
Writes nothing.
*/}}
{{- define "external-service-proxy.effective.service" -}}
{{- $service := omit .service }}
{{- $_ := set . "service" $service }}
{{- $written := .written.service | default dict }}
{{- if and .externalName (not (hasKey $written "type")) }}{{ $_ := set $service "type" "ExternalName" }}{{ end }}
{{- $type := $service.type }}
{{- if not (hasKey $service "inCluster") }}
  {{- $_ := set $service "inCluster" (or (eq $type "NodePort") (and (eq $type "ClusterIP") (not .held))) }}
{{- end }}
{{- if not (hasKey $service "allocateLoadBalancerNodePorts") }}
  {{- $_ := set $service "allocateLoadBalancerNodePorts" (ne .platform.nodePorts "none") }}
{{- end }}
{{- $nodePorts := "" }}
{{- if eq $type "NodePort" }}
  {{- $nodePorts = "open" }}
{{- else if eq $type "LoadBalancer" }}
  {{- $nodePorts = ternary "open" "closed" $service.allocateLoadBalancerNodePorts }}
{{- end }}
{{- $_ := set $service "nodePorts" $nodePorts }}
{{- if and $nodePorts (not $service.externalTrafficPolicy) }}{{ $_ := set $service "externalTrafficPolicy" "Cluster" }}{{ end }}
{{- $direct := or (eq $type "ExternalName") (eq $service.clusterIP "None") }}
{{- $_ := set $service "internalTrafficPolicy" (ternary "" (ternary "Cluster" "Local" $service.inCluster) $direct) }}
{{- if not (hasKey $service "ipFamilies") }}{{ $_ := set $service "ipFamilies" .addressFamilies }}{{ end }}
{{- if not (hasKey $service "ipFamilyPolicy") }}
  {{- $_ := set $service "ipFamilyPolicy" (ternary "PreferDualStack" "SingleStack" (gt (len $service.ipFamilies) 1)) }}
{{- end }}
{{- template "external-service-proxy.effective.service.ranges" . }}
{{- $annotations := dict }}
{{- if eq $type "LoadBalancer" }}
  {{- with .platform.annotations }}{{ $annotations = . }}{{ end }}
  {{- if and .platform.dualStack (has "IPv6" $service.ipFamilies) }}
    {{- $annotations = merge (dict) $annotations .platform.dualStack }}
  {{- end }}
  {{- if and .platform.alone (not (or $service.inCluster $service.allocateLoadBalancerNodePorts)) }}
    {{- $annotations = merge (dict) $annotations .platform.alone }}
  {{- end }}
{{- end }}
{{- $_ := set $service "presetAnnotations" $annotations }}
{{- end }}

{{- /*
The families that the load balancer takes ranges of, and those ranges.
Takes a proxy with a service of its own; adds rangeFamilies and sourceRanges to it. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.service.ranges" -}}
{{- $families := .platform.rangeFamilies }}
{{- $ranges := .sourceRanges }}
{{- if eq $families "all" }}
  {{- $families = list "IPv4" "IPv6" }}
{{- else }}
  {{- $families = ternary (list $families) .service.ipFamilies (hasPrefix "IPv" $families) }}
  {{- $ranges = list }}
  {{- range .sourceRanges }}
    {{- if has (ternary "IPv6" "IPv4" (contains ":" .)) $families }}{{ $ranges = append $ranges . }}{{ end }}
  {{- end }}
{{- end }}
{{- $_ := set .service "rangeFamilies" $families }}
{{- $_ := set .service "sourceRanges" $ranges }}
{{- end }}

{{- /*
Whether App2 is spoken to by TLS, and what its certificate is verified by.
Takes a proxy; adds to backend.tls enabled, name (that the certificate must have) and ca, {kind, name} or nothing for the
system's. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.backend" -}}
{{- $tls := omit .backend.tls }}
{{- $_ := set $tls "enabled" (has .backend.protocol (list "https" "grpcs")) }}
{{- $_ := set $tls "name" ($tls.serverName | default .backend.host) }}
{{- $ca := dict }}
{{- with $tls.caSecret }}{{ $ca = dict "kind" "Secret" "name" . }}{{ end }}
{{- with $tls.caConfigMap }}{{ $ca = dict "kind" "ConfigMap" "name" . }}{{ end }}
{{- $_ := set $tls "ca" $ca }}
{{- $backend := omit .backend }}
{{- $_ := set $backend "tls" $tls }}
{{- $_ := set . "backend" $backend }}
{{- end }}

{{- /*
The objects that say where the Service leads, by endpoints.kind: slices of one family each, of at most 1000 addresses
(the API's limit); or Endpoints of the same name, never beside slices: traffic would go to the union. None of an
ExternalName.
Takes a proxy with service; adds slices, a list of {name, family, addresses}, or endpointsAddresses; and to each
address hints, where its traffic is to stay near. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.endpoints" -}}
{{- $proxy := . }}
{{- with .service.trafficDistribution }}
  {{- $near := . }}
  {{- range $proxy.readyAddresses }}
    {{- if eq $near "PreferSameNode" }}
      {{- $_ := set . "hints" (dict "forNodes" (list (dict "name" .nodeName))) }}
    {{- else }}
      {{- $_ := set . "hints" (dict "forZones" (list (dict "name" .zone))) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- if eq .service.type "ExternalName" }}
{{- else if eq .endpoints.kind "Endpoints" }}
  {{- $_ := set . "endpointsAddresses" .readyAddresses }}
{{- else }}
  {{- $slices := list }}
  {{- range $family := .addressFamilies }}
    {{- $addresses := list }}
    {{- range $proxy.readyAddresses }}
      {{- if eq .family $family }}{{ $addresses = append $addresses . }}{{ end }}
    {{- end }}
    {{- $plain := printf "%s-%s" $proxy.name (lower $family) }}
    {{- range $index, $some := chunk 1000 $addresses }}
      {{- $name := $plain }}
      {{- if $index }}{{ $name = include "external-service-proxy.lib.numbered" (list $plain "-" $index) }}{{ end }}
      {{- $slices = append $slices (dict "name" $name "family" $family "addresses" $some) }}
    {{- end }}
  {{- end }}
  {{- $_ := set . "slices" $slices }}
{{- end }}
{{- end }}

{{- /*
What the values leave open of the Ingress: whether there is one, its paths, its port, its certificates.
Takes a proxy with portNames; completes its ingress. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.ingress" -}}
{{- $ingress := omit .ingress }}
{{- $_ := set . "ingress" $ingress }}
{{- if not (hasKey $ingress "enabled") }}{{ $_ := set $ingress "enabled" (not (empty $ingress.hosts)) }}{{ end }}
{{- $paths := list }}
{{- range $ingress.paths }}
  {{- $path := omit $.constants.itemDefaults.path }}
  {{- template "external-service-proxy.lib.merge" (dict "into" $path "from" .) }}
  {{- $paths = append $paths $path }}
{{- end }}
{{- $_ := set $ingress "paths" $paths }}
{{- if and (not $ingress.port) (eq (len .portNames.TCP) 1) }}{{ $_ := set $ingress "port" (first .portNames.TCP) }}{{ end }}
{{- $tls := omit $ingress.tls }}
{{- $_ := set $ingress "tls" $tls }}
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
