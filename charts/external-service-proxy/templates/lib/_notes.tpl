{{- /*
What `helm install` says of a proxy: each door and to whom it is open, then what to do next.
Takes a proxy; gives text.
*/}}
{{- define "external-service-proxy.lib.notes" -}}
{{- $service := .service }}
{{- $type := $service.type }}
{{- $namespace := .context.Release.Namespace }}
{{- $who := ternary "anyone" (.sourceRanges | join ", ") .anyone }}
{{- $ports := list }}
{{- range .ports }}{{ $ports = append $ports (printf "%s %v → %v" .protocol .port .targetPort) }}{{ end }}
{{- $ready := list }}
{{- range .readyAddresses }}{{ $ready = append $ready .ip }}{{ end }}
{{- $ready = $ready | join ", " | default "no address, all are drained: every connection is refused" }}
{{ .name }}: {{ .externalName | default (printf "%s at %s" ($ports | join ", ") $ready) }}
{{- if eq $type "ExternalName" }}
  DNS            pods find App2 by {{ .name }}.{{ $namespace }}.svc and connect to it themselves: nothing is held here
{{- else }}
  load balancer  {{ if eq $type "LoadBalancer" }}open to {{ template "external-service-proxy.lib.notes.loadBalancer" . }}
  {{- else }}none{{ end }}
  node port      {{ template "external-service-proxy.lib.notes.nodePort" . }}
  ClusterIP      {{ if eq $service.clusterIP "None" -}}
    none: DNS gives App2's addresses to every pod
  {{- else }}{{ ternary "open to pods, and to machines with a route to it" "closed" $service.inCluster }}{{ end }}
{{- end }}
{{- range .doors }}
  {{- $kind := (get .can .kind).object | default .kind }}
  {{ printf "%-13s" $kind }}  {{ template "external-service-proxy.lib.notes.door" . }} open to {{ $who }}
{{- end }}
  Next:
{{- with .platform.note }}
  - mind that {{ . }}
{{- end }}
{{- with .sharedNumbers }}
  - TCP and UDP share port {{ . | join ", " }}, which Helm 3 and client-side apply take for one: apply on the server (helm upgrade
    --server-side=true with Helm 4, ServerSideApply=true with Argo CD), and see after an upgrade that both are there, with no nodePort:
    kubectl --namespace {{ $namespace }} get service {{ $.name }} --output yaml
{{- end }}
{{- if eq $type "LoadBalancer" }}
  - wait for the load balancer's address: kubectl --namespace {{ $namespace }} get service {{ .name }} --watch
{{- end }}
{{- if and (eq $type "LoadBalancer") (not .anyone) .context.Release.IsUpgrade }}
  - an open connection of an address taken out of sourceRanges goes on: conntrack -D -s ADDRESS on each node ends it
{{- end }}
{{- if gt (len $service.ipFamilies) 1 }}
  - {{ first $service.ipFamilies }} stays its first family as long as the Service is there: let the first address stay of that family
{{- end }}
{{- with .dns.hostnames }}
  - External DNS points {{ . | join ", " }} to {{ $.dns.target | default $.externalName | default "its address" }}
{{- end }}
{{- if .allowClusterSources }}
  {{- template "external-service-proxy.lib.notes.clusterSources" . }}
{{- end }}
{{- if .doors }}
  {{- template "external-service-proxy.lib.notes.controllers" . }}
{{- end }}
{{- range $door := .doors }}
  {{- with (get .can .kind).notes }}
    {{- include . $door }}
  {{- end }}
  {{- if eq .kind "Ingress" }}
    {{- template "external-service-proxy.lib.notes.certificates" . }}
  {{- end }}
  {{- if .is.route }}
    {{- $see := printf "kubectl --namespace %s describe %s %s" .namespace (lower .kind) .name }}
  - {{ .kind }} {{ .name }} leads nowhere until its parent is there and takes it: {{ $see }}
  {{- end }}
  {{- if and (has "sourceRanges" .needs) (ne .namespace $namespace) }}
  - any {{ .kind }} of namespace {{ .namespace }} may lead to {{ $.name }}, since a ReferenceGrant names no single one: let nobody else
    write there
  {{- end }}
{{- end }}
{{- if eq .endpoints.kind "Endpoints" }}
  - Endpoints are deprecated since Kubernetes 1.33: write endpoints.kind EndpointSlice as soon as every consumer reads those
{{- end }}
{{- if eq $type "ExternalName" }}
  - look it up from a pod: nslookup {{ .name }}
{{- else }}
  {{- $port := "" }}
  {{- with .ports }}{{ $port = printf " (port %v)" (get . (keys . | sortAlpha | first)).port }}{{ end }}
  - let App1 try it{{ $port }}, and another machine, which must be refused
{{- end }}
{{- end }}

