{{- /*
What `helm install` says of a proxy: each door and to whom it is open, then what to do next.
Takes a proxy; gives text.
*/}}
{{- define "external-service-proxy.lib.notes" -}}
{{- $service := .service }}
{{- $type := $service.type }}
{{- $ports := list }}
{{- range $name, $port := .ports }}
{{- $ports = append $ports (printf "%s %v → %v" $port.protocol $port.port $port.targetPort) }}
{{- end }}
{{- $ready := list }}
{{- range .addresses }}{{ if .ready }}{{ $ready = append $ready .ip }}{{ end }}{{ end }}
{{- $who := .sourceRanges | join ", " }}
{{- $nodePorts := or (eq $type "NodePort") (and (eq $type "LoadBalancer") $service.allocateLoadBalancerNodePorts) }}
{{ .name }}: {{ .externalName | default (printf "%s at %s" ($ports | join ", ") ($ready | join ", " | default "no address, all are drained: every connection is refused")) }}
{{- if eq $type "ExternalName" }}
  DNS            pods find App2 by {{ .name }}.{{ .context.Release.Namespace }}.svc and connect to it themselves: nothing is held here
{{- else }}
  load balancer  {{ if eq $type "LoadBalancer" }}open to {{ $who }}{{ else }}none{{ end }}
  node port      {{ if $nodePorts }}OPEN to whoever reaches a node, sourceRanges do not hold it{{ if eq $type "LoadBalancer" }} (platform {{ .context.Values.platform }}){{ end }}: hold it with the nodes' firewall{{ else }}closed{{ end }}
  ClusterIP      {{ if eq $service.clusterIP "None" }}none: DNS gives App2's addresses to every pod{{ else if $service.inCluster }}open to pods, and to hosts with a route to it{{ else }}closed{{ end }}
{{- end }}
{{- range .doors }}
  {{ printf "%-13s" (ternary "HTTPProxy" .kind (eq .controller "contour")) }}  {{ if eq .kind "Ingress" }}{{ range $index, $host := .hosts }}{{ if $index }}, {{ end }}{{ ternary "https" "http" $.ingress.tls.enabled }}://{{ $host }}{{ end }}{{ else }}{{ with .hosts }}{{ . | join ", " }} {{ end }}on {{ range $index, $parent := .settings.parentRefs }}{{ if $index }}, {{ end }}{{ $parent.kind }} {{ $parent.name }}{{ end }}{{ end }} open to {{ ternary "anyone" $who $.anyone }}
{{- end }}
  Next:
{{- with .platform.note }}
  - mind that {{ . }}
{{- end }}
{{- if eq $type "LoadBalancer" }}
  - wait for the load balancer's address: kubectl --namespace {{ .context.Release.Namespace }} get service {{ .name }} --watch
{{- end }}
{{- with .dns.hostnames }}
  - External DNS points {{ . | join ", " }} to it
{{- end }}
{{- range .doors }}
{{- if and .first .can.clientAddress (not $.anyone) }}
  - {{ .can.title }} must see App1's own address: {{ .can.clientAddress }}
{{- end }}
{{- end }}
{{- with .ingress }}
{{- if .enabled }}
{{- if eq .controller "contour" }}
  - External DNS needs --source=contour-httpproxy to make the hosts' records
{{- if $.externalName }}
  - Contour must be configured to allow it: enableExternalNameService: true
{{- end }}
{{- end }}
{{- if .tls.enabled }}
{{- if .tls.issuer.name }}
{{- if not $.anyone }}
  - an ACME issuer must solve by DNS-01: the hosts are held to sourceRanges, so HTTP-01 would be refused
{{- end }}
  - cert-manager gets the certificate: kubectl --namespace {{ $.context.Release.Namespace }} get certificate {{ ternary $.name (first .tls.certificates).secretName (eq .controller "contour") }}
{{- else }}
{{- range .tls.certificates }}
  - the certificate must be in Secret {{ .secretName }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq .endpoints.kind "Endpoints" }}
  - Endpoints are deprecated since Kubernetes 1.33: write endpoints.kind EndpointSlice as soon as every consumer reads those
{{- end }}
  - {{ if eq $type "ExternalName" }}look it up from a pod: nslookup {{ .name }}{{ else }}let App1 try it{{ with .ports }} (port {{ (get . (keys . | sortAlpha | first)).port }}){{ end }}, and another host, which must be refused{{ end }}
{{- end }}
