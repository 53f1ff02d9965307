{{- /*
The gate: the one place by which every object leaves, and where its head is written. Labels and annotations of all
sources meet here, once, and are judged here, once; and no two objects leave under one identity. What is wrong is noted
in the gate's problems, by which the render fails when all objects are made.
Takes (dict
  "owner" OWNER                           the proxy or gateway that the object is of
  "apiVersion" "kind" "name" "namespace"  its identity, the namespace the release's where left out
  "clusterWide" BOOL                      whether its kind has no namespace
  "labels" WORD                           which of the chart's own labels, plain where left out
  "annotations" DICT                      the chart's own annotations, which no value replaces
  "fallback" DICT                         the chart's own annotations that a value replaces
  "values" DICT "path" PATH               the values' annotations, and where they stand in the owner
  "valuesLabels" DICT "labelsPath" PATH   the same of labels),
of which all from labels on may be left out. Gives the beginning of a document, to the end of its metadata.
*/}}
{{- define "external-service-proxy.lib.gate" }}
{{- $context := .owner.context }}
{{- $namespace := .namespace | default $context.Release.Namespace }}
{{- $commonAnnotations := $context.Values.commonAnnotations }}
{{- template "external-service-proxy.lib.gate.identity" . }}
{{- if or .values .valuesLabels $commonAnnotations $context.Values.commonLabels }}
  {{- template "external-service-proxy.lib.gate.judgeAll" . }}
{{- end }}
---
apiVersion: {{ .apiVersion }}
kind: {{ .kind }}
metadata:
  name: {{ .name | quote }}
  {{- if not .clusterWide }}
  namespace: {{ $namespace | quote }}
  {{- end }}
  labels:
    {{- if .valuesLabels }}
      {{- include "external-service-proxy.lib.gate.labelsText" (list $context .valuesLabels) | replace "<name>" .owner.label }}
    {{- else }}
      {{- get .owner.constants.labels (.labels | default "plain") | replace "<name>" .owner.label }}
    {{- end }}
{{- if or .annotations .values .fallback $commonAnnotations }}
  {{- $annotations := merge (dict) (.annotations | default dict) (.values | default dict) (.fallback | default dict)
    ($commonAnnotations | default dict) }}
  {{- $text := toYaml $annotations }}
  {{- if gt (len $text) 262144 }}
    {{- template "external-service-proxy.lib.gate.size" (dict "code" "annotations-size" "object" . "annotations" $annotations) }}
  {{- end }}
  annotations:
    {{- $text | nindent 4 }}
{{- end }}
{{- end }}

{{- /*
Notes a problem where an object's annotations have more bytes than the API server takes (TotalAnnotationSizeLimitB of Kubernetes'
pkg/api/validation/objectmeta.go in apimachinery, 1.37).
Takes (dict "code" CODE "object" what the gate takes "annotations" DICT); writes nothing.
*/}}
{{- define "external-service-proxy.lib.gate.size" -}}
{{- $object := .object }}
{{- $size := 0 }}
{{- range $key, $value := .annotations }}{{ $size = add $size (len $key) (len $value) }}{{ end }}
{{- if gt (int $size) 262144 }}
  {{- $place := list dict "commonAnnotations" }}
  {{- if $object.values }}{{ $place = list $object.owner $object.path }}{{ end }}
  {{- $line := include "external-service-proxy.lib.problem" (list (first $place) (last $place) .code
    (printf "more than 262144 bytes in all, with those that the chart writes, and Kubernetes takes no more: %s"
      "write fewer or shorter ones")) }}
  {{- $_ := set $object.owner.gate "problems" (append $object.owner.gate.problems (trim $line)) }}
{{- end }}
{{- end }}

