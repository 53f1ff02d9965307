{{- /*
The family of an address or a CIDR.
Takes a string; gives IPv4 or IPv6.
*/}}
{{- define "external-service-proxy.lib.ip.family" -}}
{{- ternary "IPv6" "IPv4" (contains ":" .) }}
{{- end }}

{{- /*
An address as numbers: 4 of 8 bits for IPv4, 8 of 16 bits for IPv6.
Takes (dict "ip" ADDRESS), one that the schema accepts; adds units to it, a list. Writes nothing.
*/}}
{{- define "external-service-proxy.lib.ip.units" -}}
{{- $units := list }}
{{- if contains ":" .ip }}
  {{- $halves := splitList "::" .ip }}
  {{- $left := compact (splitList ":" (first $halves)) }}
  {{- $right := list }}
  {{- if gt (len $halves) 1 }}{{ $right = compact (splitList ":" (last $halves)) }}{{ end }}
  {{- range $left }}{{ $units = append $units (int64 (print "0x" .)) }}{{ end }}
  {{- range until (int (sub 8 (add (len $left) (len $right)))) }}{{ $units = append $units 0 }}{{ end }}
  {{- range $right }}{{ $units = append $units (int64 (print "0x" .)) }}{{ end }}
{{- else }}
  {{- range splitList "." .ip }}{{ $units = append $units (int64 .) }}{{ end }}
{{- end }}
{{- $_ := set . "units" $units }}
{{- end }}

{{- /*
The canonical text of an address (RFC 5952 for IPv6): the only form that the API takes in a slice.
Takes a list of units; gives a string.
*/}}
{{- define "external-service-proxy.lib.ip.text" -}}
{{- if eq (len .) 4 }}
  {{- join "." . }}
{{- else }}
  {{- /* The longest run of two or more zeros, the first of equals, becomes "::". */}}
  {{- $start := -1 }}{{ $length := 1 }}{{ $run := 0 }}
  {{- range $index, $unit := . }}
    {{- if eq (int64 $unit) 0 }}{{ $run = add1 $run }}{{ else }}{{ $run = 0 }}{{ end }}
    {{- if gt (int $run) (int $length) }}{{ $length = $run }}{{ $start = sub (add1 $index) $run }}{{ end }}
  {{- end }}
  {{- $text := "" }}
  {{- range $index, $unit := . }}
    {{- if and (ge (int $index) (int $start)) (lt (int $index) (int (add $start $length))) (ge (int $start) 0) }}
      {{- if eq (int $index) (int $start) }}{{ $text = print $text "::" }}{{ end }}
    {{- else }}
      {{- if and $text (not (hasSuffix ":" $text)) }}{{ $text = print $text ":" }}{{ end }}
      {{- $text = printf "%s%x" $text (int64 $unit) }}
    {{- end }}
  {{- end }}
  {{- $text }}
{{- end }}
{{- end }}

{{- /*
A CIDR in the form that the API takes from Kubernetes 1.36 on (KEP-4858): canonical, no bit set behind the prefix.
Takes a CIDR that the schema accepts; gives a string.
*/}}
{{- define "external-service-proxy.lib.ip.network" -}}
{{- $parts := splitList "/" . }}
{{- $address := dict "ip" (first $parts) }}
{{- template "external-service-proxy.lib.ip.units" $address }}
{{- $width := ternary 8 16 (eq (len $address.units) 4) }}
{{- $left := int (last $parts) }}
{{- $units := list }}
{{- range $address.units }}
  {{- if ge $left $width }}
    {{- $units = append $units . }}
  {{- else if le $left 0 }}
    {{- $units = append $units 0 }}
  {{- else }}
    {{- $step := 1 }}
    {{- range until (int (sub $width $left)) }}{{ $step = mul $step 2 }}{{ end }}
    {{- $units = append $units (sub . (mod . $step)) }}
  {{- end }}
  {{- $left = int (sub $left $width) }}
{{- end }}
{{- template "external-service-proxy.lib.ip.text" $units }}/{{ last $parts | int }}
{{- end }}

