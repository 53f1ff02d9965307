{{- /*
The name of an object in a namespace that may not be the release's: releases of several namespaces may write there, so it
then ends in the release's own. Neither namespace nor key holds a dot, and ".of." makes two parts more than others have.
Takes (list NAME NAMESPACE CONTEXT); gives a name.
*/}}
{{- define "external-service-proxy.lib.name" -}}
{{- $own := (index . 2).Release.Namespace }}
{{- index . 0 }}{{ if ne (index . 1) $own }}.of.{{ $own }}{{ end }}
{{- end }}