{{- /*
The gate for an object that is text for text that of other proxies of its shape, but for its name and its owner's, or that of others
of its base in its beginning: such a text is made once, of a proxy with <name> and <label> for them and without a key or an address,
and of a base without ports and ranges, so that no more of it can get in.
Takes (dict "owner" PROXY "apiVersion" "kind" "name" "family" "own" BOOL "beginning" TEMPLATE "end" TEMPLATE): what the gate takes,
whether it has labels or annotations of its own, and what gives the document's beginning, of (dict "proxy" PROXY "name" NAME "family"
FAMILY), and the rest, of a proxy, where no text of the values is that can hold <. Its own labels and annotations may, and what all
objects have in common: with these each is judged and written itself. Gives the document.
*/}}
{{- define "external-service-proxy.lib.gate.alike" -}}
{{- $values := .owner.context.Values }}
{{- $of := ternary "shape" "base" (hasKey .owner "shape") }}
{{- if or .own (not (hasKey .owner $of)) $values.commonLabels $values.commonAnnotations }}
  {{- include .beginning (dict "proxy" .owner "name" .name "family" .family) }}
  {{- include .end .owner }}
{{- else }}
  {{- $texts := get .owner $of }}
  {{- $id := print .beginning .family }}
  {{- if not (hasKey $texts $id) }}
    {{- $any := pick .owner "service" "externalName" "dns" "context" "constants" }}
    {{- if eq $of "shape" }}{{ $any = merge $any (pick .owner "ports" "loadBalancerSourceRanges") }}{{ end }}
    {{- $_ := set $any "label" "<label>" }}
    {{- $_ := set $any "gate" (dict "identities" dict) }}
    {{- $text := include .beginning (dict "proxy" $any "name" "<name>" "family" .family) }}
    {{- if eq $of "shape" }}{{ $text = print $text (include .end $any) }}{{ end }}
    {{- $_ := set $texts $id $text }}
  {{- end }}
  {{- template "external-service-proxy.lib.gate.identity" . }}
  {{- get $texts $id | replace "<label>" .owner.label | replace "<name>" .name }}
  {{- if eq $of "base" }}{{ include .end .owner }}{{ end }}
{{- end }}
{{- end }}

{{- /*
Objects that are to be applied in this order: Helm sorts documents by their kinds, but not what is in a List. (Its name is
for `helm lint` alone.)
Takes (dict "name" NAME "documents" LIST); gives one document.
*/}}
{{- define "external-service-proxy.lib.gate.inOrder" }}
---
apiVersion: v1
kind: List
metadata:
  name: {{ .name | quote }}
items:
{{- range .documents }}
  - {{ trimPrefix "---" (trim .) | trim | nindent 4 | trim }}
{{- end }}
{{- end }}

