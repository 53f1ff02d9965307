{{- /*
Who reads annotations and labels, for the gate, as lists of {title, namespaces, harmless (keys), values (the form of theirs),
forms (key → its own form), bare (whether keys without a prefix are read), free (whether any key passes)}:
- of a proxy that is held, what is read on any object, and the presets of its doors; on a load balancer's Service whatever
  may make one, since the values need not say who does. A cloud's keys are for its own platform, without which its load
  balancer may not hold the list;
- of a neighbour for anyone, the presets of its doors, since a key of theirs could lead to a held proxy's App2;
- of an extra object, what is read on any object;
- of a door of no preset, all presets, since any of their controllers may serve it;
- whoever else is known reads them freely.
Where no list is to be held in all of the release, nothing can be undone; a chart in an umbrella can't know that of the others.
Takes (dict "context" $ "constants" DICT "proxies" DICT "leading" DICT "gateways" DICT "extraObjects" DICT "gate" DICT); adds to the
gate what the readers of each proxy are made of, {judged, anyPreset, rest, ofPlatforms}, and to each of the others gate and
readers. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.readers" -}}
{{- $constants := .constants }}
{{- $judged := not .context.Chart.IsRoot }}
{{- range .proxies }}{{ if .held }}{{ $judged = true }}{{ end }}{{ end }}
{{- $free := dict "title" "all others" "free" true "namespaces" $constants.bystanders.namespaces }}
{{- $anyPreset := list }}
{{- range $preset := $constants.presets }}
  {{- with $preset.keys }}
    {{- $_ := set $free "namespaces" (concat $free.namespaces .namespaces) }}
    {{- $anyPreset = append $anyPreset (merge (dict "title" $preset.title) .) }}
  {{- end }}
{{- end }}
{{- $freely := dict "free" true "namespaces" list }}
{{- range prepend $constants.loadBalancers $constants.everywhere }}
  {{- $_ := set $freely "namespaces" (concat $freely.namespaces .namespaces) }}
{{- end }}
{{- $_ := set .gate "judged" $judged }}
{{- $_ := set .gate "anyPreset" $anyPreset }}
{{- $_ := set .gate "rest" (list $freely $free) }}
{{- $_ := set .gate "ofPlatforms" dict }}
{{- $ofGateways := list }}
{{- if .gateways }}
  {{- range .leading }}
    {{- template "external-service-proxy.effective.readers.ofProxy" . }}
    {{- if .routes }}{{ $ofGateways = concat $ofGateways .readers.own | uniq }}{{ end }}
  {{- end }}
{{- end }}
{{- range .gateways }}
  {{- $_ := set . "gate" $.gate }}
  {{- $_ := set . "readers" (dict "other" (concat $ofGateways $.gate.rest) "judged" $judged) }}
{{- end }}
{{- range .extraObjects }}
  {{- $_ := set . "gate" $.gate }}
  {{- $_ := set . "readers" (dict "other" (prepend $.gate.rest $constants.everywhere) "judged" $judged) }}
{{- end }}
{{- end }}

{{- /*
Those of one proxy: the gate asks for them where values have keys.
Takes a proxy with doors; adds readers, {own, Service, other (a list each: its own, its Service's, its other objects'),
judged}. Writes nothing.
*/}}
{{- define "external-service-proxy.effective.readers.ofProxy" -}}
{{- $gate := .gate }}
{{- $own := list }}
{{- if .held }}{{ $own = list .constants.everywhere }}{{ end }}
{{- range .doors }}
  {{- $title := .can.title }}
  {{- $its := list }}
  {{- with .can.keys }}{{ $its = list (merge (dict "title" $title) .) }}{{ end }}
  {{- $own = concat $own ($its | default $gate.anyPreset) }}
{{- end }}
{{- $ofService := $own }}
{{- if and .held (eq .service.type "LoadBalancer") }}
  {{- if not (hasKey $gate.ofPlatforms .platform.name) }}
    {{- $them := include "external-service-proxy.effective.readers.loadBalancers" (list .constants .platform.name) }}
    {{- $_ := set $gate.ofPlatforms .platform.name ($them | fromYamlArray) }}
  {{- end }}
  {{- $ofService = concat $own (get $gate.ofPlatforms .platform.name) }}
{{- end }}
{{- $_ := set . "readers" (dict "own" $own "Service" (concat $ofService $gate.rest) "other" (concat $own $gate.rest)
  "judged" $gate.judged) }}
{{- end }}

{{- /*
The readers of a load balancer's Service; those of another platform know no harmless key.
Takes (list CONSTANTS PLATFORM); gives a YAML list.
*/}}
{{- define "external-service-proxy.effective.readers.loadBalancers" -}}
{{- $platform := index . 1 }}
{{- range (index . 0).loadBalancers }}
  {{- $reader := . }}
  {{- if and .platform (ne .platform $platform) }}
    {{- $title := printf "%s, where platform must be %s" .title .platform }}
    {{- $reader = dict "title" $title "namespaces" .namespaces }}
  {{- end }}
- {{ toYaml $reader | nindent 2 | trim }}
{{- end }}
{{- end }}
