{{- /*
The Ingress: named hosts, one TCP port, paths that the API takes, and a certificate that can come for each host.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.ingress" -}}
{{- $ingress := .ingress }}
{{- if $ingress.enabled }}
  {{- if not $ingress.hosts }}
    {{- include "external-service-proxy.lib.problem" (list . "ingress.hosts" "ingress-hosts-required"
      "none is written, and an Ingress without one takes every host's requests: write App2's names, or ingress.enabled: false") }}
  {{- end }}
  {{- if .ports }}
    {{- if not $ingress.port }}
      {{- include "external-service-proxy.lib.problem" (list . "ingress.port" "ingress-port-required"
        (ternary "not written, and an Ingress carries only TCP, which no port is: add one to ports, or write ingress.enabled: false"
          (printf "not written, and %s are TCP ports: write one of them" (.portNames.TCP | join " and ")) (empty .portNames.TCP))) }}
    {{- else if not (has $ingress.port .portNames.TCP) }}
      {{- include "external-service-proxy.lib.problem" (list . "ingress.port" "ingress-port-unknown"
        (printf "%s is not a TCP port of ports: write %s" $ingress.port
          (.portNames.TCP | join " or " | default "one, and add it to ports"))) }}
    {{- end }}
  {{- end }}
  {{- $seen := dict }}
  {{- range $index, $path := $ingress.paths }}
    {{- /* To Exact a slash at the end makes another path. */}}
    {{- $plain := ternary .path (trimSuffix "/" .path) (eq .pathType "Exact") }}
    {{- if hasKey $seen $plain }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "ingress.paths[%d].path" $index) "ingress-path-twice"
        (printf "%s is paths[%d] already, and all lead to the same port: leave one of them out" .path (get $seen $plain))) }}
    {{- else }}
      {{- $_ := set $seen $plain $index }}
    {{- end }}
    {{- if and (ne .pathType "ImplementationSpecific") (not (include "external-service-proxy.lib.path.plain" .path)) }}
      {{- include "external-service-proxy.lib.problem" (list $ (printf "ingress.paths[%d].path" $index) "ingress-path"
        (printf "%s has //, /./, /../ or %%2f, which Kubernetes refuses in a path of type %s: write the path without it" .path
          .pathType)) }}
    {{- end }}
  {{- end }}
  {{- if and $ingress.className (hasKey $ingress.annotations "kubernetes.io/ingress.class") }}
    {{- include "external-service-proxy.lib.problem" (list . "ingress.annotations" "class-annotation"
      "kubernetes.io/ingress.class, and ingress.className names a class already: leave it out") }}
  {{- end }}
  {{- include "external-service-proxy.checks.ingress.issuers" (list . "ingress.annotations" "ingress.tls.issuer" $ingress.tls.issuer.name
    $ingress.annotations) }}
  {{- if $ingress.tls.enabled }}
    {{- $secret := (dig "ingress" "tls" "secretName" "" .written) }}
    {{- $certificates := dig "ingress" "tls" "certificates" list .written }}
    {{- if not (or $ingress.tls.issuer.name $secret $certificates) }}
      {{- include "external-service-proxy.lib.problem" (list . "ingress.tls" "tls-certificate-required"
        "enabled, with nowhere to get a certificate from: write issuer.name for cert-manager, or the secretName of one that is there") }}
    {{- end }}
    {{- if $certificates }}
      {{- if $secret }}
        {{- include "external-service-proxy.lib.problem" (list . "ingress.tls.secretName" "tls-secret-name"
          (printf "%s is for all hosts, and certificates has one for each: leave one of the two out" $secret)) }}
      {{- end }}
      {{- range $host := $ingress.hosts }}
        {{- $of := list }}
        {{- range $index, $certificate := $certificates }}
          {{- if has $host .hosts }}
            {{- $of = append $of (printf "certificates[%d]" $index) }}
          {{- end }}
        {{- end }}
        {{- if ne (len $of) 1 }}
          {{- include "external-service-proxy.lib.problem" (list $ "ingress.tls.certificates" "tls-host"
            (printf "%s is in %s of them, and a host has one certificate: write it in one" $host ($of | join " and " | default "none"))) }}
        {{- end }}
      {{- end }}
      {{- range $index, $certificate := $certificates }}
        {{- range .hosts }}
          {{- if not (has . $ingress.hosts) }}
            {{- include "external-service-proxy.lib.problem" (list $ (printf "ingress.tls.certificates[%d].hosts" $index) "tls-host-unknown"
              (printf "%s is not in ingress.hosts: add it there, or leave %s out" .
                (ternary (printf "ingress.tls.certificates[%d]" $index) "it" (eq (len $certificate.hosts) 1)))) }}
          {{- end }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Annotations for cert-manager beside the issuer of the values, or of both kinds: of two it takes neither.
Takes (list OWNER PATH ISSUERPATH ISSUER ANNOTATIONS), where they stand in the owner; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.ingress.issuers" -}}
{{- $owner := index . 0 }}
{{- $path := index . 1 }}
{{- $said := list }}
{{- with index . 3 }}{{ $said = list (printf "%s names an issuer" (index $ 2)) }}{{ end }}
{{- range $annotation := list "cert-manager.io/cluster-issuer" "cert-manager.io/issuer" }}
  {{- range $at, $annotations := dict $path (index $ 4) "commonAnnotations" $owner.context.Values.commonAnnotations }}
    {{- if hasKey ($annotations | default dict) $annotation }}
      {{- if $said }}
        {{- include "external-service-proxy.lib.problem" (list (ternary dict $owner (eq $at "commonAnnotations")) $at "issuer-annotation"
          (printf "%s, and %s too, so cert-manager would issue nothing: leave it out" $annotation (first $said))) }}
      {{- end }}
      {{- $said = list (printf "%s is written" $annotation) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
