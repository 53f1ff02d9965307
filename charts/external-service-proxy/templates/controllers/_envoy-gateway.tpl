{{- /*
A SecurityPolicy that holds the route to the list, applied before it, since a route without one is open; the route; and,
where App2 is to be spoken to otherwise than by default, a BackendTrafficPolicy. All are in the route's namespace. An address
is left at the first failed health check, taken again at the first that it passes, and panicThreshold 0 sends nothing to one
that fails, even if all do.
Takes a door; gives documents.
*/}}
{{- define "external-service-proxy.controllers.envoy-gateway" -}}
{{- $route := include "external-service-proxy.objects.route" (dict "door" .) }}
{{- if .proxy.anyone }}
  {{- $route }}
{{- else }}
  {{- $policy := include "external-service-proxy.controllers.envoy-gateway.authorization" . }}
  {{- include "external-service-proxy.lib.gate.inOrder" (dict "name" .name "documents" (list $policy $route)) }}
{{- end }}
{{- $backend := .proxy.backend }}
{{- $connect := $backend.timeouts.connect }}
{{- /* A route's own rules carry it, where they can. */}}
{{- $request := ternary $backend.timeouts.request "" (and .is.http (not (has "timeouts" .is.route.rules))) }}
{{- if and .is.http (or $connect $request $backend.healthCheck.path) }}
  {{- include "external-service-proxy.controllers.envoy-gateway.policy" (dict "door" . "kind" "BackendTrafficPolicy") }}
  {{- if or $connect $request }}
  timeout:
    {{- with $connect }}
    tcp:
      connectTimeout: {{ . | quote }}
    {{- end }}
    {{- with $request }}
    http:
      requestTimeout: {{ . | quote }}
    {{- end }}
  {{- end }}
  {{- with $backend.healthCheck }}
    {{- if .path }}
  healthCheck:
    panicThreshold: 0
    active:
      type: HTTP
      interval: {{ .interval | quote }}
      timeout: {{ .interval | quote }}
      unhealthyThreshold: 1
      healthyThreshold: 1
      http:
        path: {{ .path | quote }}
        {{- with $backend.host }}
        hostname: {{ . | quote }}
        {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Takes a door; gives a document.
*/}}
{{- define "external-service-proxy.controllers.envoy-gateway.authorization" }}
{{- include "external-service-proxy.controllers.envoy-gateway.policy" (dict "door" . "kind" "SecurityPolicy") }}
  authorization:
    defaultAction: Deny
    rules:
      - action: Allow
        principal:
          clientCIDRs:
            {{- toYaml .proxy.sourceRanges | nindent 12 }}
{{- end }}

{{- /*
The beginning of a policy of Envoy Gateway's for a route, to the end of what it targets. Its name says the kind, or a route
whose kind changes would lose its policy to the new one before it goes.
Takes (dict "door" DOOR "kind" KIND); gives the beginning of a document.
*/}}
{{- define "external-service-proxy.controllers.envoy-gateway.policy" }}
{{- template "external-service-proxy.lib.gate" (dict "apiVersion" "gateway.envoyproxy.io/v1alpha1" "kind" .kind "owner" .door.proxy
  "name" (ternary .door.name (printf "%s.%s" .door.name (lower .door.kind)) (eq .door.kind "HTTPRoute")) "namespace" .door.namespace) }}
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: {{ .door.kind }}
      name: {{ .door.name | quote }}
{{- end }}

{{- /*
What `helm install` says of a route.
Takes a door; gives lines.
*/}}
{{- define "external-service-proxy.controllers.envoy-gateway.notes" }}
{{- if .proxy.held }}
  - where {{ .path }} is the first held route of its listener, each connection that is older gets one answer: install it with its
    addresses drained, and make them ready a minute later
  - before {{ .path }} goes while the proxy stays, drain the addresses and upgrade: its policy goes first
{{- end }}
{{- end }}
