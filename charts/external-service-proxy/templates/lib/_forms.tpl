{{- /*
What the chart judges in words, for checks/_forms.tpl.
  right         which lines are right: a regular expression, cut into lines; that of an unknown field never is
  words         what is said of those that aren't: YAML, of a form {is, write, ipv6}, of a definition {fields}
  walk.values   a line for each text, number and unknown field of the values, "FORM TEXT" or "DEFINITION FIELD".
                Takes (dict "at" PATH "is" VALUE), as does the walk of each definition within. Unless the path is
                empty, the path of each stands in a line before it.
Generated from schema/ by: npm run generate
*/}}

{{- define "external-service-proxy.lib.forms.right" -}}
ip ((((0|[1-9a-f][0-9a-f]{0,3}):){7}(0|[1-9a-f][0-9a-f]{0,3})|((0|[1-9a-f][0-9a-f]{0,3}):){1,7}:|((0|[1-9a-f][0-9a-f]{0,
3}):){1,6}:(0|[1-9a-f][0-9a-f]{0,3})|((0|[1-9a-f][0-9a-f]{0,3}):){1,5}(:(0|[1-9a-f][0-9a-f]{0,3})){1,2}|((0|[1-9a-f][0-9
a-f]{0,3}):){1,4}(:(0|[1-9a-f][0-9a-f]{0,3})){1,3}|((0|[1-9a-f][0-9a-f]{0,3}):){1,3}(:(0|[1-9a-f][0-9a-f]{0,3})){1,4}|((
0|[1-9a-f][0-9a-f]{0,3}):){1,2}(:(0|[1-9a-f][0-9a-f]{0,3})){1,5}|(0|[1-9a-f][0-9a-f]{0,3}):(:(0|[1-9a-f][0-9a-f]{0,3})){
1,6}|:((:(0|[1-9a-f][0-9a-f]{0,3})){1,7}|:))|((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[
0-9][0-9]|[1-9]?[0-9]))|cidr ((((0|[1-9a-f][0-9a-f]{0,3}):){7}(0|[1-9a-f][0-9a-f]{0,3})|((0|[1-9a-f][0-9a-f]{0,3}):){1,7
}:|((0|[1-9a-f][0-9a-f]{0,3}):){1,6}:(0|[1-9a-f][0-9a-f]{0,3})|((0|[1-9a-f][0-9a-f]{0,3}):){1,5}(:(0|[1-9a-f][0-9a-f]{0,
3})){1,2}|((0|[1-9a-f][0-9a-f]{0,3}):){1,4}(:(0|[1-9a-f][0-9a-f]{0,3})){1,3}|((0|[1-9a-f][0-9a-f]{0,3}):){1,3}(:(0|[1-9a
-f][0-9a-f]{0,3})){1,4}|((0|[1-9a-f][0-9a-f]{0,3}):){1,2}(:(0|[1-9a-f][0-9a-f]{0,3})){1,5}|(0|[1-9a-f][0-9a-f]{0,3}):(:(
0|[1-9a-f][0-9a-f]{0,3})){1,6}|:((:(0|[1-9a-f][0-9a-f]{0,3})){1,7}|:))(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?|((25[0-5]|2[0
-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(/(3[0-2]|[12]?[0-9]))?)|network (((
(0|[1-9a-f][0-9a-f]{0,3}):){7}(0|[1-9a-f][0-9a-f]{0,3})|((0|[1-9a-f][0-9a-f]{0,3}):){1,7}:|((0|[1-9a-f][0-9a-f]{0,3}):){
1,6}:(0|[1-9a-f][0-9a-f]{0,3})|((0|[1-9a-f][0-9a-f]{0,3}):){1,5}(:(0|[1-9a-f][0-9a-f]{0,3})){1,2}|((0|[1-9a-f][0-9a-f]{0
,3}):){1,4}(:(0|[1-9a-f][0-9a-f]{0,3})){1,3}|((0|[1-9a-f][0-9a-f]{0,3}):){1,3}(:(0|[1-9a-f][0-9a-f]{0,3})){1,4}|((0|[1-9
a-f][0-9a-f]{0,3}):){1,2}(:(0|[1-9a-f][0-9a-f]{0,3})){1,5}|(0|[1-9a-f][0-9a-f]{0,3}):(:(0|[1-9a-f][0-9a-f]{0,3})){1,6}|:
((:(0|[1-9a-f][0-9a-f]{0,3})){1,7}|:))/(12[0-8]|1[01][0-9]|[1-9]?[0-9])|((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.
){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])/(3[0-2]|[12]?[0-9]))|portNumber ([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][
0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])|nodePortNumber (3[01][0-9]{3}|32[0-6][0-9]{2}|327[0-5][0-9]|3276[0-7])|
rfc1035Label ([a-z]([-a-z0-9]{0,61}[a-z0-9])?)|dnsLabel ([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)|dnsSubdomain ([a-z0-9]([-a-
z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*)|dnsName (([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)*[0-9]*[a-z
]([-a-z0-9]{0,61}[a-z0-9])?)|dnsNameOrWildcard ((\*\.)?([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)*[0-9]*[a-z]([-a-z0-9]{0,61
}[a-z0-9])?)|nameOrAddress ((([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)*[0-9]*[a-z]([-a-z0-9]{0,61}[a-z0-9])?|((25[0-5]|2[0-
4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])|(((0|[1-9a-f][0-9a-f]{0,3}):){7}(0|[
1-9a-f][0-9a-f]{0,3})|((0|[1-9a-f][0-9a-f]{0,3}):){1,7}:|((0|[1-9a-f][0-9a-f]{0,3}):){1,6}:(0|[1-9a-f][0-9a-f]{0,3})|((0
|[1-9a-f][0-9a-f]{0,3}):){1,5}(:(0|[1-9a-f][0-9a-f]{0,3})){1,2}|((0|[1-9a-f][0-9a-f]{0,3}):){1,4}(:(0|[1-9a-f][0-9a-f]{0
,3})){1,3}|((0|[1-9a-f][0-9a-f]{0,3}):){1,3}(:(0|[1-9a-f][0-9a-f]{0,3})){1,4}|((0|[1-9a-f][0-9a-f]{0,3}):){1,2}(:(0|[1-9
a-f][0-9a-f]{0,3})){1,5}|(0|[1-9a-f][0-9a-f]{0,3}):(:(0|[1-9a-f][0-9a-f]{0,3})){1,6}|:((:(0|[1-9a-f][0-9a-f]{0,3})){1,7}
|:)))?)|addressOrNone ((None|((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?
[0-9])|(((0|[1-9a-f][0-9a-f]{0,3}):){7}(0|[1-9a-f][0-9a-f]{0,3})|((0|[1-9a-f][0-9a-f]{0,3}):){1,7}:|((0|[1-9a-f][0-9a-f]
{0,3}):){1,6}:(0|[1-9a-f][0-9a-f]{0,3})|((0|[1-9a-f][0-9a-f]{0,3}):){1,5}(:(0|[1-9a-f][0-9a-f]{0,3})){1,2}|((0|[1-9a-f][
0-9a-f]{0,3}):){1,4}(:(0|[1-9a-f][0-9a-f]{0,3})){1,3}|((0|[1-9a-f][0-9a-f]{0,3}):){1,3}(:(0|[1-9a-f][0-9a-f]{0,3})){1,4}
|((0|[1-9a-f][0-9a-f]{0,3}):){1,2}(:(0|[1-9a-f][0-9a-f]{0,3})){1,5}|(0|[1-9a-f][0-9a-f]{0,3}):(:(0|[1-9a-f][0-9a-f]{0,3}
)){1,6}|:((:(0|[1-9a-f][0-9a-f]{0,3})){1,7}|:)))?)|qualifiedName (([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-
9]{0,61}[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)|qualifiedNameOrPrefix ((([a-z0-9]([-a-z0-9]{0,61}[
a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?|[a-z0-9]([-a-z0-9]{0,61
}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*/))|labelValue (([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?)|dura
tion (([0-9]{1,5}(h|m|s|ms)){1,4})|headerName ([A-Za-z0-9!#$%&'*+.^_`|~-]+)|namePrefix ([a-z][-a-z0-9]*)|urlPath (/[!$%&
(-:=?-z|~]*)|kindName ([a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?)|manifestKind ([A-Z][A-Za-z0-9]*)|apiVersion (([a-z0-9]([-a-z
0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*/)?v[0-9]+((alpha|beta)[0-9]+)?)|groupKind (([a-z0-9]([-a-z0-
9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*/)?[A-Z][A-Za-z0-9]*)|resourceName ([a-z]([-a-z0-9]*[a-z0-9])?)
|httpMethod (GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH)|methodOrAny ((GET|HEAD|POST|PUT|DELETE|CONNECT|OPTION
S|TRACE|PATCH|\*))|originOrAny ((\*|https?://(\*|(\*\.)?([a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+)(:[0-9]{1,5})?))
{{- end }}

{{- define "external-service-proxy.lib.forms.words" -}}
ip:
  is: an IP address
  write: one, as 2.3.4.5
  ipv6:
    is: an IPv6 address in lower case, without zeros before a number
    write: one, as fd00::5
cidr:
  is: a network of IPv4
  write: an address and 0 to 32, as 1.2.3.4/32
  ipv6:
    is: a network of IPv6 in lower case, without zeros before a number
    write: an address and 0 to 128, as fd00::/64
network:
  is: a network of IPv4
  write: an address and 0 to 32, as 10.0.0.0/8
  ipv6:
    is: a network of IPv6 in lower case, without zeros before a number
    write: an address and 0 to 128, as fd00::/64
portNumber:
  is: a port's number
  write: one of 1 to 65535
nodePortNumber:
  is: a node port's number
  write: one of 30000 to 32767
rfc1035Label:
  is: a name of lower case letters, digits and -, beginning with a letter
  write: one of at most 63, as myapp-proxy
dnsLabel:
  is: a name of lower case letters, digits and -
  write: one of at most 63, as http
dnsSubdomain:
  is: a name of lower case letters, digits, - and .
  write: one, as myapp.example
dnsName:
  is: a DNS name in lower case
  write: one, as app2.example.com
dnsNameOrWildcard:
  is: a DNS name in lower case
  write: one, as app2.example.com or *.example.com
nameOrAddress:
  is: a DNS name in lower case or an IP address
  write: one, as lb.example.com
addressOrNone:
  is: an IP address or None
  write: one, as 10.96.0.7
qualifiedName:
  is: a name, or PREFIX/NAME
  write: one, as example.com/owner
qualifiedNameOrPrefix:
  is: a key, or all of a prefix
  write: one, as example.com/owner or example.com/
labelValue:
  is: a value of a label, which has letters, digits, -, _ and ., a letter or digit at its ends
  write: one, as eu-west-1a
duration:
  is: a length of time
  write: one, as 30s or 1m30s
headerName:
  is: an HTTP header's name
  write: one, as X-Request-Id
namePrefix:
  is: lower case letters, digits and -, beginning with a letter
  write: some, as edge-
urlPath:
  is: "a path, which begins with a slash and has no space, quote, #, ;, <, > or brace"
  write: one, as /api
kindName:
  is: a kind, of letters and digits
  write: one, as HTTPRouteFilter
manifestKind:
  is: a kind, of letters and digits, the first a capital
  write: one, as ConfigMap
apiVersion:
  is: a version, with its group
  write: one, as v1 or networking.k8s.io/v1
groupKind:
  is: GROUP/KIND, or KIND of the group that has no name
  write: one, as traefik.io/Middleware or ConfigMap
resourceName:
  is: a resource, of lower case letters, digits and -
  write: one, as httpproxies
httpMethod:
  is: a method of HTTP
  write: one in upper case, as GET
methodOrAny:
  is: a method of HTTP, or *
  write: one in upper case, as GET, or *
originOrAny:
  is: an origin, or *
  write: one, as https://app1.example.com, or *
values:
  fields:
    - enabled
    - global
    - platform
    - namePrefix
    - clusterRanges
    - loadBalancerClasses
    - harmlessKeys
    - harmlessKinds
    - commonLabels
    - commonAnnotations
    - defaults
    - proxies
    - gateways
    - access
    - extraObjects
access:
  fields:
    - namespace
    - subjects
    - addresses
    - resources
    - nodePorts
accessSubject:
  fields:
    - kind
    - name
    - namespace
address:
  fields:
    - ip
    - name
    - ready
    - zone
    - nodeName
backend:
  fields:
    - protocol
    - host
    - tls
    - timeouts
    - healthCheck
backendRef:
  fields:
    - proxy
    - port
    - weight
backendTls:
  fields:
    - caConfigMap
    - caSecret
    - serverName
    - insecureSkipVerify
certificate:
  fields:
    - secretName
    - hosts
cors:
  fields:
    - allowOrigins
    - allowMethods
    - allowHeaders
    - exposeHeaders
    - allowCredentials
    - maxAge
dns:
  fields:
    - hostnames
    - ttl
    - target
endpoints:
  fields:
    - kind
extensionRef:
  fields:
    - group
    - kind
    - name
extraMetadata:
  fields:
    - name
    - namespace
    - labels
    - annotations
gateway:
  fields:
    - enabled
    - kind
    - className
    - parentRef
    - addresses
    - listeners
    - issuer
    - annotations
gatewayRef:
  fields:
    - name
    - namespace
grpcMethod:
  fields:
    - type
    - service
    - method
header:
  fields:
    - name
    - value
headerMatch:
  fields:
    - type
    - name
    - value
headerModifier:
  fields:
    - set
    - add
    - remove
healthCheck:
  fields:
    - path
    - interval
ingress:
  fields:
    - enabled
    - className
    - controller
    - hosts
    - port
    - paths
    - annotations
    - tls
issuer:
  fields:
    - kind
    - name
listener:
  fields:
    - port
    - protocol
    - hostname
    - tls
    - allowedRoutes
listenerTls:
  fields:
    - secretName
    - secretNamespace
mirrorRef:
  fields:
    - proxy
    - port
parentRef:
  fields:
    - kind
    - name
    - namespace
    - sectionName
    - port
path:
  fields:
    - path
    - pathType
pathMatch:
  fields:
    - type
    - value
pathModifier:
  fields:
    - type
    - replaceFullPath
    - replacePrefixMatch
port:
  fields:
    - port
    - targetPort
    - nodePort
    - protocol
    - appProtocol
proxy:
  fields:
    - enabled
    - addresses
    - externalName
    - ports
    - sourceRanges
    - allowClusterSources
    - service
    - endpoints
    - dns
    - backend
    - ingress
    - routes
queryMatch:
  fields:
    - type
    - name
    - value
requestMirror:
  fields:
    - backendRef
    - percent
requestRedirect:
  fields:
    - scheme
    - hostname
    - path
    - port
    - statusCode
route:
  fields:
    - enabled
    - kind
    - apiVersion
    - controller
    - namespace
    - parentRefs
    - hostnames
    - port
    - rules
    - annotations
routeFilter:
  fields:
    - type
    - requestHeaderModifier
    - responseHeaderModifier
    - requestMirror
    - requestRedirect
    - urlRewrite
    - cors
    - extensionRef
routeMatch:
  fields:
    - path
    - method
    - headers
    - queryParams
routeRule:
  fields:
    - matches
    - filters
    - timeouts
    - backendRefs
routeTimeouts:
  fields:
    - request
    - backendRequest
service:
  fields:
    - type
    - inCluster
    - allocateLoadBalancerNodePorts
    - labels
    - annotations
    - loadBalancerClass
    - externalTrafficPolicy
    - sessionAffinity
    - ipFamilyPolicy
    - ipFamilies
    - trafficDistribution
    - clusterIP
timeouts:
  fields:
    - connect
    - request
tls:
  fields:
    - enabled
    - secretName
    - certificates
    - issuer
urlRewrite:
  fields:
    - hostname
    - path
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.values" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "enabled" "global" "platform" "namePrefix" "clusterRanges"
  "loadBalancerClasses" "harmlessKeys" "harmlessKinds" "commonLabels" "commonAnnotations" "defaults"
  "proxies" "gateways" "access" "extraObjects" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}values {{ $name }}
  {{- end }}
  {{- if .namePrefix }}
{{ if $at }}{{ $at }}.namePrefix
{{ end }}namePrefix {{ .namePrefix | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .clusterRanges }}
{{ if $at }}{{ $at }}.clusterRanges[{{ $key1 }}]
{{ end }}network {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .loadBalancerClasses }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.loadBalancerClasses.{{ $name1 }}
{{ end }}qualifiedName {{ $name1 }}
  {{- end }}
  {{- range $key1, $one1 := .harmlessKeys }}
{{ if $at }}{{ $at }}.harmlessKeys[{{ $key1 }}]
{{ end }}qualifiedNameOrPrefix {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .harmlessKinds }}
{{ if $at }}{{ $at }}.harmlessKinds[{{ $key1 }}]
{{ end }}groupKind {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .commonLabels }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.commonLabels.{{ $name1 }}
{{ end }}qualifiedName {{ $name1 }}
    {{- if not (kindIs "invalid" $one1) }}
{{ if $at }}{{ $at }}.commonLabels.{{ $name1 }}
{{ end }}labelValue {{ $one1 | replace "\n" "↵" }}
    {{- end }}
  {{- end }}
  {{- range $key1, $one1 := .commonAnnotations }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.commonAnnotations.{{ $name1 }}
{{ end }}qualifiedName {{ $name1 }}
  {{- end }}
  {{- if .defaults }}
    {{- template "external-service-proxy.lib.forms.walk.proxy"
    (dict "at" (and $at (print $at ".defaults")) "is" .defaults) }}
  {{- end }}
  {{- range $key1, $one1 := .proxies }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.proxies.{{ $name1 }}
{{ end }}rfc1035Label {{ $name1 }}
    {{- if $one1 }}
      {{- template "external-service-proxy.lib.forms.walk.proxy"
    (dict "at" (and $at (print $at ".proxies" "." $name1)) "is" $one1) }}
    {{- end }}
  {{- end }}
  {{- range $key1, $one1 := .gateways }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.gateways.{{ $name1 }}
{{ end }}rfc1035Label {{ $name1 }}
    {{- if $one1 }}
      {{- template "external-service-proxy.lib.forms.walk.gateway"
    (dict "at" (and $at (print $at ".gateways" "." $name1)) "is" $one1) }}
    {{- end }}
  {{- end }}
  {{- if .access }}
    {{- template "external-service-proxy.lib.forms.walk.access"
    (dict "at" (and $at (print $at ".access")) "is" .access) }}
  {{- end }}
  {{- range $key1, $one1 := .extraObjects }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.extraObjects.{{ $name1 }}
{{ end }}dnsLabel {{ $name1 }}
    {{- if $one1 }}
      {{- template "external-service-proxy.lib.forms.walk.extraObject"
    (dict "at" (and $at (print $at ".extraObjects" "." $name1)) "is" $one1) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.access" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "namespace" "subjects" "addresses" "resources" "nodePorts" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}access {{ $name }}
  {{- end }}
  {{- if .namespace }}
{{ if $at }}{{ $at }}.namespace
{{ end }}dnsLabel {{ .namespace | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .subjects }}
    {{- template "external-service-proxy.lib.forms.walk.accessSubject"
    (dict "at" (and $at (print $at ".subjects" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
  {{- range $key1, $one1 := .addresses }}
{{ if $at }}{{ $at }}.addresses[{{ $key1 }}]
{{ end }}network {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .resources }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.resources.{{ $name1 }}
{{ end }}dnsSubdomain {{ $name1 }}
    {{- range $key2, $one2 := $one1 }}
{{ if $at }}{{ $at }}.resources.{{ $name1 }}[{{ $key2 }}]
{{ end }}resourceName {{ $one2 | replace "\n" "↵" }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.accessSubject" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "kind" "name" "namespace" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}accessSubject {{ $name }}
  {{- end }}
  {{- if .namespace }}
{{ if $at }}{{ $at }}.namespace
{{ end }}dnsLabel {{ .namespace | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.address" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "ip" "name" "ready" "zone" "nodeName" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}address {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.ip
{{ end }}ip {{ .ip | replace "\n" "↵" }}
  {{- if .name }}
{{ if $at }}{{ $at }}.name
{{ end }}dnsName {{ .name | replace "\n" "↵" }}
  {{- end }}
  {{- if not (kindIs "invalid" .zone) }}
{{ if $at }}{{ $at }}.zone
{{ end }}labelValue {{ .zone | replace "\n" "↵" }}
  {{- end }}
  {{- if .nodeName }}
{{ if $at }}{{ $at }}.nodeName
{{ end }}dnsSubdomain {{ .nodeName | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.backend" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "protocol" "host" "tls" "timeouts" "healthCheck" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}backend {{ $name }}
  {{- end }}
  {{- if .host }}
{{ if $at }}{{ $at }}.host
{{ end }}dnsName {{ .host | replace "\n" "↵" }}
  {{- end }}
  {{- if .tls }}
    {{- template "external-service-proxy.lib.forms.walk.backendTls"
    (dict "at" (and $at (print $at ".tls")) "is" .tls) }}
  {{- end }}
  {{- if .timeouts }}
    {{- template "external-service-proxy.lib.forms.walk.timeouts"
    (dict "at" (and $at (print $at ".timeouts")) "is" .timeouts) }}
  {{- end }}
  {{- if .healthCheck }}
    {{- template "external-service-proxy.lib.forms.walk.healthCheck"
    (dict "at" (and $at (print $at ".healthCheck")) "is" .healthCheck) }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.backendRef" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "proxy" "port" "weight" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}backendRef {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.proxy
{{ end }}rfc1035Label {{ .proxy | replace "\n" "↵" }}
  {{- if .port }}
{{ if $at }}{{ $at }}.port
{{ end }}dnsLabel {{ .port | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.backendTls" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "caConfigMap" "caSecret" "serverName" "insecureSkipVerify" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}backendTls {{ $name }}
  {{- end }}
  {{- if .caConfigMap }}
{{ if $at }}{{ $at }}.caConfigMap
{{ end }}dnsSubdomain {{ .caConfigMap | replace "\n" "↵" }}
  {{- end }}
  {{- if .caSecret }}
{{ if $at }}{{ $at }}.caSecret
{{ end }}dnsSubdomain {{ .caSecret | replace "\n" "↵" }}
  {{- end }}
  {{- if .serverName }}
{{ if $at }}{{ $at }}.serverName
{{ end }}dnsName {{ .serverName | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.certificate" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "secretName" "hosts" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}certificate {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.secretName
{{ end }}dnsSubdomain {{ .secretName | replace "\n" "↵" }}
  {{- range $key1, $one1 := .hosts }}
{{ if $at }}{{ $at }}.hosts[{{ $key1 }}]
{{ end }}dnsNameOrWildcard {{ $one1 | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.cors" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "allowOrigins" "allowMethods" "allowHeaders" "exposeHeaders" "allowCredentials"
  "maxAge" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}cors {{ $name }}
  {{- end }}
  {{- range $key1, $one1 := .allowOrigins }}
{{ if $at }}{{ $at }}.allowOrigins[{{ $key1 }}]
{{ end }}originOrAny {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .allowMethods }}
{{ if $at }}{{ $at }}.allowMethods[{{ $key1 }}]
{{ end }}methodOrAny {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .allowHeaders }}
{{ if $at }}{{ $at }}.allowHeaders[{{ $key1 }}]
{{ end }}headerName {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .exposeHeaders }}
{{ if $at }}{{ $at }}.exposeHeaders[{{ $key1 }}]
{{ end }}headerName {{ $one1 | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.dns" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "hostnames" "ttl" "target" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}dns {{ $name }}
  {{- end }}
  {{- range $key1, $one1 := .hostnames }}
{{ if $at }}{{ $at }}.hostnames[{{ $key1 }}]
{{ end }}dnsNameOrWildcard {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- if not (kindIs "invalid" .target) }}
{{ if $at }}{{ $at }}.target
{{ end }}nameOrAddress {{ .target | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.endpoints" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "kind" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}endpoints {{ $name }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.extensionRef" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "group" "kind" "name" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}extensionRef {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.group
{{ end }}dnsSubdomain {{ .group | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.kind
{{ end }}kindName {{ .kind | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.name
{{ end }}dnsSubdomain {{ .name | replace "\n" "↵" }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.extraMetadata" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "name" "namespace" "labels" "annotations" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}extraMetadata {{ $name }}
  {{- end }}
  {{- if .name }}
{{ if $at }}{{ $at }}.name
{{ end }}dnsSubdomain {{ .name | replace "\n" "↵" }}
  {{- end }}
  {{- if .namespace }}
{{ if $at }}{{ $at }}.namespace
{{ end }}dnsLabel {{ .namespace | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .labels }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.labels.{{ $name1 }}
{{ end }}qualifiedName {{ $name1 }}
    {{- if not (kindIs "invalid" $one1) }}
{{ if $at }}{{ $at }}.labels.{{ $name1 }}
{{ end }}labelValue {{ $one1 | replace "\n" "↵" }}
    {{- end }}
  {{- end }}
  {{- range $key1, $one1 := .annotations }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.annotations.{{ $name1 }}
{{ end }}qualifiedName {{ $name1 }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.extraObject" -}}
{{- $at := .at }}
{{- with .is }}
{{ if $at }}{{ $at }}.apiVersion
{{ end }}apiVersion {{ .apiVersion | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.kind
{{ end }}manifestKind {{ .kind | replace "\n" "↵" }}
  {{- if .metadata }}
    {{- template "external-service-proxy.lib.forms.walk.extraMetadata"
    (dict "at" (and $at (print $at ".metadata")) "is" .metadata) }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.gateway" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "enabled" "kind" "className" "parentRef" "addresses"
  "listeners" "issuer" "annotations" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}gateway {{ $name }}
  {{- end }}
  {{- if .className }}
{{ if $at }}{{ $at }}.className
{{ end }}dnsSubdomain {{ .className | replace "\n" "↵" }}
  {{- end }}
  {{- if .parentRef }}
    {{- template "external-service-proxy.lib.forms.walk.gatewayRef"
    (dict "at" (and $at (print $at ".parentRef")) "is" .parentRef) }}
  {{- end }}
  {{- range $key1, $one1 := .addresses }}
{{ if $at }}{{ $at }}.addresses[{{ $key1 }}]
{{ end }}ip {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .listeners }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.listeners.{{ $name1 }}
{{ end }}dnsSubdomain {{ $name1 }}
    {{- if $one1 }}
      {{- template "external-service-proxy.lib.forms.walk.listener"
    (dict "at" (and $at (print $at ".listeners" "." $name1)) "is" $one1) }}
    {{- end }}
  {{- end }}
  {{- if .issuer }}
    {{- template "external-service-proxy.lib.forms.walk.issuer"
    (dict "at" (and $at (print $at ".issuer")) "is" .issuer) }}
  {{- end }}
  {{- range $key1, $one1 := .annotations }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.annotations.{{ $name1 }}
{{ end }}qualifiedName {{ $name1 }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.gatewayRef" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "name" "namespace" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}gatewayRef {{ $name }}
  {{- end }}
  {{- if .name }}
{{ if $at }}{{ $at }}.name
{{ end }}dnsSubdomain {{ .name | replace "\n" "↵" }}
  {{- end }}
  {{- if .namespace }}
{{ if $at }}{{ $at }}.namespace
{{ end }}dnsLabel {{ .namespace | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.grpcMethod" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "type" "service" "method" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}grpcMethod {{ $name }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.header" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "name" "value" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}header {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.name
{{ end }}headerName {{ .name | replace "\n" "↵" }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.headerMatch" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "type" "name" "value" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}headerMatch {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.name
{{ end }}headerName {{ .name | replace "\n" "↵" }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.headerModifier" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "set" "add" "remove" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}headerModifier {{ $name }}
  {{- end }}
  {{- range $key1, $one1 := .set }}
    {{- template "external-service-proxy.lib.forms.walk.header"
    (dict "at" (and $at (print $at ".set" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
  {{- range $key1, $one1 := .add }}
    {{- template "external-service-proxy.lib.forms.walk.header"
    (dict "at" (and $at (print $at ".add" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
  {{- range $key1, $one1 := .remove }}
{{ if $at }}{{ $at }}.remove[{{ $key1 }}]
{{ end }}headerName {{ $one1 | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.healthCheck" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "path" "interval" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}healthCheck {{ $name }}
  {{- end }}
  {{- if .path }}
{{ if $at }}{{ $at }}.path
{{ end }}urlPath {{ .path | replace "\n" "↵" }}
  {{- end }}
  {{- if not (kindIs "invalid" .interval) }}
{{ if $at }}{{ $at }}.interval
{{ end }}duration {{ .interval | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.ingress" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "enabled" "className" "controller" "hosts" "port"
  "paths" "annotations" "tls" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}ingress {{ $name }}
  {{- end }}
  {{- if .className }}
{{ if $at }}{{ $at }}.className
{{ end }}dnsSubdomain {{ .className | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .hosts }}
{{ if $at }}{{ $at }}.hosts[{{ $key1 }}]
{{ end }}dnsNameOrWildcard {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- if .port }}
{{ if $at }}{{ $at }}.port
{{ end }}dnsLabel {{ .port | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .paths }}
    {{- template "external-service-proxy.lib.forms.walk.path"
    (dict "at" (and $at (print $at ".paths" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
  {{- range $key1, $one1 := .annotations }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.annotations.{{ $name1 }}
{{ end }}qualifiedName {{ $name1 }}
  {{- end }}
  {{- if .tls }}
    {{- template "external-service-proxy.lib.forms.walk.tls"
    (dict "at" (and $at (print $at ".tls")) "is" .tls) }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.issuer" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "kind" "name" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}issuer {{ $name }}
  {{- end }}
  {{- if .name }}
{{ if $at }}{{ $at }}.name
{{ end }}dnsSubdomain {{ .name | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.listener" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "port" "protocol" "hostname" "tls" "allowedRoutes" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}listener {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.port
{{ end }}portNumber {{ .port | int64 }}
  {{- if .hostname }}
{{ if $at }}{{ $at }}.hostname
{{ end }}dnsNameOrWildcard {{ .hostname | replace "\n" "↵" }}
  {{- end }}
  {{- if .tls }}
    {{- template "external-service-proxy.lib.forms.walk.listenerTls"
    (dict "at" (and $at (print $at ".tls")) "is" .tls) }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.listenerTls" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "secretName" "secretNamespace" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}listenerTls {{ $name }}
  {{- end }}
  {{- if .secretName }}
{{ if $at }}{{ $at }}.secretName
{{ end }}dnsSubdomain {{ .secretName | replace "\n" "↵" }}
  {{- end }}
  {{- if .secretNamespace }}
{{ if $at }}{{ $at }}.secretNamespace
{{ end }}dnsLabel {{ .secretNamespace | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.mirrorRef" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "proxy" "port" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}mirrorRef {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.proxy
{{ end }}rfc1035Label {{ .proxy | replace "\n" "↵" }}
  {{- if .port }}
{{ if $at }}{{ $at }}.port
{{ end }}dnsLabel {{ .port | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.parentRef" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "kind" "name" "namespace" "sectionName" "port" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}parentRef {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.name
{{ end }}dnsSubdomain {{ .name | replace "\n" "↵" }}
  {{- if .namespace }}
{{ if $at }}{{ $at }}.namespace
{{ end }}dnsLabel {{ .namespace | replace "\n" "↵" }}
  {{- end }}
  {{- if .sectionName }}
{{ if $at }}{{ $at }}.sectionName
{{ end }}dnsSubdomain {{ .sectionName | replace "\n" "↵" }}
  {{- end }}
  {{- if not (kindIs "invalid" .port) }}
{{ if $at }}{{ $at }}.port
{{ end }}portNumber {{ .port | int64 }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.path" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "path" "pathType" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}path {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.path
{{ end }}urlPath {{ .path | replace "\n" "↵" }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.pathMatch" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "type" "value" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}pathMatch {{ $name }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.pathModifier" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "type" "replaceFullPath" "replacePrefixMatch" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}pathModifier {{ $name }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.port" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "port" "targetPort" "nodePort" "protocol" "appProtocol" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}port {{ $name }}
  {{- end }}
  {{- if not (kindIs "invalid" .port) }}
{{ if $at }}{{ $at }}.port
{{ end }}portNumber {{ .port | int64 }}
  {{- end }}
  {{- if not (kindIs "invalid" .targetPort) }}
{{ if $at }}{{ $at }}.targetPort
{{ end }}portNumber {{ .targetPort | int64 }}
  {{- end }}
  {{- if not (kindIs "invalid" .nodePort) }}
{{ if $at }}{{ $at }}.nodePort
{{ end }}nodePortNumber {{ .nodePort | int64 }}
  {{- end }}
  {{- if .appProtocol }}
{{ if $at }}{{ $at }}.appProtocol
{{ end }}qualifiedName {{ .appProtocol | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.proxy" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "enabled" "addresses" "externalName" "ports" "sourceRanges"
  "allowClusterSources" "service" "endpoints" "dns" "backend" "ingress"
  "routes" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}proxy {{ $name }}
  {{- end }}
  {{- range $key1, $one1 := .addresses }}
    {{- if kindIs "map" $one1 }}
      {{- template "external-service-proxy.lib.forms.walk.address"
    (dict "at" (and $at (print $at ".addresses" "[" $key1 "]")) "is" $one1) }}
    {{- else }}
{{ if $at }}{{ $at }}.addresses[{{ $key1 }}]
{{ end }}ip {{ $one1 | replace "\n" "↵" }}
    {{- end }}
  {{- end }}
  {{- if .externalName }}
{{ if $at }}{{ $at }}.externalName
{{ end }}dnsName {{ .externalName | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .ports }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.ports.{{ $name1 }}
{{ end }}dnsLabel {{ $name1 }}
    {{- if $one1 }}
      {{- template "external-service-proxy.lib.forms.walk.port"
    (dict "at" (and $at (print $at ".ports" "." $name1)) "is" $one1) }}
    {{- end }}
  {{- end }}
  {{- range $key1, $one1 := .sourceRanges }}
{{ if $at }}{{ $at }}.sourceRanges[{{ $key1 }}]
{{ end }}cidr {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- if .service }}
    {{- template "external-service-proxy.lib.forms.walk.service"
    (dict "at" (and $at (print $at ".service")) "is" .service) }}
  {{- end }}
  {{- if .endpoints }}
    {{- template "external-service-proxy.lib.forms.walk.endpoints"
    (dict "at" (and $at (print $at ".endpoints")) "is" .endpoints) }}
  {{- end }}
  {{- if .dns }}
    {{- template "external-service-proxy.lib.forms.walk.dns"
    (dict "at" (and $at (print $at ".dns")) "is" .dns) }}
  {{- end }}
  {{- if .backend }}
    {{- template "external-service-proxy.lib.forms.walk.backend"
    (dict "at" (and $at (print $at ".backend")) "is" .backend) }}
  {{- end }}
  {{- if .ingress }}
    {{- template "external-service-proxy.lib.forms.walk.ingress"
    (dict "at" (and $at (print $at ".ingress")) "is" .ingress) }}
  {{- end }}
  {{- range $key1, $one1 := .routes }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.routes.{{ $name1 }}
{{ end }}dnsLabel {{ $name1 }}
    {{- if $one1 }}
      {{- template "external-service-proxy.lib.forms.walk.route"
    (dict "at" (and $at (print $at ".routes" "." $name1)) "is" $one1) }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.queryMatch" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "type" "name" "value" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}queryMatch {{ $name }}
  {{- end }}
{{ if $at }}{{ $at }}.name
{{ end }}headerName {{ .name | replace "\n" "↵" }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.requestMirror" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "backendRef" "percent" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}requestMirror {{ $name }}
  {{- end }}
  {{- template "external-service-proxy.lib.forms.walk.mirrorRef"
    (dict "at" (and $at (print $at ".backendRef")) "is" .backendRef) }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.requestRedirect" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "scheme" "hostname" "path" "port" "statusCode" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}requestRedirect {{ $name }}
  {{- end }}
  {{- if not (kindIs "invalid" .hostname) }}
{{ if $at }}{{ $at }}.hostname
{{ end }}dnsName {{ .hostname | replace "\n" "↵" }}
  {{- end }}
  {{- if .path }}
    {{- template "external-service-proxy.lib.forms.walk.pathModifier"
    (dict "at" (and $at (print $at ".path")) "is" .path) }}
  {{- end }}
  {{- if not (kindIs "invalid" .port) }}
{{ if $at }}{{ $at }}.port
{{ end }}portNumber {{ .port | int64 }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.route" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "enabled" "kind" "apiVersion" "controller" "namespace"
  "parentRefs" "hostnames" "port" "rules" "annotations" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}route {{ $name }}
  {{- end }}
  {{- if .namespace }}
{{ if $at }}{{ $at }}.namespace
{{ end }}dnsLabel {{ .namespace | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .parentRefs }}
    {{- template "external-service-proxy.lib.forms.walk.parentRef"
    (dict "at" (and $at (print $at ".parentRefs" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
  {{- range $key1, $one1 := .hostnames }}
{{ if $at }}{{ $at }}.hostnames[{{ $key1 }}]
{{ end }}dnsNameOrWildcard {{ $one1 | replace "\n" "↵" }}
  {{- end }}
  {{- if .port }}
{{ if $at }}{{ $at }}.port
{{ end }}dnsLabel {{ .port | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .rules }}
    {{- template "external-service-proxy.lib.forms.walk.routeRule"
    (dict "at" (and $at (print $at ".rules" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
  {{- range $key1, $one1 := .annotations }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.annotations.{{ $name1 }}
{{ end }}qualifiedName {{ $name1 }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.routeFilter" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "type" "requestHeaderModifier" "responseHeaderModifier" "requestMirror" "requestRedirect"
  "urlRewrite" "cors" "extensionRef" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}routeFilter {{ $name }}
  {{- end }}
  {{- if .requestHeaderModifier }}
    {{- template "external-service-proxy.lib.forms.walk.headerModifier"
    (dict "at" (and $at (print $at ".requestHeaderModifier")) "is" .requestHeaderModifier) }}
  {{- end }}
  {{- if .responseHeaderModifier }}
    {{- template "external-service-proxy.lib.forms.walk.headerModifier"
    (dict "at" (and $at (print $at ".responseHeaderModifier")) "is" .responseHeaderModifier) }}
  {{- end }}
  {{- if .requestMirror }}
    {{- template "external-service-proxy.lib.forms.walk.requestMirror"
    (dict "at" (and $at (print $at ".requestMirror")) "is" .requestMirror) }}
  {{- end }}
  {{- if .requestRedirect }}
    {{- template "external-service-proxy.lib.forms.walk.requestRedirect"
    (dict "at" (and $at (print $at ".requestRedirect")) "is" .requestRedirect) }}
  {{- end }}
  {{- if .urlRewrite }}
    {{- template "external-service-proxy.lib.forms.walk.urlRewrite"
    (dict "at" (and $at (print $at ".urlRewrite")) "is" .urlRewrite) }}
  {{- end }}
  {{- if .cors }}
    {{- template "external-service-proxy.lib.forms.walk.cors"
    (dict "at" (and $at (print $at ".cors")) "is" .cors) }}
  {{- end }}
  {{- if .extensionRef }}
    {{- template "external-service-proxy.lib.forms.walk.extensionRef"
    (dict "at" (and $at (print $at ".extensionRef")) "is" .extensionRef) }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.routeMatch" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "path" "method" "headers" "queryParams" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}routeMatch {{ $name }}
  {{- end }}
  {{- if .path }}
    {{- template "external-service-proxy.lib.forms.walk.pathMatch"
    (dict "at" (and $at (print $at ".path")) "is" .path) }}
  {{- end }}
  {{- if kindIs "map" .method }}
    {{- if .method }}
      {{- template "external-service-proxy.lib.forms.walk.grpcMethod"
    (dict "at" (and $at (print $at ".method")) "is" .method) }}
    {{- end }}
  {{- else }}
    {{- if not (kindIs "invalid" .method) }}
{{ if $at }}{{ $at }}.method
{{ end }}httpMethod {{ .method | replace "\n" "↵" }}
    {{- end }}
  {{- end }}
  {{- range $key1, $one1 := .headers }}
    {{- template "external-service-proxy.lib.forms.walk.headerMatch"
    (dict "at" (and $at (print $at ".headers" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
  {{- range $key1, $one1 := .queryParams }}
    {{- template "external-service-proxy.lib.forms.walk.queryMatch"
    (dict "at" (and $at (print $at ".queryParams" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.routeRule" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "matches" "filters" "timeouts" "backendRefs" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}routeRule {{ $name }}
  {{- end }}
  {{- range $key1, $one1 := .matches }}
    {{- template "external-service-proxy.lib.forms.walk.routeMatch"
    (dict "at" (and $at (print $at ".matches" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
  {{- range $key1, $one1 := .filters }}
    {{- template "external-service-proxy.lib.forms.walk.routeFilter"
    (dict "at" (and $at (print $at ".filters" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
  {{- if .timeouts }}
    {{- template "external-service-proxy.lib.forms.walk.routeTimeouts"
    (dict "at" (and $at (print $at ".timeouts")) "is" .timeouts) }}
  {{- end }}
  {{- range $key1, $one1 := .backendRefs }}
    {{- template "external-service-proxy.lib.forms.walk.backendRef"
    (dict "at" (and $at (print $at ".backendRefs" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.routeTimeouts" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "request" "backendRequest" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}routeTimeouts {{ $name }}
  {{- end }}
  {{- if not (kindIs "invalid" .request) }}
{{ if $at }}{{ $at }}.request
{{ end }}duration {{ .request | replace "\n" "↵" }}
  {{- end }}
  {{- if not (kindIs "invalid" .backendRequest) }}
{{ if $at }}{{ $at }}.backendRequest
{{ end }}duration {{ .backendRequest | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.service" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "type" "inCluster" "allocateLoadBalancerNodePorts" "labels" "annotations"
  "loadBalancerClass" "externalTrafficPolicy" "sessionAffinity" "ipFamilyPolicy" "ipFamilies" "trafficDistribution"
  "clusterIP" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}service {{ $name }}
  {{- end }}
  {{- range $key1, $one1 := .labels }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.labels.{{ $name1 }}
{{ end }}qualifiedName {{ $name1 }}
    {{- if not (kindIs "invalid" $one1) }}
{{ if $at }}{{ $at }}.labels.{{ $name1 }}
{{ end }}labelValue {{ $one1 | replace "\n" "↵" }}
    {{- end }}
  {{- end }}
  {{- range $key1, $one1 := .annotations }}
    {{- $name1 := $key1 | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.annotations.{{ $name1 }}
{{ end }}qualifiedName {{ $name1 }}
  {{- end }}
  {{- if .loadBalancerClass }}
{{ if $at }}{{ $at }}.loadBalancerClass
{{ end }}qualifiedName {{ .loadBalancerClass | replace "\n" "↵" }}
  {{- end }}
  {{- if not (kindIs "invalid" .clusterIP) }}
{{ if $at }}{{ $at }}.clusterIP
{{ end }}addressOrNone {{ .clusterIP | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.timeouts" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "connect" "request" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}timeouts {{ $name }}
  {{- end }}
  {{- if .connect }}
{{ if $at }}{{ $at }}.connect
{{ end }}duration {{ .connect | replace "\n" "↵" }}
  {{- end }}
  {{- if .request }}
{{ if $at }}{{ $at }}.request
{{ end }}duration {{ .request | replace "\n" "↵" }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.tls" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "enabled" "secretName" "certificates" "issuer" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}tls {{ $name }}
  {{- end }}
  {{- if .secretName }}
{{ if $at }}{{ $at }}.secretName
{{ end }}dnsSubdomain {{ .secretName | replace "\n" "↵" }}
  {{- end }}
  {{- range $key1, $one1 := .certificates }}
    {{- template "external-service-proxy.lib.forms.walk.certificate"
    (dict "at" (and $at (print $at ".certificates" "[" $key1 "]")) "is" $one1) }}
  {{- end }}
  {{- if .issuer }}
    {{- template "external-service-proxy.lib.forms.walk.issuer"
    (dict "at" (and $at (print $at ".issuer")) "is" .issuer) }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "external-service-proxy.lib.forms.walk.urlRewrite" -}}
{{- $at := .at }}
{{- with .is }}
  {{- range $key, $_ := omit . "hostname" "path" }}
    {{- $name := $key | replace "\n" "↵" }}
{{ if $at }}{{ $at }}.{{ $name }}
{{ end }}urlRewrite {{ $name }}
  {{- end }}
  {{- if not (kindIs "invalid" .hostname) }}
{{ if $at }}{{ $at }}.hostname
{{ end }}dnsName {{ .hostname | replace "\n" "↵" }}
  {{- end }}
  {{- if .path }}
    {{- template "external-service-proxy.lib.forms.walk.pathModifier"
    (dict "at" (and $at (print $at ".path")) "is" .path) }}
  {{- end }}
{{- end }}
{{- end }}
