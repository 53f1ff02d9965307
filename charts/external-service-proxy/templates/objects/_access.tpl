{{- /*
Who may deploy, and what is held whoever does: slices and Endpoints to App2's networks, and Services to ways that
sourceRanges hold, by each of its families that are or may come to be there.
Takes access; gives documents.
*/}}
{{- define "external-service-proxy.objects.access" }}
{{- include "external-service-proxy.objects.role" . }}
{{- $networks := .addresses | join ", " }}
{{- $within := printf "%s.exists(network, cidr(network).containsIP(ADDRESS))" (.addresses | toJson) }}
{{- $elsewhere := printf "an address is outside of %s" $networks }}
{{- $of := "(!has(s.LIST) || s.LIST.all(one, WITHIN))" | replace "WITHIN" ($within | replace "ADDRESS" "one.ip") }}
{{- include "external-service-proxy.objects.validatingAdmissionPolicy" (dict "access" . "group" "discovery.k8s.io"
  "resource" "endpointslices" "validations" (list
    (dict "expression" "object.addressType != 'FQDN'" "message" "addressType FQDN names no address")
    (dict "message" $elsewhere "expression" (printf "!has(object.endpoints) || object.endpoints.all(e, e.addresses.all(one, %s))"
      ($within | replace "ADDRESS" "one"))))) }}
{{- include "external-service-proxy.objects.validatingAdmissionPolicy" (dict "access" . "group" "" "resource" "endpoints"
  "validations" (list (dict "message" $elsewhere "expression" (printf "!has(object.subsets) || object.subsets.all(s, %s && %s)"
    ($of | replace "LIST" "addresses") ($of | replace "LIST" "notReadyAddresses"))))) }}
{{- $ranges := "object.spec.loadBalancerSourceRanges.exists(range, cidr(range).ip().family() == (family == 'IPv6' ? 6 : 4))" }}
{{- $services := list
  (dict "message" "externalIPs are held by no list"
    "expression" "!has(object.spec.externalIPs) || object.spec.externalIPs.size() == 0")
  (dict "message" "an ExternalName is held by no list, and may lead anywhere" "expression" "object.spec.type != 'ExternalName'")
  (dict "message" "a load balancer needs ipFamilies, and loadBalancerSourceRanges of each"
    "expression" (printf "object.spec.type != 'LoadBalancer' || (%s && %s && (%s || %s) && object.spec.ipFamilies.all(family, %s))"
      "has(object.spec.loadBalancerSourceRanges)" "has(object.spec.ipFamilies)" "object.spec.ipFamilies.size() == 2"
      "(has(object.spec.ipFamilyPolicy) && object.spec.ipFamilyPolicy == 'SingleStack')" $ranges)) }}
{{- if not .nodePorts }}
  {{- $services = append $services (dict
    "message" (print "node ports are held by no list: a load balancer needs allocateLoadBalancerNodePorts false, "
      "or the administrator writes access.nodePorts true")
    "expression" (printf "object.spec.type != 'NodePort' && (object.spec.type != 'LoadBalancer' || (%s && !%s))"
      "has(object.spec.allocateLoadBalancerNodePorts)" "object.spec.allocateLoadBalancerNodePorts")) }}
{{- end }}
{{- include "external-service-proxy.objects.validatingAdmissionPolicy" (dict "access" . "group" "" "resource" "services"
  "validations" $services) }}
{{- end }}
