{{- /*
The Service: fields that its type does not take (the API refuses them), policies under which no packet would
pass, and ways that would open the ClusterIP unasked.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.service" -}}
{{- $service := .service }}
{{- $type := $service.type }}
{{- $written := .written.service | default dict }}
{{- $headless := eq $service.clusterIP "None" }}
{{- if and $written (not (has $type (list "LoadBalancer" "ExternalName"))) }}
  {{- range $field, $types := dict
    "loadBalancerClass" (list "LoadBalancer")
    "allocateLoadBalancerNodePorts" (list "LoadBalancer")
    "externalTrafficPolicy" (list "LoadBalancer" "NodePort") }}
    {{- if and (hasKey $written $field) (get $written $field | toString | ne "") (not (has $type $types)) }}
      {{- include "external-service-proxy.lib.own.problem" (list $ (printf "service.%s" $field) "service-field-type"
        (printf "not for service.type %s, only for %s: leave it out" $type ($types | join " and "))) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- if and $headless (ne $type "ExternalName") }}
  {{- if ne $type "ClusterIP" }}
    {{- include "external-service-proxy.lib.problem" (list . "service.clusterIP" "headless-type"
      (printf "None makes a headless Service, which service.type %s can't be: write service.type ClusterIP, or leave it out" $type)) }}
  {{- end }}
  {{- if and (not $service.inCluster) (or (hasKey $written "inCluster") (include "external-service-proxy.checks.sourceRanges.wait" .)) }}
    {{- include "external-service-proxy.lib.problem" (list . "service.inCluster" "headless-in-cluster"
      "false, and a headless Service tells every pod App2's addresses: write true, or a clusterIP other than None") }}
  {{- end }}
  {{- if eq $service.sessionAffinity "ClientIP" }}
    {{- include "external-service-proxy.lib.own.problem" (list . "service.sessionAffinity" "headless-affinity"
      "ClientIP has no effect on a headless Service, whose clients connect to App2 themselves: leave it out") }}
  {{- end }}
{{- end }}
{{- $local := and (eq ($service.externalTrafficPolicy | default "") "Local") (has $type (list "LoadBalancer" "NodePort")) }}
{{- $open := ternary "" " and service.inCluster: true" $service.inCluster }}
{{- if $local }}
  {{- range $index, $address := .addresses }}
    {{- if and .ready (not .nodeName) }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "addresses[%d]" $index) "local-node-name"
        (printf "no nodeName, and externalTrafficPolicy Local sends only to addresses with one: %s" (printf
          "write {ip, nodeName}%s, or service.externalTrafficPolicy Cluster" $open))) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- $named := false }}
{{- $needed := or $local (eq ($service.trafficDistribution | default "") "PreferSameNode") }}
{{- range $index, $address := .addresses }}
  {{- if and .ready .nodeName (not $named) (not $service.inCluster) (ne $type "ExternalName") }}
    {{- $named = true }}
    {{- include "external-service-proxy.lib.problem" (list $ (printf "addresses[%d].nodeName" $index) "node-name-in-cluster"
      (printf "written, so the ClusterIP is open on that node, and service.inCluster is false: %swrite service.inCluster: true"
        (ternary "" "leave it out, or " $needed))) }}
  {{- end }}
{{- end }}
{{- with $service.trafficDistribution }}
  {{- $since := ternary "1.31" "1.34" (eq . "PreferClose") }}
  {{- $version := $.context.Capabilities.KubeVersion.Version }}
  {{- if not (semverCompare (printf ">=%s-0" $since) $version) }}
    {{- include "external-service-proxy.lib.problem" (list $ "service.trafficDistribution" "traffic-distribution-version"
      (printf "%s, which Kubernetes knows from %s on, and this is %s: %s" . $since $version
        (ternary "leave it out" "write PreferClose, or leave it out"
          (or (eq . "PreferSameNode") (not (semverCompare ">=1.31-0" $version)))))) }}
  {{- end }}
  {{- $field := ternary "nodeName" "zone" (eq . "PreferSameNode") }}
  {{- range $index, $address := $.addresses }}
    {{- if and .ready (not (get . $field)) }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "addresses[%d]" $index) "traffic-distribution"
        (printf "no %s, and trafficDistribution %s has no effect unless every address has one: write {ip, %s}%s, or %s" $field
          $service.trafficDistribution $field (ternary $open "" (eq $field "nodeName")) "leave service.trafficDistribution out")) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
The families of the Service: those of App2's addresses, no more (such an address would answer nothing) and no
fewer (such an App2 would get nothing).
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.families" -}}
{{- $service := .service }}
{{- if .addresses }}
  {{- $alone := eq (len $service.ipFamilies) 1 }}
  {{- $leads := false }}
  {{- range $family := $service.ipFamilies }}
    {{- if has $family $.addressFamilies }}
      {{- $leads = true }}
    {{- else }}
      {{- include "external-service-proxy.lib.problem" (list $ "service.ipFamilies" "family-without-address"
        (printf "%s, and App2 has no %s address, so the Service's own %s address would lead nowhere: add one to addresses, or leave %s out"
          $family $family $family (ternary "service.ipFamilies" $family $alone))) }}
    {{- end }}
  {{- end }}
  {{- range $family := .addressFamilies }}
    {{- if and $leads (not (has $family $service.ipFamilies)) }}
      {{- include "external-service-proxy.lib.problem" (list $ "service.ipFamilies" "address-without-family"
        (printf "%s is not in it, and App2 has an address of that family, which would get no traffic: add %s, or %s" $family $family
          "leave service.ipFamilies out")) }}
    {{- end }}
  {{- end }}
  {{- $two := gt (len $service.ipFamilies) 1 }}
  {{- if and $two (eq $service.ipFamilyPolicy "SingleStack") }}
    {{- include "external-service-proxy.lib.problem" (list . "service.ipFamilyPolicy" "family-policy"
      (printf "SingleStack takes one family, and here are %s: write PreferDualStack or RequireDualStack"
        ($service.ipFamilies | join " and "))) }}
  {{- else if and (not $two) (ne $service.ipFamilyPolicy "SingleStack") }}
    {{- include "external-service-proxy.lib.problem" (list . "service.ipFamilyPolicy" "family-policy"
      (printf "%s asks for a second family, in which App2 has no address: leave it out, or add an address" $service.ipFamilyPolicy)) }}
  {{- end }}
  {{- if and $service.clusterIP (ne $service.clusterIP "None") $service.ipFamilies }}
    {{- if ne (include "external-service-proxy.lib.ip.family" $service.clusterIP) (first $service.ipFamilies) }}
      {{- include "external-service-proxy.lib.problem" (list . "service.clusterIP" "cluster-ip-family"
        (printf "%s is not of the Service's first family, %s: write one that is%s" $service.clusterIP (first $service.ipFamilies)
          (ternary (printf ", or service.ipFamilies [%s]" (reverse $service.ipFamilies | join ", ")) "" $two))) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