{{- /*
What proxies are alike in of whom one says enough where there are many. One that is open to whom no list holds, or to a
network of more than a 256th of all addresses, is of no kind, so that each is named.
Takes a proxy; gives text, or nothing.
*/}}
{{- define "external-service-proxy.lib.notes.kind" -}}
{{- $common := "" }}
{{- if not (hasKey . "shape") }}
  {{- $common = include "external-service-proxy.lib.notes.kind.ofShape" . }}
{{- else }}
  {{- if not (hasKey .shape "notesKind") }}
    {{- $of := pick . "service" "sourceRanges" "sharedNumbers" "allowClusterSources" "platform" "endpoints" }}
    {{- $_ := set .shape "notesKind" (include "external-service-proxy.lib.notes.kind.ofShape" $of) }}
  {{- end }}
  {{- $common = .shape.notesKind }}
{{- end }}
{{- if and $common .readyAddresses }}
  {{- $common }} {{ empty .dns.hostnames }}
  {{- range .doors }} {{ .kind }} {{ .controller }} {{ .namespace }}
    {{- if eq .kind "Ingress" }} {{ .settings.tls.enabled }} {{ .settings.tls.issuer.name }}{{ end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
The same, as far as proxies of one shape have it in common.
Takes (dict "service" SERVICE "sourceRanges" LIST "sharedNumbers" LIST "allowClusterSources" BOOL "platform" PLATFORM
"endpoints" ENDPOINTS), a proxy's; gives text, or nothing.
*/}}
{{- define "external-service-proxy.lib.notes.kind.ofShape" -}}
{{- $service := .service }}
{{- $wide := regexMatch "/[0-7](,|$)" (join "," .sourceRanges) }}
{{- if not (or $wide $service.inCluster (eq $service.nodePorts "open") .sharedNumbers .allowClusterSources) }}
  {{- .platform.name }} {{ $service.type }} {{ $service.ipFamilies }} {{ .endpoints.kind }}
{{- end }}
{{- end }}

{{- /*
What to do for the certificates of a Gateway, of which cert-manager names each after its Secret.
Takes an effective gateway with an issuer; gives text.
*/}}
{{- define "external-service-proxy.lib.notes.gateway" -}}
{{- $names := list }}
{{- range .listeners }}
  {{- with .tls.secretName }}{{ $names = append $names . }}{{ end }}
{{- end }}
{{ .name }}: {{ .kind }} with certificates of {{ .issuer.kind }} {{ .issuer.name }}
  Next:
  - let cert-manager read Gateways: enableGatewayAPI true in its configuration
  - an ACME issuer should solve by DNS-01: for HTTP-01 the authority comes from addresses that are on no list
  - cert-manager gets the certificates: kubectl --namespace {{ .context.Release.Namespace }} get certificate {{ $names | uniq | join " " }}
{{- end }}

{{- /*
Who the load balancer is open to: those of sourceRanges that are of the Service's families.
Takes a proxy; gives text.
*/}}
{{- define "external-service-proxy.lib.notes.loadBalancer" -}}
{{- if .anyone -}}
anyone
{{- else }}
  {{- $ranges := list }}
  {{- range .sourceRanges }}
    {{- if has (ternary "IPv6" "IPv4" (contains ":" .)) $.service.ipFamilies }}{{ $ranges = append $ranges . }}{{ end }}
  {{- end }}
  {{- $ranges | join ", " }}
{{- end }}
{{- end }}

