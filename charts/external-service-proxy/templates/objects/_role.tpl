{{- /*
The least Role of who deploys proxies by Helm, and its RoleBinding: a Service and its slices, Helm's own Secrets, and what
access.resources add. Nothing by which it could be widened.
Takes access; gives two documents.
*/}}
{{- define "external-service-proxy.objects.role" }}
{{- $head := dict "apiVersion" "rbac.authorization.k8s.io/v1" "owner" . "name" .objectName "namespace" .namespace }}
{{- $verbs := list "get" "list" "watch" "create" "patch" "delete" }}
{{- template "external-service-proxy.lib.gate" (merge (dict "kind" "Role") $head) }}
rules:
  - apiGroups: [""]
    resources: [services]
    verbs: {{ toJson $verbs }}
  - apiGroups: [discovery.k8s.io]
    resources: [endpointslices]
    verbs: {{ toJson $verbs }}
  {{- range $group, $resources := .resources }}
  - apiGroups: [{{ ternary "" $group (eq $group "core") | quote }}]
    resources: {{ toJson $resources }}
    verbs: {{ toJson $verbs }}
  {{- end }}
  - apiGroups: [""]
    resources: [secrets] # where Helm keeps its releases
    verbs: [get, list, create, update, patch, delete]
{{- template "external-service-proxy.lib.gate" (merge (dict "kind" "RoleBinding") $head) }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ .objectName | quote }}
subjects:
  {{- range .subjects }}
  - kind: {{ .kind }}
    name: {{ .name | quote }}
    {{- if eq .kind "ServiceAccount" }}
    namespace: {{ .namespace | quote }}
    {{- else }}
    apiGroup: rbac.authorization.k8s.io
    {{- end }}
  {{- end }}
{{- end }}
