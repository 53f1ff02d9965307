{{- /*
The fixed ClusterIPs: none that no cluster gives to Services, and each once, since the API server gives an address to one Service and
refuses the second (ErrAllocated in Kubernetes' pkg/registry/core/service/ipallocator, 1.37).
Takes (dict "proxies" DICT "release" DICT "gate" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.clusterIPs" -}}
{{- $seen := .release.clusterIPs }}
{{- range $key, $proxy := .proxies }}
  {{- with .service.clusterIP }}
    {{- if ne . "None" }}
      {{- $read := dict "ip" . }}
      {{- template "external-service-proxy.lib.ip.read" $read }}
      {{- if $read.reserved }}
        {{- include "external-service-proxy.lib.problem" (list $proxy "service.clusterIP" "cluster-ip-reserved"
          (printf "%s is %s, and no Service has such an address: write one of your cluster's Services, or leave it out" .
            $read.reserved)) }}
      {{- else if hasKey $seen $read.canonical }}
        {{- include "external-service-proxy.lib.problem" (list dict (printf "proxies.%s.service.clusterIP" $key) "cluster-ip-twice"
          (printf "%s is that of %s already, and Kubernetes gives an address to one Service: write another, or null" .
            (get $seen $read.canonical))) }}
      {{- else }}
        {{- $_ := set $seen $read.canonical (printf "%sproxies.%s" $.gate.chart $key) }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
