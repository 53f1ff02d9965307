{{- /*
The family of an address or a CIDR.
Takes a string; gives IPv4 or IPv6.
*/}}
{{- define "external-service-proxy.ip.family" -}}
{{- ternary "IPv6" "IPv4" (contains ":" .) }}
{{- end }}
