{{- /*
A Gateway, or a ListenerSet that adds listeners to one.
Takes an effective gateway; gives a document.
*/}}
{{- define "external-service-proxy.objects.gateway" -}}
{{- $gateway := . }}
{{- $annotations := include "external-service-proxy.objects.issuerAnnotations" .issuer | fromYaml }}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" "gateway.networking.k8s.io/v1" "kind" .kind "owner" . "name" .name
  "annotations" $annotations "values" .annotations "path" "annotations") }}
spec:
  {{- if eq .kind "Gateway" }}
  gatewayClassName: {{ .className | quote }}
    {{- if .hasListenerSets }}
  allowedListeners:
    namespaces:
      from: Same
    {{- end }}
    {{- with .addresses }}
  addresses:
      {{- range . }}
    - type: IPAddress
      value: {{ . | quote }}
      {{- end }}
    {{- end }}
  {{- else }}
  parentRef:
    group: gateway.networking.k8s.io
    kind: Gateway
    name: {{ .parentRef.name | quote }}
    {{- with .parentRef.namespace }}
    namespace: {{ . | quote }}
    {{- end }}
  {{- end }}
  listeners:
    {{- range $name, $listener := .listeners }}
    - name: {{ $name | quote }}
      port: {{ $listener.port }}
      protocol: {{ $listener.protocol }}
      {{- with $listener.hostname }}
      hostname: {{ . | quote }}
      {{- end }}
      {{- with $listener.tlsMode }}
      tls:
        mode: {{ . }}
        {{- with $listener.tls.secretName }}
        certificateRefs:
          - group: ""
            kind: Secret
            name: {{ . | quote }}
            {{- with $listener.tls.secretNamespace }}
            namespace: {{ . | quote }}
            {{- end }}
        {{- end }}
      {{- end }}
      allowedRoutes:
        namespaces:
          from: {{ $listener.allowedRoutes }}
    {{- end }}
{{- range $namespace, $names := .foreignSecrets }}
  {{- $name := include "external-service-proxy.lib.name" (list (printf "%s.gateway" $gateway.name) $namespace $gateway.context) }}
  {{- $from := dict "group" "gateway.networking.k8s.io" "kind" $gateway.kind "namespace" $gateway.context.Release.Namespace }}
  {{- template "external-service-proxy.objects.referenceGrant" (dict "owner" $gateway "name" $name
    "namespace" $namespace "from" (list $from) "kind" "Secret" "names" $names) }}
{{- end }}
{{- end }}
