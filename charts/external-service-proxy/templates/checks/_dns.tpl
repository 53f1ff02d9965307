{{- /*
External DNS: a record only for what has an address, and no setting without a name.
Takes a proxy; gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.dns" -}}
{{- if .dns.hostnames }}
  {{- if eq .service.type "ClusterIP" }}
    {{- include "external-service-proxy.lib.problem" (list . "dns.hostnames" "dns-cluster-ip"
      "External DNS makes no record for service.type ClusterIP: leave them out, or write service.type LoadBalancer") }}
  {{- end }}
  {{- range $key, $value := .service.annotations }}
    {{- if regexMatch "^external-dns\\.(alpha\\.)?kubernetes\\.io/(hostname|ttl|target)$" $key }}
      {{- include "external-service-proxy.lib.problem"
        (list $ "service.annotations" "dns-annotation" (printf "%s is written by dns already: leave it out" $key)) }}
    {{- end }}
  {{- end }}
{{- else }}
  {{- range list "ttl" "target" }}
    {{- if get $.dns . }}
      {{- include "external-service-proxy.lib.problem"
        (list $ (printf "dns.%s" .) "dns-hostnames-required" "has no effect without dns.hostnames: add them, or leave it out") }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Each host name for one place: External DNS would give it two addresses, silently, and controllers refuse or mix two owners.
What a controller takes for all of a host is said alike by all who share it.
Each certificate's Secret once: cert-manager refuses the second, in its log only.
Takes (dict "proxies" DICT); gives a line a problem.
*/}}
{{- define "external-service-proxy.checks.hosts" -}}
{{- $owners := dict }}
{{- $secrets := dict }}
{{- range $key, $proxy := .proxies }}
  {{- $names := list }}
  {{- $elsewhere := or (not (empty $proxy.dns.target)) (eq $proxy.service.type "ExternalName") }}
  {{- $records := ternary list ($proxy.service.ipFamilies | default list) $elsewhere }}
  {{- range $index, $host := $proxy.dns.hostnames }}
    {{- $names = append $names (dict "host" $host "proxy" $proxy "kind" "DNS" "families" $records
      "at" (printf "dns.hostnames[%d]" $index)) }}
  {{- end }}
  {{- with .service.annotations }}
    {{- range include "external-service-proxy.checks.hosts.ofAnnotations" . | fromJsonArray }}
      {{- $names = append $names (dict "host" . "proxy" $proxy "kind" "DNS" "families" list "at" "service.annotations") }}
    {{- end }}
  {{- end }}
  {{- range $door := $proxy.doors }}
    {{- $field := ternary "hosts" "hostnames" (eq $door.kind "Ingress") }}
    {{- $option := "" }}
    {{- if and $door.can.hostOption (eq $door.kind "Ingress") }}
      {{- $option = include "external-service-proxy.checks.hosts.option" $door }}
    {{- end }}
    {{- range $index, $host := $door.hosts }}
      {{- $names = append $names (dict "host" $host "proxy" $proxy "kind" $door.kind "door" $door "option" $option
        "at" (printf "%s.%s[%d]" $door.path $field $index)) }}
    {{- end }}
    {{- with .settings.annotations }}
      {{- range include "external-service-proxy.checks.hosts.ofAnnotations" . | fromJsonArray }}
        {{- if not (has . $door.hosts) }}
          {{- $names = append $names (dict "host" . "proxy" $proxy "kind" "DNS" "families" list "door" $door
            "at" (printf "%s.annotations" $door.path)) }}
        {{- end }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- range $name := $names }}
    {{- $others := get $owners .host | default list }}
    {{- $why := "" }}
    {{- range $others }}
      {{- if not $why }}{{ $why = include "external-service-proxy.checks.hosts.meet" (list . $name) }}{{ end }}
    {{- end }}
    {{- if $why }}
      {{- include "external-service-proxy.lib.problem" (list $proxy .at "host-twice" (printf "%s is %s" .host $why)) }}
    {{- else }}
      {{- $_ := set $owners .host (append $others .) }}
      {{- with include "external-service-proxy.checks.hosts.differ" (list $others $name) }}
        {{- include "external-service-proxy.lib.problem" (list $proxy $name.at "host-option" .) }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- $tls := $proxy.ingress.tls }}
  {{- if and $proxy.ingress.enabled $tls.issuer.name }}
    {{- $several := dig "ingress" "tls" "certificates" list $proxy.written }}
    {{- range $index, $certificate := $tls.certificates }}
      {{- if hasKey $secrets .secretName }}
        {{- include "external-service-proxy.lib.problem" (list $proxy
          (ternary (printf "ingress.tls.certificates[%d].secretName" $index) "ingress.tls.secretName" (not (empty $several))) "secret-twice"
          (printf "%s holds the certificate of proxies.%s already, and cert-manager issues no second one into it: write another name"
            .secretName (get $secrets .secretName))) }}
      {{- else }}
        {{- $_ := set $secrets .secretName $key }}
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
The names that annotations tell External DNS, besides those it reads elsewhere (source/annotations/annotations.go of its
0.23): the same under both prefixes is one name, but a name for the address inside of the cluster is another record.
Takes annotations; gives a JSON list.
*/}}
{{- define "external-service-proxy.checks.hosts.ofAnnotations" -}}
{{- $names := list }}
{{- range $own := list "hostname" "internal-hostname" }}
  {{- $told := list }}
  {{- range $prefix := list "external-dns.alpha.kubernetes.io/" "external-dns.kubernetes.io/" }}
    {{- with get $ (print $prefix $own) }}
      {{- range splitList "," (lower . | nospace) }}{{ $told = append $told (trimSuffix "." .) }}{{ end }}
    {{- end }}
  {{- end }}
  {{- $names = concat $names ($told | compact | uniq) }}
{{- end }}
{{- toJson $names }}
{{- end }}

