{{- /*
Ranges that hold the cluster's own addresses: kube-proxy masquerades whoever comes by the controller's own ClusterIP, or
by its node port or load balancer under externalTrafficPolicy Cluster, so that the controller sees a node. Each proxy says
so for itself, that of a neighbour's route as well.
Takes a proxy with doors and routed; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.clusterRanges" -}}
{{- if and .held (or .doors .routed) (not .allowClusterSources) }}
  {{- range $index, $range := .sourceRanges }}
    {{- range $own := $.context.Values.clusterRanges }}
      {{- if include "external-service-proxy.lib.ip.overlap" (list $range $own) }}
        {{- include "external-service-proxy.lib.problem" (list $ (printf "sourceRanges[%d]" $index) "ranges-hold-nodes"
          (printf
            "%s meets %s of clusterRanges, and who is taken for a node comes in: write App1's addresses, or allowClusterSources: true"
            $range $own)) }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
