{{- /*
The enabled proxies with `defaults` under each, and the fixed defaults under those. Proxies that differ in no more than their key,
the IPs of their addresses, their names in DNS and what leads to them are of one shape: what follows from that is made for the
first, which is like any other, and for the second, and is one to it and to all later ones.
Takes (dict "context" $ "constants" DICT "nulls" BOOL "gate" DICT "proxies" DICT "leading" DICT "named" DICT); fills the last
three, each proxy the values' fields and
  {key (where it stands in the values), name (of its Service), label (the same as YAML), written (by the values),
   context, constants, gate, shape (of the second of its shape on: one dict, what later steps find of one of them for all), or base
   (of the others: the same of those that differ in ports and sourceRanges)}
with all that follows from itself alone. (Go's maps double at their 29th key, and these are copied for each proxy.) Writes nothing.
*/}}
{{- define "external-service-proxy.effective.proxies" -}}
{{- $values := .context.Values }}
{{- $prefix := $values.namePrefix | default "" }}
{{- $common := omit .constants.defaults "enabled" }}
{{- range $key := list "context" "constants" "gate" }}{{ $_ := set $common $key (get $ $key) }}{{ end }}
{{- $shapes := dict }}
{{- $bases := dict }}
{{- range $key, $own := $values.proxies }}
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
  {{- if and (not (kindIs "invalid" $own)) (ternary $written.enabled true (hasKey $written "enabled")) }}
    {{- $read := dict "of" $written.addresses "defaults" $.constants.itemDefaults.address }}
    {{- template "external-service-proxy.effective.addresses" $read }}
    {{- $shared := omit $written "addresses" "dns" "ingress" "routes" }}
    {{- $id := list $read.alike $shared | toJson }}
    {{- $proxy := get $shapes $id }}
    {{- if not $proxy }}
      {{- $proxy = dict "bases" $bases "common" $common "written" $shared "addressFamilies" $read.families "alike" $read.alike }}
      {{- template "external-service-proxy.effective.shape" $proxy }}
      {{- $proxy = $proxy.gives }}
      {{- if hasKey $shapes $id }}{{ $_ := set (unset $proxy "base") "shape" dict }}{{ end }}
      {{- $_ := set $shapes $id (ternary $proxy "" (hasKey $shapes $id)) }}
    {{- end }}
    {{- if hasKey $proxy "shape" }}{{ $proxy = omit $proxy }}{{ end }}
    {{- $_ := set $proxy "key" $key }}
    {{- $name := print $prefix $key }}
    {{- $_ := set $proxy "name" $name }}
    {{- $_ := set $proxy "label" (include "external-service-proxy.lib.label" $name) }}
    {{- $_ := set $proxy "written" $written }}
    {{- $_ := set $proxy "addresses" $read.addresses }}
    {{- $_ := set $proxy "readyAddresses" $read.ready }}
    {{- template "external-service-proxy.effective.proxy" $proxy }}
    {{- $_ := set $.proxies $key $proxy }}
    {{- $leads := or $proxy.ingress.enabled $proxy.routes }}
    {{- if $leads }}{{ $_ := set $.leading $key $proxy }}{{ end }}
    {{- if or $leads $proxy.dns.hostnames $proxy.service.annotations }}{{ $_ := set $.named $key $proxy }}{{ end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
What follows from the shape of a proxy. All but its ports and sourceRanges is made once for the proxies that differ in no more than
those, and in whether there is a list to hold.
Takes (dict "bases" DICT "common" DICT "written" DICT "addressFamilies" LIST "alike" LIST), the first what was made for others, the
second what all proxies begin with; adds to the first, and gives, a proxy with neither key nor addresses. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.shape" -}}
{{- $ranges := dict "sourceRanges" (.written.sourceRanges | default list) }}
{{- template "external-service-proxy.effective.sourceRanges" $ranges }}
{{- $written := omit .written "ports" "sourceRanges" }}
{{- $id := list .alike $written $ranges.held | toJson }}
{{- if not (hasKey .bases $id) }}
  {{- $base := omit .common }}
  {{- template "external-service-proxy.lib.merge" (dict "into" $base "from" $written) }}
  {{- $_ := set $base "written" $written }}
  {{- $_ := set $base "addressFamilies" .addressFamilies }}
  {{- $_ := set $base "held" $ranges.held }}
  {{- template "external-service-proxy.effective.platform" $base }}
  {{- template "external-service-proxy.effective.service" $base }}
  {{- if hasKey $written "backend" }}
    {{- template "external-service-proxy.effective.backend" $base }}
  {{- end }}
  {{- $_ := set $base "ingress" $base.constants.noIngress }}
  {{- $_ := set $base "base" dict }}
  {{- $_ := set .bases $id $base }}
{{- end }}
{{- $proxy := omit (get .bases $id) }}
{{- $_ := set $proxy "sourceRanges" $ranges.sourceRanges }}
{{- $_ := set $proxy "anyone" $ranges.anyone }}
{{- template "external-service-proxy.effective.loadBalancerSourceRanges" $proxy }}
{{- with .written.ports }}{{ $_ := set $proxy "ports" . }}{{ end }}
{{- template "external-service-proxy.effective.ports" $proxy }}
{{- $_ := set . "gives" $proxy }}
{{- end }}

{{- /*
What follows from a proxy itself beyond its shape.
Takes a proxy; adds what each step says, and what is written of names in DNS and routes. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.proxy" -}}
{{- if or (hasKey .written "dns") (hasKey .written "routes") }}
  {{- template "external-service-proxy.lib.merge" (dict "into" . "from" (pick .written "dns" "routes")) }}
{{- end }}
{{- template "external-service-proxy.effective.endpoints" . }}
{{- if hasKey .written "ingress" }}
  {{- template "external-service-proxy.effective.ingress" . }}
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
Takes (dict "of" LIST "defaults" DICT), as the values have them; adds to it addresses, ready, families, and alike (a list: what
addresses are alike in that differ in their IP alone). Writes nothing.
*/}}
{{- define "external-service-proxy.effective.addresses" -}}
{{- $addresses := list }}
{{- $drained := false }}
{{- $families := list }}
{{- $alike := list }}
{{- range .of }}
  {{- $address := omit $.defaults }}
  {{- if kindIs "string" . }}
    {{- $_ := set $address "ip" . }}
  {{- else }}
    {{- template "external-service-proxy.lib.merge" (dict "into" $address "from" .) }}
    {{- $alike = append $alike (omit . "ip" "name") }}
  {{- end }}
  {{- $family := ternary "IPv6" "IPv4" (contains ":" $address.ip) }}
  {{- $_ := set $address "family" $family }}
  {{- $alike = append $alike $family }}
  {{- $addresses = append $addresses $address }}
  {{- if not $address.ready }}{{ $drained = true }}{{ end }}
  {{- if not (has $family $families) }}{{ $families = append $families $family }}{{ end }}
{{- end }}
{{- $_ := set . "addresses" $addresses }}
{{- $ready := $addresses }}
{{- if $drained }}
  {{- $ready = list }}
  {{- range $addresses }}{{ if .ready }}{{ $ready = append $ready . }}{{ end }}{{ end }}
{{- end }}
{{- $_ := set . "ready" $ready }}
{{- $_ := set . "families" $families }}
{{- $_ := set . "alike" $alike }}
{{- end }}

{{- /*
Each port with its defaults, the names of those of TCP and UDP, and the numbers that several protocols share.
Takes a proxy; completes its ports, adds portNames, {TCP, UDP}, and, where there are any, sharedNumbers and nodePortNames (of those
with a nodePort). Writes nothing.
*/}}
{{- define "external-service-proxy.effective.ports" -}}
{{- $defaults := .constants.itemDefaults.port }}
{{- $ports := dict }}
{{- $tcp := list }}
{{- $udp := list }}
{{- $numbered := list }}
{{- range $name, $written := .ports }}
  {{- $port := omit $written }}
  {{- range $key, $value := $defaults }}{{ if not (hasKey $port $key) }}{{ $_ := set $port $key $value }}{{ end }}{{ end }}
  {{- if not (hasKey $port "targetPort") }}{{ $_ := set $port "targetPort" $port.port }}{{ end }}
  {{- $_ := set $ports $name $port }}
  {{- if eq $port.protocol "TCP" }}{{ $tcp = append $tcp $name }}{{ end }}
  {{- if eq $port.protocol "UDP" }}{{ $udp = append $udp $name }}{{ end }}
  {{- if $port.nodePort }}{{ $numbered = append $numbered $name }}{{ end }}
{{- end }}
{{- $_ := set . "ports" $ports }}
{{- $_ := set . "portNames" (dict "TCP" $tcp "UDP" $udp) }}
{{- with $numbered }}{{ $_ := set $ "nodePortNames" . }}{{ end }}
{{- if ne (len $tcp) (len $ports) }}{{ template "external-service-proxy.effective.sharedNumbers" . }}{{ end }}
{{- end }}

{{- /*
The numbers that ports of several protocols share.
Takes a proxy with ports; adds sharedNumbers, where there are any. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.sharedNumbers" -}}
{{- $numbers := list }}
{{- $shared := list }}
{{- range .ports }}
  {{- if has .port $numbers }}{{ $shared = append $shared .port }}{{ end }}
  {{- $numbers = append $numbers .port }}
{{- end }}
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
What the values leave open of the Service: type, inCluster, policies, node ports, families; and what its platform is told.
Takes a proxy; completes its service, adds to it
  nodePorts              open, closed, or nothing where its type has none
  internalTrafficPolicy  or nothing where it has no ClusterIP
  rangeFamilies          that its load balancer takes ranges of: the others' are for the proxy's other doors
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
{{- if not $nodePorts }}
  {{- $_ := set $service "externalTrafficPolicy" "" }}
{{- else if not $service.externalTrafficPolicy }}
  {{- $_ := set $service "externalTrafficPolicy" "Cluster" }}
{{- end }}
{{- $direct := or (eq $type "ExternalName") (eq $service.clusterIP "None") }}
{{- $_ := set $service "internalTrafficPolicy" (ternary "" (ternary "Cluster" "Local" $service.inCluster) $direct) }}
{{- if not (hasKey $service "ipFamilies") }}{{ $_ := set $service "ipFamilies" .addressFamilies }}{{ end }}
{{- if not (hasKey $service "ipFamilyPolicy") }}
  {{- $_ := set $service "ipFamilyPolicy" (ternary "PreferDualStack" "SingleStack" (gt (len $service.ipFamilies) 1)) }}
{{- end }}
{{- $families := .platform.rangeFamilies }}
{{- if eq $families "all" }}
  {{- $families = list "IPv4" "IPv6" }}
{{- else }}
  {{- $families = ternary (list $families) $service.ipFamilies (hasPrefix "IPv" $families) }}
{{- end }}
{{- $_ := set $service "rangeFamilies" $families }}
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
The ranges of the families that the load balancer takes any of.
Takes a proxy with service; adds loadBalancerSourceRanges. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.loadBalancerSourceRanges" -}}
{{- $ranges := .sourceRanges }}
{{- if ne .platform.rangeFamilies "all" }}
  {{- $ranges = list }}
  {{- range .sourceRanges }}
    {{- if has (ternary "IPv6" "IPv4" (contains ":" .)) $.service.rangeFamilies }}{{ $ranges = append $ranges . }}{{ end }}
  {{- end }}
{{- end }}
{{- $_ := set . "loadBalancerSourceRanges" $ranges }}
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
    {{- $addresses := $proxy.readyAddresses }}
    {{- if gt (len $proxy.addressFamilies) 1 }}
      {{- $addresses = list }}
      {{- range $proxy.readyAddresses }}
        {{- if eq .family $family }}{{ $addresses = append $addresses . }}{{ end }}
      {{- end }}
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
{{- $ingress := omit .constants.defaults.ingress }}
{{- template "external-service-proxy.lib.merge" (dict "into" $ingress "from" .written.ingress) }}
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
Takes a proxy with httpPorts; completes its ports' appProtocol, by which it is of a shape of its own. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.appProtocols" -}}
{{- if has .backend.protocol (list "h2c" "grpc") }}
  {{- $ports := omit .ports }}
  {{- $_ := set . "ports" $ports }}
  {{- $_ := unset . "shape" }}
  {{- range .httpPorts }}
    {{- $port := get $.ports . }}
    {{- if and $port (not $port.appProtocol) }}
      {{- $_ := set $ports . (set (omit $port) "appProtocol" "kubernetes.io/h2c") }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
