{{- /*
Each host name for one place: External DNS would give it two addresses, silently, and controllers refuse or mix two owners.
What a controller takes for all of a host is said alike by all who share it.
Takes (dict "named" DICT "release" DICT "gate" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.hosts" -}}
{{- $owners := .release.hosts }}
{{- $keys := list "hostname" "internal-hostname" }}
{{- range $key, $proxy := .named }}
  {{- $names := list }}
  {{- $owner := printf "%sproxies.%s" $.gate.chart $key }}
  {{- $elsewhere := or (not (empty $proxy.dns.target)) (eq $proxy.service.type "ExternalName") }}
  {{- $records := ternary list ($proxy.service.ipFamilies | default list) $elsewhere }}
  {{- range $index, $host := $proxy.dns.hostnames }}
    {{- $names = append $names (dict "host" $host "kind" "DNS" "families" $records "at" (printf "dns.hostnames[%d]" $index)) }}
  {{- end }}
  {{- with .service.annotations }}
    {{- /* Beside dns.hostnames the annotation itself is refused. */}}
    {{- $own := ternary $keys (rest $keys) (empty $proxy.dns.hostnames) }}
    {{- range include "external-service-proxy.checks.hosts.ofAnnotations" (list . $own) | fromJsonArray }}
      {{- $names = append $names (dict "host" . "kind" "DNS" "families" list "at" "service.annotations") }}
    {{- end }}
  {{- end }}
  {{- range $door := $proxy.doors }}
    {{- $field := ternary "hosts" "hostnames" (eq $door.kind "Ingress") }}
    {{- $option := "" }}
    {{- if and $door.can.hostOption (eq $door.kind "Ingress") }}
      {{- $option = include "external-service-proxy.checks.hosts.option" $door }}
    {{- end }}
    {{- range $index, $host := $door.hosts }}
      {{- $names = append $names (dict "host" $host "kind" $door.kind "door" $door "option" $option
        "at" (printf "%s.%s[%d]" $door.path $field $index)) }}
    {{- end }}
    {{- with .settings.annotations }}
      {{- range include "external-service-proxy.checks.hosts.ofAnnotations" (list . $keys) | fromJsonArray }}
        {{- if not (has . $door.hosts) }}
          {{- $names = append $names (dict "host" . "kind" "DNS" "families" list "door" $door
            "at" (printf "%s.annotations" $door.path)) }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- range $name := $names }}
    {{- $_ := set . "proxy" $proxy }}
    {{- $_ := set . "owner" $owner }}
    {{- $_ := set . "texts" dict }}
    {{- $of := get $owners .host | default (dict "count" 0) }}
    {{- $others := dict }}
    {{- if $of.count }}
      {{- template "external-service-proxy.checks.hosts.note" $of }}
      {{- template "external-service-proxy.checks.hosts.texts" $name }}
      {{- $others = omit $of.asked }}
      {{- range $name.texts.takes }}
        {{- with get $of.takers . }}{{ $_ := set $others .number . }}{{ end }}
      {{- end }}
    {{- end }}
    {{- $why := "" }}
    {{- range $others }}
      {{- if not $why }}{{ $why = include "external-service-proxy.checks.hosts.meet" (list . $name $of) }}{{ end }}
    {{- end }}
    {{- if $why }}
      {{- include "external-service-proxy.lib.problem" (list dict (printf "proxies.%s.%s" $key .at) "host-twice"
        (printf "%s is %s" .host $why)) }}
    {{- else }}
      {{- range .splits }}{{ $_ := set $of.splits (print .before.texts.server $name.texts.server) . }}{{ end }}
      {{- $_ := set . "number" (printf "%08d" $of.count) }}
      {{- $_ := set $of "count" (add1 $of.count) }}
      {{- $_ := set $of "latest" . }}
      {{- $_ := set $owners .host $of }}
      {{- with include "external-service-proxy.checks.hosts.differ" (list $others $name) }}
        {{- include "external-service-proxy.lib.problem" (list $proxy $name.at "host-option" .) }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- range $of := $owners }}
  {{- /* Other aliases are given what is noted alone. */}}
  {{- if or .splits $.gate.chart }}{{ template "external-service-proxy.checks.hosts.note" . }}{{ end }}
  {{- range .splits }}
    {{- if ne (get $of.leads .before.texts.server | toJson) (get $of.leads .name.texts.server | toJson) }}
      {{- $advice := "on both sides the same paths, each to the same addresses and port" }}
      {{- with $of.redirect }}{{ $advice = printf "%s, or leave %s out, by which it leads elsewhere" $advice . }}{{ end }}
      {{- include "external-service-proxy.lib.problem" (list dict (printf "proxies.%s.%s" .name.proxy.key .name.at) "host-twice"
        (printf "%s is %s a host name leads to one place: write another, or %s" .name.host .is $advice)) }}
    {{- end }}
  {{- end }}
  {{- if $.gate.chart }}{{ $_ := set . "splits" dict }}{{ end }}
{{- end }}
{{- /* Where no alias may ask, the names are let go. */}}
{{- if not .gate.chart }}{{ $_ := set .release "hosts" dict }}{{ end }}
{{- end }}

