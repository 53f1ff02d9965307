{{- /*
The Gateways and ListenerSets: a class or a parent, listeners that do not clash, and certificates where they are due.
Takes (dict "gateways" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.gateways" -}}
{{- range $key, $gateway := .gateways }}
  {{- if and (eq .kind "Gateway") (not .className) }}
    {{- include "external-service-proxy.lib.problem" (list $gateway "className" "gateway-class-required"
      "not written, and a Gateway needs a class: write the controller's GatewayClass") }}
  {{- end }}
  {{- if and (eq .kind "ListenerSet") (not .parentRef.name) }}
    {{- include "external-service-proxy.lib.problem" (list $gateway "parentRef.name" "gateway-parent-required"
      "not written, and a ListenerSet adds to a Gateway: write the Gateway's name") }}
  {{- end }}
  {{- if not .listeners }}
    {{- include "external-service-proxy.lib.problem"
      (list $gateway "listeners" "gateway-listeners-required" "none is written: add one, for example http: {port: 80, protocol: HTTP}") }}
  {{- end }}
  {{- include "external-service-proxy.checks.ingress.issuers" (list . "annotations" "issuer" .issuer.name .annotations) }}
  {{- $seen := dict }}
  {{- range $name, $listener := .listeners }}
    {{- $at := printf "listeners.%s" $name }}
    {{- $place := printf "%s port %v%s" (ternary "UDP" "TCP" (eq .protocol "UDP")) .port (.hostname | printf ", %s" | trimSuffix ", ") }}
    {{- if hasKey $seen $place }}
      {{- include "external-service-proxy.lib.problem" (list $gateway (printf "%s.port" $at) "listener-twice"
        (printf "%s is listener %s already: write another port or hostname" $place (get $seen $place))) }}
    {{- else }}
      {{- $_ := set $seen $place $name }}
    {{- end }}
    {{- if and (eq .protocol "HTTPS") (not .tls.secretName) }}
      {{- include "external-service-proxy.lib.problem" (list $gateway (printf "%s.tls.secretName" $at) "listener-certificate-required"
        "not written, and HTTPS needs a certificate: write its Secret's name") }}
    {{- else if and (ne .protocol "HTTPS") (or .tls.secretName .tls.secretNamespace) }}
      {{- $field := ternary "secretName" "secretNamespace" (not (empty .tls.secretName)) }}
      {{- include "external-service-proxy.lib.problem" (list $gateway (printf "%s.tls.%s" $at $field) "listener-certificate"
        (printf "a listener of protocol %s shows no certificate: leave it out, or write protocol HTTPS" .protocol)) }}
    {{- end }}
    {{- if and .hostname (has .protocol (list "TCP" "UDP")) }}
      {{- include "external-service-proxy.lib.problem" (list $gateway (printf "%s.hostname" $at) "listener-hostname"
        (printf "a listener of protocol %s can't tell names apart: leave it out" .protocol)) }}
    {{- end }}
    {{- if and $gateway.issuer.name .tls.secretNamespace }}
      {{- include "external-service-proxy.lib.problem" (list $gateway (printf "%s.tls.secretNamespace" $at) "listener-issuer"
        (printf "%s, and cert-manager issues only into the Gateway's own namespace: leave it out, or leave the issuer out"
          .tls.secretNamespace)) }}
    {{- end }}
    {{- if and $gateway.issuer.name (eq .protocol "HTTPS") (not .hostname) }}
      {{- include "external-service-proxy.lib.problem" (list $gateway (printf "%s.hostname" $at) "listener-issuer-hostname"
        "not written, and cert-manager needs a name for the certificate: write the host name") }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}
