{{- /*
A ValidatingAdmissionPolicy (served as v1 since Kubernetes 1.30) and its binding to access.namespace, for everybody but
Kubernetes's own controllers, whose slices are of pods or mirrored.
Takes (dict "access" ACCESS "group" GROUP "resource" RESOURCE "validations" LIST), each validation {expression (CEL), message};
gives two documents.
*/}}
{{- define "external-service-proxy.objects.validatingAdmissionPolicy" }}
{{- $name := printf "%s.%s" .access.objectName .resource }}
{{- $head := dict "apiVersion" "admissionregistration.k8s.io/v1" "owner" .access "name" $name "clusterWide" true }}
{{- template "external-service-proxy.lib.gate" (merge (dict "kind" "ValidatingAdmissionPolicy") $head) }}
spec:
  failurePolicy: Fail
  matchConstraints:
    resourceRules:
      - apiGroups: [{{ .group | quote }}]
        apiVersions: ["*"]
        operations: [CREATE, UPDATE]
        resources: [{{ .resource }}]
  matchConditions:
    - name: not-by-a-controller
      expression: >-
        !(request.userInfo.username in ["system:kube-controller-manager",
        "system:serviceaccount:kube-system:endpoint-controller", "system:serviceaccount:kube-system:endpointslice-controller",
        "system:serviceaccount:kube-system:endpointslicemirroring-controller"])
  validations:
    {{- toYaml .validations | nindent 4 }}
{{- template "external-service-proxy.lib.gate" (merge (dict "kind" "ValidatingAdmissionPolicyBinding") $head) }}
spec:
  policyName: {{ $name | quote }}
  validationActions: [Deny]
  matchResources:
    namespaceSelector:
      matchLabels:
        kubernetes.io/metadata.name: {{ .access.namespace | quote }}
{{- end }}