{{- /*
What to do for the controllers that lead to a proxy, once for each.
Takes a proxy with doors; gives lines.
*/}}
{{- define "external-service-proxy.lib.notes.controllers" -}}
{{- $unchecked := list }}
{{- range .sourceRanges }}{{ $unchecked = append $unchecked (include "external-service-proxy.lib.ip.family" .) }}{{ end }}
{{- range .context.Values.clusterRanges }}{{ $unchecked = without $unchecked (include "external-service-proxy.lib.ip.family" .) }}{{ end }}
{{- $unchecked = uniq $unchecked | sortAlpha }}
{{- range .doors }}
  {{- if and .first .can.ended }}
  - leave {{ .can.title }}: {{ .can.ended }}
  {{- end }}
  {{- if and .first .can.clientAddress (not $.anyone) }}
  - {{ .can.title }} must see App1's own address: {{ .can.clientAddress }}
  {{- end }}
  {{- if and .first (has "sourceRanges" .needs) $unchecked }}
    {{- $families := $unchecked | join " or " }}
  - {{ .can.title }} takes whoever comes by its own ClusterIP for a node: no range of {{ $families }} may hold a node's (see clusterRanges)
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Who gets in by allowClusterSources.
Takes a proxy with it; gives a line, or nothing.
*/}}
{{- define "external-service-proxy.lib.notes.clusterSources" -}}
{{- $met := list }}
{{- if and .held (or .doors .routed) }}
  {{- range $range := .sourceRanges }}
    {{- range $own := $.context.Values.clusterRanges }}
      {{- if include "external-service-proxy.lib.ip.overlap" (list $range $own) }}{{ $met = append $met $own }}{{ end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- with uniq $met }}
  - allowClusterSources: sourceRanges share addresses with {{ join ", " . }}, so whoever is taken for a node or pod there gets in
{{- end }}
{{- end }}

{{- /*
Whether node ports are open, and why.
Takes a proxy; gives text.
*/}}
{{- define "external-service-proxy.lib.notes.nodePort" -}}
{{- if eq .service.nodePorts "open" -}}
OPEN to whoever reaches a node, sourceRanges do not hold it
  {{- if eq .service.type "LoadBalancer" }} (platform {{ .platform.name }}){{ end }}: hold it with the nodes' firewall
{{- else -}}
closed
  {{- if .sharedNumbers }} if applied on the server: else an upgrade may leave one open for port {{ .sharedNumbers | join ", " }}{{ end }}
{{- end }}
{{- end }}

{{- /*
Where a door is: the URLs of an Ingress, or the host names of a route and what it hangs on.
Takes a door; gives text.
*/}}
{{- define "external-service-proxy.lib.notes.door" -}}
{{- $places := list }}
{{- if eq .kind "Ingress" }}
  {{- range .hosts }}
    {{- $places = append $places (printf "%s://%s" (ternary "https" "http" $.settings.tls.enabled) .) }}
  {{- end }}
{{- else }}
  {{- with .hosts }}{{ . | join ", " }} {{ end }}on {{ range .settings.parentRefs }}
    {{- $places = append $places (printf "%s %s" .kind .name) }}
  {{- end }}
{{- end }}
{{- $places | join ", " }}
{{- end }}

{{- /*
What to do for the certificates of an Ingress. cert-manager names a Certificate after its Secret where it watches the
object itself; where the chart writes the Certificate, it has the proxy's name.
Takes a door of kind Ingress; gives lines.
*/}}
{{- define "external-service-proxy.lib.notes.certificates" -}}
{{- $tls := .settings.tls }}
{{- if and $tls.enabled $tls.issuer.name }}
  {{- if not .proxy.anyone }}
  - an ACME issuer should solve by DNS-01: for HTTP-01 the authority comes from addresses that are on no list
  {{- end }}
  {{- $name := ternary .name (first $tls.certificates).secretName (hasKey (get .can .kind) "object") }}
  - cert-manager gets the certificate: kubectl --namespace {{ .namespace }} get certificate {{ $name }}
{{- else if $tls.enabled }}
  {{- range $tls.certificates }}
  - the certificate must be in Secret {{ .secretName }}
  {{- end }}
{{- end }}
{{- end }}
