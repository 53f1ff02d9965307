{{- /*
The Gateways and ListenerSets: a class or a parent, listeners that do not clash, and certificates where they are due.
Takes (dict "gateways" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.gateways" -}}
{{- range $key, $gateway := .gateways }}
{{- $path := printf "gateways.%s" $key }}
{{- if and (eq .kind "Gateway") (not .className) }}
- {{ $path }}.className: not written, and a Gateway is of a class: write the controller's GatewayClass [gateway-class-required]
{{- end }}
{{- if and (eq .kind "ListenerSet") (not .parentRef.name) }}
- {{ $path }}.parentRef.name: not written, and a ListenerSet adds to a Gateway: write its name [gateway-parent-required]
{{- end }}
{{- if not .listeners }}
- {{ $path }}.listeners: none is written: add one, for example http: {port: 80, protocol: HTTP} [gateway-listeners-required]
{{- end }}
{{- $seen := dict }}
{{- range $name, $listener := .listeners }}
{{- $at := printf "%s.listeners.%s" $path $name }}
{{- $place := printf "%s port %v%s" (ternary "UDP" "TCP" (eq .protocol "UDP")) .port (.hostname | printf ", %s" | trimSuffix ", ") }}
{{- if hasKey $seen $place }}
- {{ $at }}.port: {{ $place }} is listener {{ get $seen $place }} already: write another port or hostname [listener-twice]
{{- else }}
{{- $_ := set $seen $place $name }}
{{- end }}
{{- if and (eq .protocol "HTTPS") (not .tls.secretName) }}
- {{ $at }}.tls.secretName: not written, and HTTPS needs a certificate: write its Secret's name [listener-certificate-required]
{{- else if and (ne .protocol "HTTPS") .tls.secretName }}
- {{ $at }}.tls.secretName: a listener of protocol {{ .protocol }} shows no certificate: leave it out, or write protocol HTTPS [listener-certificate]
{{- end }}
{{- if and .hostname (has .protocol (list "TCP" "UDP")) }}
- {{ $at }}.hostname: a listener of protocol {{ .protocol }} knows no names: leave it out [listener-hostname]
{{- end }}
{{- if and $gateway.issuer.name .tls.secretNamespace }}
- {{ $at }}.tls.secretNamespace: {{ .tls.secretNamespace }}, and cert-manager issues into the Gateway's own namespace alone: leave it out, or the issuer [listener-issuer]
{{- end }}
{{- if and $gateway.issuer.name (eq .protocol "HTTPS") (not .hostname) }}
- {{ $at }}.hostname: not written, and cert-manager needs a name for the certificate: write it [listener-issuer-hostname]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