{{- /*
The names that annotations tell External DNS, besides those it reads elsewhere (source/annotations/annotations.go of its
0.23): the same under both prefixes is one name, but a name for the address inside of the cluster is another record.
Takes (list ANNOTATIONS KEYS), the latter without a prefix; gives a JSON list.
*/}}
{{- define "external-service-proxy.checks.hosts.ofAnnotations" -}}
{{- $annotations := index . 0 }}
{{- $names := list }}
{{- range $own := index . 1 }}
  {{- $told := list }}
  {{- range $prefix := list "external-dns.alpha.kubernetes.io/" "external-dns.kubernetes.io/" }}
    {{- with get $annotations (print $prefix $own) }}
      {{- range splitList "," (lower . | nospace) }}{{ $told = append $told (trimSuffix "." .) }}{{ end }}
    {{- end }}
  {{- end }}
  {{- $names = concat $names ($told | compact | uniq) }}
{{- end }}
{{- toJson $names }}
{{- end }}

{{- /*
Notes the latest name of a host, unless that is done, among those that later ones are held to: not all, or of many on one host each
would be compared with each. Those alike in server, ranges and option differ in what they take and where they lead alone, and proxies
come one after the other: the first that lead to two App2 stand for all, and of those that take the same the first.
Takes what is known of a host; adds to it {asked (number → name), alike (id → list), takers (what is taken → name), leads (server →
match → a list, where to), app2 (a list, where all lead), redirect (the path of one within the host), sources (→ how many), splits,
none yet}, where a name is what checks.hosts.meet takes before another, without the proxy: who copies .Release whole, as another
chart may, would come back to .Release by that. Writes nothing.
*/}}
{{- define "external-service-proxy.checks.hosts.note" -}}
{{- $of := . }}
{{- with .latest }}
  {{- template "external-service-proxy.checks.hosts.texts" . }}
  {{- $name := pick . "host" "owner" "kind" "families" "texts" "option" "at" "number" }}
  {{- with .door }}{{ $_ := set $name "door" (pick . "controller") }}{{ end }}
  {{- if not $of.asked }}
    {{- range list "asked" "alike" "takers" "leads" "splits" "sources" }}{{ $_ := set $of . dict }}{{ end }}
    {{- $_ := set $of "app2" $name.texts.app2 }}
  {{- end }}
  {{- $app2 := include "external-service-proxy.checks.hosts.both" (list $of.app2 $name.texts.app2) }}
  {{- $_ := set $of "app2" ($app2 | default "[]" | fromJsonArray) }}
  {{- with $name.texts.source }}{{ $_ := set $of.sources . (get $of.sources . | int | add1) }}{{ end }}
  {{- $id := list $name.texts.server $name.texts.ranges $name.option | toJson }}
  {{- $alike := get $of.alike $id | default list }}
  {{- if and (lt (len $alike) 2) (not (has $name.texts.app2 $alike)) }}
    {{- $_ := set $of.alike $id (append $alike $name.texts.app2) }}
    {{- $_ := set $of.asked $name.number $name }}
  {{- end }}
  {{- range $name.texts.takes }}
    {{- if not (hasKey $of.takers .) }}{{ $_ := set $of.takers . $name }}{{ end }}
  {{- end }}
  {{- $leads := get $of.leads $name.texts.server | default dict }}
  {{- range $name.texts.matches }}
    {{- $to := list $name.texts.app2 .redirect | toJson }}
    {{- $_ := set $leads .takes (append (get $leads .takes | default list) $to | uniq) }}
    {{- with .at }}{{ $_ := set $of "redirect" (printf "%s.%s.%s" $name.owner $of.latest.door.path .) }}{{ end }}
  {{- end }}
  {{- $_ := set $of.leads $name.texts.server $leads }}
  {{- $_ := set $of "latest" dict }}
{{- end }}
{{- end }}