{{- /*
The labels of objects of which only the name differs, for which <name> stands: no label can hold that.
Takes (list CONTEXT LABELS), the second besides the recommended set and commonLabels; gives YAML, indented.
*/}}
{{- define "external-service-proxy.lib.gate.labelsText" -}}
{{- $context := index . 0 }}
{{- $recommended := dict
  "app.kubernetes.io/name" $context.Chart.Name
  "app.kubernetes.io/instance" $context.Release.Name
  "app.kubernetes.io/component" "<name>"
  "app.kubernetes.io/version" $context.Chart.AppVersion
  "app.kubernetes.io/managed-by" $context.Release.Service
  "helm.sh/chart" (printf "%s-%s" $context.Chart.Name $context.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") }}
{{- merge $recommended (index . 1) ($context.Values.commonLabels | default dict) | toYaml | nindent 4 }}
{{- end }}

{{- /*
Notes the identity of an object, and a problem where it is another's already: one of the two would be lost. Traefik takes
names for the same that differ in signs alone (pkg/provider/configuration.go, Normalize).
Takes what the gate takes; writes nothing.
*/}}
{{- define "external-service-proxy.lib.gate.identity" -}}
{{- $gate := .owner.gate }}
{{- $namespace := .namespace | default .owner.context.Release.Namespace }}
{{- $identity := printf "%s %s %s/%s" (dir .apiVersion) .kind $namespace .name }}
{{- if hasPrefix "traefik.io " $identity }}{{ $identity = regexReplaceAll "[^\\pL\\pN]+" $identity "-" }}{{ end }}
{{- if hasKey $gate.identities $identity }}
  {{- $text := printf "its %s %s is made by %s already, and one of the two would be lost: write another name for one of them" .kind .name
    (get $gate.identities $identity) }}
  {{- $line := include "external-service-proxy.lib.problem" (list .owner "" "object-twice" $text) }}
  {{- $_ := set $gate "problems" (append $gate.problems (trim $line)) }}
{{- else }}
  {{- $_ := set $gate.identities $identity (printf "%s%s.%s" $gate.chart (.owner.section | default "proxies") .owner.key) }}
{{- end }}
{{- end }}

{{- /*
What the gate says of the keys of all objects where checks find problems, and none is written: so all are said at once.
Takes (list MODEL LINES), what effective.all gives and what is said already, of which nothing is said twice; gives a line a problem.
*/}}
{{- define "external-service-proxy.lib.gate.unwritten" -}}
{{- $said := index . 1 }}
{{- with index . 0 }}
  {{- range $proxy := .proxies }}
    {{- template "external-service-proxy.lib.gate.judgeAll" (dict "owner" . "kind" "Service" "values" .service.annotations
      "path" "service.annotations" "valuesLabels" .service.labels "labelsPath" "service.labels") }}
    {{- range .doors }}
      {{- template "external-service-proxy.lib.gate.judgeAll" (dict "owner" $proxy "kind" .kind "values" .settings.annotations
        "path" (printf "%s.annotations" .path)) }}
    {{- end }}
  {{- end }}
  {{- range .gateways }}
    {{- template "external-service-proxy.lib.gate.judgeAll" (dict "owner" . "kind" .kind "values" .annotations "path" "annotations") }}
  {{- end }}
  {{- range .extraObjects }}
    {{- $metadata := .object.metadata | default dict }}
    {{- template "external-service-proxy.lib.gate.judgeAll" (dict "owner" . "kind" .object.kind "values" $metadata.annotations
      "path" "metadata.annotations" "valuesLabels" $metadata.labels "labelsPath" "metadata.labels") }}
  {{- end }}
  {{- range .gate.problems }}
    {{- if not (contains (regexFind "^- [^:]+: [^ ,]+" .) $said) }}
{{ . }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Judges every key of the values that an object gets.
Takes what the gate takes; writes nothing.
*/}}
{{- define "external-service-proxy.lib.gate.judgeAll" -}}
{{- $common := .owner.context.Values }}
{{- $sources := list
  (dict "code" "annotation-not-harmless" "keys" .values "owner" .owner "path" .path)
  (dict "code" "annotation-not-harmless" "keys" $common.commonAnnotations "owner" dict "path" "commonAnnotations")
  (dict "code" "label-not-harmless" "keys" .valuesLabels "owner" .owner "path" .labelsPath)
  (dict "code" "label-not-harmless" "keys" $common.commonLabels "owner" dict "path" "commonLabels") }}
{{- range $source := $sources }}
  {{- range $key, $value := .keys }}
    {{- template "external-service-proxy.lib.gate.judge" (dict "object" $ "key" $key "value" $value "source" $source) }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Notes a problem where a key of the values could undo a list that is to be held, or open another way: one that a reader of
the object takes for its own and does not call harmless, at that value; and one whose reader nobody knows. The longest
namespace decides whose a key is.
Takes (dict "object" what the gate takes "key" KEY "value" VALUE "source" {code, owner, path}); writes nothing.
*/}}
{{- define "external-service-proxy.lib.gate.judge" -}}
{{- $key := .key }}
{{- $owner := .object.owner }}
{{- if not $owner.readers }}{{ template "external-service-proxy.effective.readers.ofProxy" $owner }}{{ end }}
{{- $readers := $owner.readers }}
{{- $owned := "" }}
{{- $found := dict }}
{{- range $reader := get $readers .object.kind | default $readers.other }}
  {{- range .namespaces }}
    {{- if and (hasPrefix . (lower $key)) (gt (len .) (len $owned)) }}
      {{- $owned = . }}
      {{- $found = $reader }}
    {{- end }}
  {{- end }}
  {{- if and .bare (not $owned) (hasPrefix "annotation" $.source.code) (not (contains "/" $key)) }}{{ $found = $reader }}{{ end }}
{{- end }}
{{- $own := substr (len $owned) (len $key) $key }}
{{- $form := get ($found.forms | default dict) $own | default $found.values }}
{{- $text := "" }}
{{- if not $readers.judged }}
{{- else if not $found }}
  {{- if contains "/" $key }}
    {{- $cure := printf "leave it out, or write it, or %s/, in harmlessKeys" (first (splitList "/" $key)) }}
    {{- $text = printf "%s is of no reader that is known here, and could open a way of its own: %s" $key $cure }}
  {{- end }}
{{- else if $found.free }}
{{- else if not (has $own $found.harmless) }}
  {{- $text = printf "%s is read by %s, and is not known to leave sourceRanges in force: leave it out" $key $found.title }}
{{- else if and $form (not (regexMatch $form .value)) }}
  {{- $text = printf "%s is read by %s, of which only a value like %s is known to leave sourceRanges in force: write one, or leave it out"
    $key $found.title $form }}
{{- end }}
{{- if and $text (not (include "external-service-proxy.lib.gate.said" (list $key .object.owner.context.Values.harmlessKeys))) }}
  {{- $gate := .object.owner.gate }}
  {{- $line := include "external-service-proxy.lib.problem" (list .source.owner .source.path .source.code $text) }}
  {{- $_ := set $gate "problems" (append $gate.problems (trim $line)) }}
{{- end }}
{{- end }}

{{- /*
Whether the values call a key harmless, itself or by what it begins with up to the slash.
Takes (list KEY KEYS); gives "true" or nothing.
*/}}
{{- define "external-service-proxy.lib.gate.said" -}}
{{- $key := index . 0 }}
{{- $said := false }}
{{- range index . 1 }}
  {{- if or (eq . $key) (and (hasSuffix "/" .) (hasPrefix . $key)) }}{{ $said = true }}{{ end }}
{{- end }}
{{- if $said }}true{{ end }}
{{- end }}