{{- /*
Why two may not have one host name. Those of one proxy's Ingress and routes may: they all hold its sourceRanges. So may the
Services of two proxies with one family each, since A and AAAA are two records; and Ingresses of two proxies, for the same
sourceRanges, where their controller says in its declaration that it lays their paths side by side.
Takes (list NAME NAME), each {host, proxy, kind, door (none of a Service's name), families (of the records of a name in DNS, none
where they are not the Service's own addresses), at}; gives words, or nothing.
*/}}
{{- define "external-service-proxy.checks.hosts.meet" -}}
{{- $before := index . 0 }}
{{- $name := index . 1 }}
{{- $kinds := list $before.kind $name.kind | uniq }}
{{- $is := printf "proxies.%s.%s already, and" $before.proxy.key $before.at }}
{{- if and (eq $before.proxy.key $name.proxy.key) $before.door $name.door }}
{{- else if eq (join "," $kinds) "DNS" }}
  {{- $one := and (eq (len $before.families) 1) (eq (len $name.families) 1) }}
  {{- if or (not $one) (eq (first $before.families) (first $name.families)) }}
    {{- $is }} a host name leads to one place: write another
  {{- end }}
{{- else if has "DNS" $kinds }}
  {{- $is }} a host name leads to one place: write another
{{- else if or (ne (join "," $kinds) "Ingress") (not $name.door.can.sharesHosts) (ne $before.door.controller $name.door.controller)
  (ne $before.door.settings.className $name.door.settings.className) }}
  {{- $is }} a host name leads to one place: write another
{{- else if ne (sortAlpha $before.proxy.sourceRanges | toJson) (sortAlpha $name.proxy.sourceRanges | toJson) }}
  {{- $is }} those have other sourceRanges: write the same in both, or another host
{{- else }}
  {{- range $path := $name.door.settings.paths }}
    {{- range $before.door.settings.paths }}
      {{- if eq (trimSuffix "/" .path) (trimSuffix "/" $path.path) }}
        {{- $is }} both have the path {{ $path.path }}: write another, or another host
      {{- end }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
Why a host may not have the option that its Ingress says: one that its controller takes for all of the host, by its name.
Takes (list NAMES NAME), those that share the host's name with it; gives words, or nothing.
*/}}
{{- define "external-service-proxy.checks.hosts.differ" -}}
{{- $name := index . 1 }}
{{- $option := $name.option | default "" }}
{{- if and $option (contains "*" $name.host) }}
  {{- $can := $name.door.can }}
  {{- printf "%s, and %s finds %s by a host's whole name: write the names, or leave the option out" $name.host $can.title $can.hostOption }}
{{- else }}
  {{- $before := dict }}
  {{- range index . 0 }}
    {{- if and (not $before) (ne (.option | default "") $option) (eq .door.controller $name.door.controller) }}{{ $before = . }}{{ end }}
  {{- end }}
  {{- with $before }}
    {{- $cure := "write the same in both, or another host" }}
    {{- if or (ne .kind "Ingress") (ne $name.kind "Ingress") }}{{ $cure = "leave the option out, or write another host" }}{{ end }}
    {{- printf "%s is proxies.%s.%s already, with %s %s and not %s, of which %s takes neither for one host: %s" .host .proxy.key .at
      .door.can.hostOption (.option | default "none") ($option | default "none") .door.can.title $cure }}
  {{- end }}
{{- end }}
{{- end }}

{{- /*
What the annotations of an Ingress say of the host; its controller reads keys in any case, and what is not written is default.
Takes a door of kind Ingress; gives the value, or nothing.
*/}}
{{- define "external-service-proxy.checks.hosts.option" -}}
{{- $key := .can.hostOption }}
{{- range $name, $value := merge (dict) .settings.annotations (.proxy.context.Values.commonAnnotations | default dict) }}
  {{- if and (eq (lower $name) $key) (ne $value "default") }}{{ $value }}{{ end }}
{{- end }}
{{- end }}