{{- /*
Why two may not have one host name. Those of one proxy's Ingress and routes may: they all hold its sourceRanges. So may the
Services of two proxies with one family each, since A and AAAA are two records; those that lead to one App2 by other ways, as
checks.hosts.apart has them, or to several by the same paths each; and, for the same sourceRanges, Ingresses of two proxies, where
their controller says in its declaration that it lays their paths side by side, and HTTPRoutes or GRPCRoutes on one Gateway, as the
Gateway API says of all controllers (HTTPRouteSpec.hostnames and HTTPRouteRule.matches, 1.6).
Takes (list NAME NAME OF), two names, each {host, proxy, owner (the proxy's path), kind, door (none of a Service's name), families (of
the records of a name in DNS, none where they are not the Service's own addresses), texts (as checks.hosts.texts has them), at}, and
what is noted of the host before the second; gives words, or nothing. Where they lead to two App2 by other ways, that is added to the
second's splits, a list: all that leads to the host decides.
*/}}
{{- define "external-service-proxy.checks.hosts.meet" -}}
{{- $before := index . 0 }}
{{- $name := index . 1 }}
{{- $kinds := list $before.kind $name.kind | uniq }}
{{- $is := printf "%s.%s already, and" $before.owner $before.at }}
{{- $apart := include "external-service-proxy.checks.hosts.apart" . }}
{{- if and (eq $before.owner $name.owner) $before.door $name.door }}
{{- else if eq (join "," $kinds) "DNS" }}
  {{- $one := and (eq (len $before.families) 1) (eq (len $name.families) 1) }}
  {{- if or (not $one) (eq (first $before.families) (first $name.families)) }}
    {{- $is }} a host name leads to one place: write another
  {{- end }}
{{- else if $apart }}
  {{- if not (include "external-service-proxy.checks.hosts.both" (list $before.texts.app2 $name.texts.app2)) }}
    {{- $_ := set $name "splits" (append ($name.splits | default list) (dict "before" $before "name" $name "is" $is)) }}
  {{- else if and (ne $before.texts.ranges $name.texts.ranges) (ne $apart "each") }}
    {{- $is }} those have other sourceRanges: write the same in both, or another host
  {{- end }}
{{- else if or (ne $before.texts.server $name.texts.server)
  (not (ternary $name.door.can.sharesHosts $name.door.is.http (eq $name.kind "Ingress"))) }}
  {{- $is }} a host name leads to one place: write another
  {{- /* External DNS reads a door's own hosts. */}}
  {{- if and (eq $before.kind "DNS") (hasPrefix "dns." $before.at) }}, or leave {{ $before.owner }}.{{ $before.at }} out
  {{- else if and (eq $name.kind "DNS") (hasPrefix "dns." $name.at) }}, or leave it out
  {{- else }}
    {{- with $name.texts.elsewhere | default $before.texts.elsewhere }}, or leave {{ . }} out, by which it leads elsewhere{{ end }}
  {{- end }}
{{- else if ne $before.texts.ranges $name.texts.ranges }}
  {{- $is }} those have other sourceRanges: write the same in both, or another host
{{- else }}
  {{- $both := list }}
  {{- range $index, $takes := $name.texts.takes }}
    {{- if has . $before.texts.takes }}{{ $both = append $both $index }}{{ end }}
  {{- end }}
  {{- if and $both $name.door.is.route }}
    {{- $is }} a rule of each takes the same requests: write other matches, or another host
  {{- else if $both }}
    {{- $is }} both have the path {{ (index $name.door.settings.paths (first $both)).path }}: write another, or another host
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Whether two names of two proxies lead to App2 by other ways, between which the name in DNS decides, as where people migrate: of
two kinds of objects, or of one where two things serve them. Of two kinds External DNS gives the name to one object and leaves it
there (plan/conflict.go of its 0.23), but to all objects of one kind together (endpoint.MergeEndpoints), as if one of them, now this
now that, had it, so that either gets each client's requests: only where each is the one of its kind may they have other sourceRanges,
each held by a program of its own. Of these two controllers are known to be two by their presets alone, and a load balancer is none.
Two classes may be one program's, which must then lay Ingresses side by side. A load balancer leads to its App2 by each of its ports,
whatever the path: all else of its host leads to one of these.
Takes (list NAME NAME OF), with their texts; gives "each" where each holds its own sourceRanges, "together", or nothing.
*/}}
{{- define "external-service-proxy.checks.hosts.apart" -}}
{{- $before := index . 0 }}
{{- $name := index . 1 }}
{{- if and $before.texts.app2 $name.texts.app2 (ne $before.owner $name.owner) }}
  {{- $kinds := list $before.kind $name.kind }}
  {{- $programs := list $before.texts.program $name.texts.program | uniq }}
  {{- $two := and (eq (len $programs) 2) (not (has "none" $programs)) }}
  {{- $count := (index . 2).sources }}
  {{- $alone := not (or (hasKey $count $name.texts.source) (gt (get $count $before.texts.source | int) 1)) }}
  {{- if has "DNS" $kinds }}
    {{- if include "external-service-proxy.checks.hosts.both" (list (index . 2).app2 $name.texts.app2) }}
      {{- ternary "each" "together" $alone }}
    {{- end }}
  {{- else if include "external-service-proxy.checks.hosts.both" (list $before.texts.beside $name.texts.beside) }}
  {{- else if ne $before.texts.source $name.texts.source }}
    {{- ternary "each" "together" (and $two $alone) }}
  {{- else if or $two (ne $name.kind "Ingress") (and (eq (len $programs) 1) $name.door.can.sharesHosts) }}
    {{- print "together" }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Takes (list LIST LIST); gives a JSON list of what is in both, or nothing.
*/}}
{{- define "external-service-proxy.checks.hosts.both" -}}
{{- $both := list }}
{{- range index . 0 }}{{ if has . (index $ 1) }}{{ $both = append $both . }}{{ end }}{{ end }}
{{- with $both }}{{ toJson . }}{{ end }}
{{- end }}
