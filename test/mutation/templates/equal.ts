/**
 * Changes of a template that no case can show, as `FILE PIECE: CHANGE`, each with the reason. What is made once for many is made
 * again, or the same is found in another way.
 */
export const equal: readonly (readonly [RegExp, string])[] = [
  [
    /^checks\/_all\.tpl .*("shape"|\.shape \$led|\$common|\$addresses)/,
    'proxies of a shape are judged once: where that is not kept, or says a problem, each is judged itself',
  ],
  [
    /^checks\/_forms\.tpl .*(\$rest|\$seen|\$proxy = "")/,
    'what proxies have alike is read once: else each is read, and the same is said once',
  ],
  [
    /^effective\/_proxies\.tpl .*(\$shapes|append \$alike \(omit)/,
    'fewer proxies are of one shape, and each is made itself',
  ],
  [
    /^(effective\/_proxies\.tpl .*"base"|objects\/_(service|endpointslice)\.tpl .*hasKey .*"shape")/,
    'what is written of a base or shape is written of each proxy, and is the same',
  ],
  [
    /^effective\/_proxies\.tpl .*"all" emptied/,
    "of all families, the Service's own are those that matter, and no range is of another",
  ],
  [
    /^checks\/_all\.tpl (\{\{\$waits = include|.*: "ingress" emptied)/,
    'each is then judged itself, where a problem is found',
  ],
  [/^checks\/_routes\.tpl .*\$missing = add1/, 'it says how many names are looked for, and the first are'],
  [/^checks\/_hosts\.tpl .*\$of\.alike \$id \(append/, 'more names are compared than must be'],
  [/^checks\/_hosts\.tpl .*"\[\]" emptied/, 'what is no JSON gives words, which are no App2, either'],
  [/^checks\/_hosts\.tpl .*printf "%08d"/, 'Go prints what a format lacks, so the numbers still differ'],
  [/^checks\/_doors\.tpl .*ne \. "none"/, 'a class of none is none of a preset'],
  [/^lib\/_problem\.tpl .*"count" 0/, 'one more than nothing is one'],
  [
    /^lib\/_(alias\.tpl |problem\.tpl .*(lib\.alias|\$alias))/,
    'another chart has ours in it: test/chart/lib/problem.test.ts',
  ],
  [
    /^lib\/_(gate\.tpl .*hasKey \.owner "shape"|notes\.tpl .*"(shape|notesKind)")/,
    'what is written of a shape is written of each proxy, and is the same',
  ],
  [
    /^(NOTES\.txt .*effective\.once|effective\/_all\.tpl .*"externalServiceProxy" emptied)/,
    'the effective values are made once more, or were made by another file, and are the same',
  ],
  [
    /^checks\/_forms\.tpl .*(regexMatch \(printf|"addresses" emptied)/,
    'all lines are then read for their words, and nothing is wrong with them',
  ],
  [/^effective\/_nulls\.tpl .*"null" emptied/, 'nulls are then looked for where there are none'],
  [
    /^checks\/_service\.tpl .*"loadBalancerClass" \(list|^checks\/_service\.tpl .*\$written \(not \(has \$type/,
    'fields are looked at of a type that takes all of them',
  ],
  [
    /^checks\/_source-ranges\.tpl .*ip\.mapped|^checks\/_source-ranges\.tpl .*contains ":"/,
    'IPv4 is read as IPv6 would be, and is not mapped',
  ],
  [/^effective\/_doors\.tpl .*hasPrefix "::"/, 'only a range that begins so meets mapped addresses'],
  [
    /^(effective\/_all\.tpl .*"externalServiceProxy"|checks\/.*gate\.chart|lib\/_gate\.tpl .*gate\.identity" \.}})/,
    'only two charts of one release meet there, in test/chart/aliases.test.ts, whose chart is another than these cases have',
  ],
  [/^lib\/_notes\.tpl .*IsUpgrade/, 'only an upgrade says it, which needs a cluster'],
  [
    /^objects\/_extra-object\.tpl .*omit \.object/,
    'a key twice means the same to this reader; that of the tests refuses it',
  ],
  [
    /^checks\/_route-rules\.tpl .*default "(PathPrefix|Exact)"\) "RegularExpression"/,
    'whatever else it is, it is no RegularExpression',
  ],
  [
    /^checks\/_platform\.tpl .*\$platform\.protocols \| join " and "/,
    'no platform carries two of the two protocols and lacks one',
  ],
  [
    /^checks\/_host-texts\.tpl .*"Service " emptied/,
    'what is left, families, is no kind of another object, either',
  ],
  [/^checks\/_hosts\.tpl .*join "," \$kinds/, 'two kinds in one word are not DNS, either'],
  [
    /^checks\/_forms\.tpl .*(\$same|trimSuffix "s")/,
    'what is the same but for signs or an s is a letter off as well, or part of it, and nothing else is nearer',
  ],
  [
    /^checks\/_forms\.tpl .*("itself" emptied|: "all" emptied|hasSuffix \(print "\." \$key\) \$path\).*"\." emptied)/,
    'a word for who reads, or a dot that stands there anyway',
  ],
  [/^effective\/_proxies\.tpl .*eq \.service\.type "ExternalName"/, 'an ExternalName has no addresses'],
  [/^effective\/_proxies\.tpl .*"issuer" \(dict "name" ""\).*"name" emptied/, 'no name is an empty one'],
  [/^effective\/_routes\.tpl .*printf "%s\/%s"/, 'Go prints what a format lacks, so the keys still differ'],
  [/^lib\/_gate\.tpl .*\$identity "-"/, "names of Traefik's objects end with a hash of their own"],
  [/^NOTES\.txt .*"more" 0/, 'one more than nothing is one'],
  [
    /^lib\/_problem\.tpl .*\$own = printf/,
    'the own path of what defaults say is of a field, without an index or signs',
  ],
]
