{{- /*
Why a host may not have the option that its Ingress says: one that its controller takes for all of the host, by its name.
Takes (list NAMES NAME), those that share the host's name with it; gives words, or nothing.
*/}}
{{- define "external-service-proxy.checks.hosts.differ" -}}
{{- $name := index . 1 }}
{{- $option := $name.option | default "" }}
{{- if and $option (contains "*" $name.host) }}
  {{- $can := $name.door.can }}
  {{- printf "%s, and %s finds %s by a host's whole name: write the names, or leave the option out" $name.host $can.title $can.hostOption }}
{{- else }}
  {{- $before := dict }}
  {{- range index . 0 }}
    {{- if and (not $before) (ne (.option | default "") $option) .door $name.door }}
      {{- if eq .door.controller $name.door.controller }}{{ $before = . }}{{ end }}
    {{- end }}
  {{- end }}
  {{- with $before }}
    {{- $cure := "write the same in both, or another host" }}
    {{- if or (ne .kind "Ingress") (ne $name.kind "Ingress") }}{{ $cure = "leave the option out, or write another host" }}{{ end }}
    {{- printf "%s is %s.%s already, with %s %s and not %s, of which %s takes neither for one host: %s" .host .owner .at
      $name.door.can.hostOption (.option | default "none") ($option | default "none") $name.door.can.title $cure }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
What the annotations of an Ingress say of the host; its controller reads keys in any case, and what is not written is default.
Takes a door of kind Ingress; gives the value, or nothing.
*/}}
{{- define "external-service-proxy.checks.hosts.option" -}}
{{- $key := .can.hostOption }}
{{- range $name, $value := merge (dict) .settings.annotations (.proxy.context.Values.commonAnnotations | default dict) }}
  {{- if and (eq (lower $name) $key) (ne $value "default") }}{{ $value }}{{ end }}
{{- end }}
{{- end }}
