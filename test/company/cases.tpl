{{- /*
Many cases in one run of Helm: for each the chart's own proxies.yaml, as company.one, with a context of its own, in which
nothing of another is; what makes a case fail is written as a document instead. Or nothing but the case's merged values.
Takes .Values.cases, a list of {release, namespace, values (laid over those of values.yaml), notes (whether they are asked
for), merged (in place of values)}; gives documents that begin with their case's number.
*/}}
{{- $constants := dict }}
{{- $formless := splitList "\n=" (include "company.formless" .Values.cases) }}
{{- range $index, $case := .Values.cases }}
  {{- if hasKey $case "merged" }}
---
# case: {{ $index }}
kind: Merged
text: {{ $case.merged | toJson }}
  {{- else }}
    {{- $release := merge (dict "Name" $case.release "Namespace" $case.namespace) $.Release }}
    {{- $context := dict "Values" $case.values "Release" $release "Chart" $.Chart "Template" $.Template "Capabilities" $.Capabilities "Files" $.Files
      "constants" $constants "formless" (index $formless (add1 $index) | ne (toString $index)) }}
    {{- $text := include "company.one" $context | trim }}
    {{- if $context.refused }}
---
# case: {{ $index }}
kind: Refused
text: {{ $context.refused | toJson }}
    {{- else }}
      {{- range regexSplit "(?:^|\\s*\\n)---\\s*" $text -1 }}
        {{- with trim . }}
---
# case: {{ $index }}
{{ . }}
        {{- end }}
      {{- end }}
      {{- if $case.notes }}
---
# case: {{ $index }}
kind: Notes
text: {{ include "company.notes" $context | toJson }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}

{{- /*
What the chart reads once a render, once for all cases for which it is the same: half of what a case takes else.
*/}}
{{- define "external-service-proxy.effective.constants" }}
  {{- $read := .context.constants }}
  {{- $key := list .context.Release.Name .context.Values.commonLabels .context.Values.loadBalancerClasses | toJson }}
  {{- if not (hasKey $read $key) }}
    {{- template "company.constants" . }}
    {{- $_ := set $read $key .constants }}
  {{- end }}
  {{- $_ := set . "constants" (merge (dict "ranges" dict) (omit (get $read $key) "ranges")) }}
{{- end }}

{{- /*
What has not its form in the values of each case, by one expression for all: to read that takes half of what a case takes
else. Takes the cases; gives of each "\n=NUMBER", and behind it the lines of lib.forms.walk that aren't right.
*/}}
{{- define "company.formless" }}
  {{- $lines := "" }}
  {{- range $index, $case := . }}
    {{- $lines = print $lines "\n=" $index (include "external-service-proxy.lib.forms.walk.values" (dict "at" "" "is" (default dict $case.values))) }}
  {{- end }}
  {{- $right := include "external-service-proxy.lib.forms.right" . | replace "\n" "" }}
  {{- regexReplaceAll (printf "(?m)\n(%s)$" $right) $lines "" }}
{{- end }}

{{- define "external-service-proxy.checks.forms" }}
  {{- if .formless }}{{ template "company.forms" . }}{{ end }}
{{- end }}
