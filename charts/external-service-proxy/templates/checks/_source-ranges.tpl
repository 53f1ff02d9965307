{{- /*
Who may come in: said wherever a door is opened, in a form that the API takes, and for each family of the Service,
since kube-proxy leaves a family without a range open to anyone.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.sourceRanges" -}}
{{- $type := .service.type }}
{{- $ranges := .constants.ranges }}
{{- range $index, $range := .sourceRanges }}
  {{- /* Of one address of IPv4 there is no more to say than of its form. */}}
  {{- if or (not (hasSuffix "/32" .)) (contains ":" .) }}
    {{- if not (hasKey $ranges $range) }}
      {{- template "external-service-proxy.checks.sourceRanges.read" (dict "range" $range "ranges" $ranges) }}
    {{- end }}
    {{- with get $ranges $range }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "sourceRanges[%d]" $index) .code .text) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- if and (not .sourceRanges) (or (eq $type "LoadBalancer") .ingress.enabled (and .doors (not .externalName))) }}
  {{- include "external-service-proxy.lib.problem" (list . "sourceRanges" "source-ranges-required"
    (printf "none is written, and %s opens a door: write App1's networks, for example [1.2.3.4/32], or 0.0.0.0/0 and ::/0 for anyone"
      (ternary "the load balancer" (ternary "the Ingress" "the route" .ingress.enabled) (eq $type "LoadBalancer")))) }}
{{- else if and (eq $type "ClusterIP") .held (not (or .doors .routed .externalName))
  (or .service.inCluster (not (include "external-service-proxy.checks.sourceRanges.wait" .))) }}
  {{- include "external-service-proxy.lib.problem" (list . "sourceRanges" "source-ranges-unused"
    (printf "no Ingress or route leads to this ClusterIP, and no list holds it: add an Ingress or a route, or leave it out%s"
      (ternary ", or write service.type LoadBalancer" "" (and .platform.sourceRanges (ne .service.clusterIP "None"))))) }}
{{- else if has $type (list "LoadBalancer" "NodePort") }}
  {{- $opens := list }}
  {{- range $family := .service.ipFamilies }}
    {{- $isIPv6 := eq $family "IPv6" }}
    {{- $open := ternary "::/0" "0.0.0.0/0" $isIPv6 }}
    {{- $held := false }}
    {{- range $.loadBalancerSourceRanges }}
      {{- if eq (contains ":" .) $isIPv6 }}{{ $held = true }}{{ end }}
    {{- end }}
    {{- if eq $type "NodePort" }}
      {{- if not (has $open $.sourceRanges) }}{{ $opens = append $opens $open }}{{ end }}
    {{- else if and (not (has $family $.service.rangeFamilies)) (not (has $open $.sourceRanges)) }}
      {{- include "external-service-proxy.lib.problem" (list $ "sourceRanges" "platform-family-open"
        (printf "load balancers of platform %s take no range of %s, which is open to anyone: add %s to say so, or leave its addresses out"
          $.platform.name $family $open)) }}
    {{- else if and (not $held) (has $family $.service.rangeFamilies) $.platform.sourceRanges }}
      {{- include "external-service-proxy.lib.problem" (list $ "sourceRanges" "family-open"
        (printf
          "no range is %s, and kube-proxy leaves a family without a range open to anyone: add App1's %s range, or %s for anyone"
          $family $family $open)) }}
    {{- end }}
  {{- end }}
  {{- with $opens }}
    {{- include "external-service-proxy.lib.problem" (list $ "sourceRanges" "node-port-open"
      (printf "no list holds a node port, which is open to whoever reaches a node: add %s to say so%s" (join " and " .)
        (ternary ", or write service.type LoadBalancer" "" $.platform.sourceRanges))) }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Whether an Ingress is written that sourceRanges are for, or a route that leads here, a neighbour's, too, though it be off: to take
one off asks for no other change.
Takes a proxy with ledTo; gives "true" or nothing.
*/}}
{{- define "external-service-proxy.checks.sourceRanges.wait" -}}
{{- if or .doors .ledTo (dig "ingress" "hosts" list .written) }}true{{ end }}
{{- end }}

{{- /*
What is wrong with a range as it is written, whichever proxy it is of.
Takes (dict "range" RANGE "ranges" DICT); adds to the last RANGE → {code, text}, or an empty dict. Writes nothing.
*/}}
{{- define "external-service-proxy.checks.sourceRanges.read" -}}
{{- $range := .range }}
{{- $problem := dict }}
{{- $alone := printf "%s/%d" (first (splitList "/" $range)) (ternary 128 32 (contains ":" $range)) }}
{{- $mapped := "" }}
{{- if contains ":" $range }}{{ $mapped = include "external-service-proxy.lib.ip.mapped" $range }}{{ end }}
{{- if $mapped }}
  {{- $problem = dict "code" "source-range-mapped" "text"
    (printf "%s is IPv4 in the form of IPv6, and kube-proxy takes it for a range of IPv4: write %s" $range $mapped) }}
{{- else if has $range (list "0.0.0.0" "::") }}
  {{- $problem = dict "code" "source-range-prefix" "text"
    (printf "%s has no prefix length, and anyone is %s/0: write %s/0" $range $range $range) }}
{{- else if not (contains "/" $range) }}
  {{- $problem = dict "code" "source-range-prefix" "text"
    (printf "%s has no prefix length: write %s for that address alone" $range $alone) }}
{{- else }}
  {{- $network := include "external-service-proxy.lib.ip.network" $range }}
  {{- if ne $range $network }}
    {{- $problem = dict "code" "source-range-canonical" "text"
      (printf "%s is not a network in canonical form: write %s, or %s for that address alone" $range $network
        (include "external-service-proxy.lib.ip.network" $alone)) }}
  {{- end }}
{{- end }}
{{- $_ := set .ranges $range $problem }}
{{- end }}
