{{- /*
What the platform's load balancer can't do or hold.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.platform" -}}
{{- $platform := .platform }}
{{- $name := $platform.name }}
{{- if eq .service.type "LoadBalancer" }}
  {{- $class := .service.loadBalancerClass }}
  {{- if and $class .held (not (hasKey .constants.classes $class)) }}
    {{- include "external-service-proxy.lib.problem" (list . "service.loadBalancerClass" "load-balancer-class"
      (printf "%s, and nobody says that what serves it heeds sourceRanges: %s, or leave it out" $class
        (printf "write whose it is in loadBalancerClasses, {%s: generic} where its address is on the nodes" $class))) }}
  {{- end }}
  {{- if and (eq $platform.nodePorts "needed") (not .service.allocateLoadBalancerNodePorts) }}
    {{- include "external-service-proxy.lib.problem" (list . "service.allocateLoadBalancerNodePorts" "platform-node-ports"
      (printf "false, and load balancers of platform %s reach the nodes by node ports: leave it out" $name)) }}
  {{- end }}
  {{- if and .sourceRanges (not $platform.sourceRanges) }}
    {{- /* Its address of the other family leads to the same node ports, so both words are due. */}}
    {{- range list "0.0.0.0/0" "::/0" }}
      {{- if not (has . $.sourceRanges) }}
        {{- include "external-service-proxy.lib.problem" (list $ "sourceRanges" "platform-open"
          (printf "load balancers of platform %s take no list and are open to anyone, by both families: add %s to say so, or write %s"
            $name . (ternary "service.type ClusterIP with an Ingress or a route" "service.type ClusterIP" (empty $.doors)))) }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- if gt (len .service.ipFamilies) (int $platform.families) }}
    {{- include "external-service-proxy.lib.problem" (list . "addresses" "platform-families"
      (printf "are of %s, and a load balancer of platform %s has one family: write one proxy for each" (.service.ipFamilies | join " and ")
        $name)) }}
  {{- end }}
  {{- range $port, $spec := .ports }}
    {{- if not (has $spec.protocol $platform.protocols) }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "ports.%s.protocol" $port) "platform-protocol"
        (printf "%s, and load balancers of platform %s carry only %s: write another protocol, or service.type NodePort" $spec.protocol $name
          ($platform.protocols | join " and "))) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
