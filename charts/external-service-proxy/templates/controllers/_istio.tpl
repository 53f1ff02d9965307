{{- /*
Istio's gateways (read in 1.30 and its master of 2026-08: AuthorizationPolicy, DestinationRule,
pilot/pkg/config/kube/gateway).
*/}}
{{- define "external-service-proxy.controllers.istio.can" -}}
title: Istio
version: "1.30"
proved: false
clientAddress: the Service of its Gateway needs externalTrafficPolicy Local (annotate the Gateway); neither X-Forwarded-For nor PROXY protocol is heeded
HTTPRoute:
  sourceRanges: true
  backend.protocol https: true
  backend.protocol h2c: true
  backend.protocol grpc: true
  backend.protocol grpcs: "an HTTPRoute speaks HTTP/1.1 by TLS: write kind GRPCRoute"
  backend.host: true
  backend.tls.caConfigMap: true
  backend.tls.caSecret: "it reads CAs from ConfigMaps alone: write backend.tls.caConfigMap"
  backend.tls by system CAs: true
  backend.tls.serverName: true
  backend.tls.insecureSkipVerify: "a BackendTLSPolicy verifies: write a CA"
  backend.timeouts.connect: "a DestinationRule for it could switch a BackendTLSPolicy off"
  backend.timeouts.request: true
  backend.healthCheck: it has no active health checks
  else: it has no field for it
  not: &not
    hostnames none: "its AuthorizationPolicy holds hosts, and would close the whole Gateway: write App2's names"
    hostnames with a wildcard: "its AuthorizationPolicy can't hold one against a port in the Host header: write the names"
    parentRefs to a ListenerSet: "its AuthorizationPolicy names a Gateway: write the Gateway"
    annotations with istio.io/dry-run: "it would let anyone in: leave it out"
GRPCRoute:
  sourceRanges: true
  backend.protocol grpc: true
  backend.protocol grpcs: true
  backend.tls.caConfigMap: true
  backend.tls.caSecret: "it reads CAs from ConfigMaps alone: write backend.tls.caConfigMap"
  backend.tls by system CAs: true
  backend.tls.serverName: true
  backend.tls.insecureSkipVerify: "a BackendTLSPolicy verifies: write a CA"
  backend.timeouts.connect: "a DestinationRule for it could switch a BackendTLSPolicy off"
  backend.healthCheck: it has no active health checks
  else: "a GRPCRoute has no field for it: write kind HTTPRoute, which carries gRPC too"
  not: *not
TLSRoute:
  sourceRanges: true
  else: it has no field for it
  not:
    parentRefs to a ListenerSet: "its AuthorizationPolicy names a Gateway: write the Gateway"
else: an Ingress of Istio has no Gateway that its AuthorizationPolicy could name, and it serves no UDPRoute
{{- end }}

{{- /*
An AuthorizationPolicy for each Gateway, in its namespace: whoever is outside of the list is denied these hosts, and
no other host of a shared Gateway is touched. notIpBlocks compares the connection's own address. A host is written
with and without a port, since Envoy routes both; a passed on TLS by its server name.
Takes a door; gives documents.
*/}}
{{- define "external-service-proxy.controllers.istio" -}}
{{- $door := . }}
{{- include "external-service-proxy.objects.route" (dict "door" .) }}
{{- if not .proxy.anyone }}
  {{- range $index, $parent := .settings.parentRefs }}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
    {{- $name := print $door.name (ternary "" (printf ".%d" (add1 $index)) (eq $index 0)) }}
    {{- include "external-service-proxy.lib.metadata"
      (dict "owner" $door.proxy "name" $name "namespace" ($parent.namespace | default $door.namespace)) | nindent 2 }}
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: Gateway
      name: {{ $parent.name | quote }}
  action: DENY
  rules:
    - from:
        - source:
            notIpBlocks:
              {{- toYaml $door.proxy.sourceRanges | nindent 14 }}
      {{- if eq $door.kind "TLSRoute" }}
      when:
        - key: connection.sni
          values:
            {{- toYaml $door.hosts | nindent 12 }}
      {{- else }}
      to:
        - operation:
            hosts:
              {{- range $door.hosts }}
              - {{ . | quote }}
              - {{ printf "%s:*" . | quote }}
              {{- end }}
      {{- end }}
  {{- end }}
{{- end }}
{{- end }}
