{{- /*
Whose annotations and labels could undo a list, for the gate: what is read on any object, and what the presets of the
held doors read; of a load balancer's Service whatever may make one, since the values need not say who does. A cloud's keys
are for its own platform, without which its load balancer may not hold the list. Where there is no list to be held,
nothing can be undone.
Takes (dict "context" $ "constants" DICT "proxies" DICT "gateways" DICT "gate" DICT); adds to each proxy and gateway gate and readers,
kind of object (or "other") → a list of {title, namespaces, harmless, bare}. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.readers" -}}
{{- $constants := .constants }}
{{- $ofGateways := list }}
{{- $platform := .context.Values.platform | default "generic" }}
{{- $ofLoadBalancers := list }}
{{- range $constants.loadBalancers }}
  {{- $reader := . }}
  {{- if and .platform (ne .platform $platform) }}
    {{- $title := printf "%s, where platform must be %s" .title .platform }}
    {{- $reader = dict "title" $title "namespaces" .namespaces "harmless" list }}
  {{- end }}
  {{- $ofLoadBalancers = append $ofLoadBalancers $reader }}
{{- end }}
{{- range .proxies }}
  {{- $readers := list }}
  {{- if .held }}
    {{- $readers = list $constants.everywhere }}
    {{- range .doors }}
      {{- $title := .can.title }}
      {{- with .can.keys }}{{ $readers = append $readers (merge (dict "title" $title) .) }}{{ end }}
    {{- end }}
  {{- end }}
  {{- $ofService := $readers }}
  {{- if and .held (eq .service.type "LoadBalancer") }}
    {{- $ofService = concat $readers $ofLoadBalancers }}
  {{- end }}
  {{- $_ := set . "gate" $.gate }}
  {{- $_ := set . "readers" (dict "Service" $ofService "other" $readers) }}
  {{- if and .held .routes }}{{ $ofGateways = concat $ofGateways $readers | uniq }}{{ end }}
{{- end }}
{{- range .gateways }}
  {{- $_ := set . "gate" $.gate }}
  {{- $_ := set . "readers" (dict "other" $ofGateways) }}
{{- end }}
{{- end }}
