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
Takes (dict "context" $ "constants" DICT "proxies" DICT "gateways" DICT "extraObjects" DICT "gate" DICT); adds to each of the three
gate and readers, kind of object (or "other") → a list, and judged. Writes nothing.
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
{{- $ofGateways := list }}
{{- $ofPlatforms := dict }}
{{- range .proxies }}
  {{- $readers := list }}
  {{- if .held }}{{ $readers = list $constants.everywhere }}{{ end }}
  {{- range .doors }}
    {{- $title := .can.title }}
    {{- $own := list }}
    {{- with .can.keys }}{{ $own = list (merge (dict "title" $title) .) }}{{ end }}
    {{- $readers = concat $readers ($own | default $anyPreset) }}
  {{- end }}
  {{- $ofService := $readers }}
  {{- if and .held (eq .service.type "LoadBalancer") }}
    {{- if not (hasKey $ofPlatforms .platformName) }}
      {{- $them := include "external-service-proxy.effective.readers.loadBalancers" (list $constants .platformName) }}
      {{- $_ := set $ofPlatforms .platformName ($them | fromYamlArray) }}
    {{- end }}
    {{- $ofService = concat $readers (get $ofPlatforms .platformName) }}
  {{- end }}
  {{- if .routes }}{{ $ofGateways = concat $ofGateways $readers | uniq }}{{ end }}
  {{- $rest := list $freely $free }}
  {{- $_ := set . "gate" $.gate }}
  {{- $_ := set . "readers" (dict "Service" (concat $ofService $rest) "other" (concat $readers $rest) "judged" $judged) }}
{{- end }}
{{- range .gateways }}
  {{- $_ := set . "gate" $.gate }}
  {{- $_ := set . "readers" (dict "other" (concat $ofGateways (list $freely $free)) "judged" $judged) }}
{{- end }}
{{- range .extraObjects }}
  {{- $_ := set . "gate" $.gate }}
  {{- $_ := set . "readers" (dict "other" (list $constants.everywhere $freely $free) "judged" $judged) }}
{{- end }}
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
    {{- $reader = dict "title" $title "namespaces" .namespaces "harmless" list }}
  {{- end }}
- {{ toYaml $reader | nindent 2 | trim }}
{{- end }}
{{- end }}