{{- /*
Whether two CIDRs share an address.
Takes (list CIDR CIDR); gives "true" or nothing.
*/}}
{{- define "external-service-proxy.lib.ip.overlap" -}}
{{- $one := splitList "/" (index . 0) }}
{{- $other := splitList "/" (index . 1) }}
{{- if eq (include "external-service-proxy.lib.ip.family" (first $one)) (include "external-service-proxy.lib.ip.family" (first $other)) }}
  {{- $prefix := min (last $one) (last $other) }}
  {{- $networks := list }}
  {{- range list (first $one) (first $other) }}
    {{- $networks = append $networks (include "external-service-proxy.lib.ip.network" (printf "%s/%d" . $prefix)) }}
  {{- end }}
  {{- if eq (first $networks) (last $networks) }}true{{ end }}
{{- end }}
{{- end }}

{{- /*
The IPv4 network that a range of IPv4 in the form of IPv6 stands for (RFC 4291, 2.5.5.2).
Takes a CIDR or an address that the schema accepts; gives a CIDR, or nothing where it is none.
*/}}
{{- define "external-service-proxy.lib.ip.mapped" -}}
{{- $parts := splitList "/" . }}
{{- $address := dict "ip" (first $parts) }}
{{- template "external-service-proxy.lib.ip.read" $address }}
{{- $prefix := ternary (last $parts) "128" (gt (len $parts) 1) | int }}
{{- if and (ge $prefix 96) (regexMatch "^::ffff:[0-9a-f]+:[0-9a-f]+$" $address.canonical) }}
  {{- $bytes := list }}
  {{- range slice $address.units 6 }}{{ $bytes = append (append $bytes (div . 256)) (mod . 256) }}{{ end }}
  {{- include "external-service-proxy.lib.ip.network" (printf "%s/%d" (join "." $bytes) (sub $prefix 96)) }}
{{- end }}
{{- end }}

{{- /*
An address read: in canonical form, and what keeps it from being App2's (ValidateEndpointIP in Kubernetes' core validation,
multicast whole, and broadcast; what else is above 240.0.0.0 some networks use, and nodes send there).
Takes (dict "ip" ADDRESS), one that the schema accepts; adds canonical and reserved, the reason or nothing, and units
of IPv6. Writes nothing.
*/}}
{{- define "external-service-proxy.lib.ip.read" -}}
{{- $reserved := "" }}
{{- if contains ":" .ip }}
  {{- template "external-service-proxy.lib.ip.units" . }}
  {{- $_ := set . "canonical" (include "external-service-proxy.lib.ip.text" .units) }}
  {{- $first := first .units | int }}
  {{- if eq .canonical "::" }}{{ $reserved = "unspecified" }}
  {{- else if eq .canonical "::1" }}{{ $reserved = "loopback" }}
  {{- else if and (ge $first 0xfe80) (lt $first 0xfec0) }}{{ $reserved = "link-local" }}
  {{- else if ge $first 0xff00 }}{{ $reserved = "multicast" }}
  {{- else if regexMatch "^::ffff:[0-9a-f]+:[0-9a-f]+$" .canonical }}{{ $reserved = "IPv4 in the form of IPv6" }}
  {{- end }}
{{- else }}
  {{- /* Its form leaves IPv4 no second text of one address. */}}
  {{- $_ := set . "canonical" .ip }}
  {{- $first := (splitn "." 2 .ip)._0 | int }}
  {{- if eq .ip "0.0.0.0" }}{{ $reserved = "unspecified" }}
  {{- else if eq $first 127 }}{{ $reserved = "loopback" }}
  {{- else if hasPrefix "169.254." .ip }}{{ $reserved = "link-local" }}
  {{- else if and (ge $first 224) (lt $first 240) }}{{ $reserved = "multicast" }}
  {{- else if eq .ip "255.255.255.255" }}{{ $reserved = "everybody's" }}
  {{- end }}
{{- end }}
{{- $_ := set . "reserved" $reserved }}
{{- end }}
