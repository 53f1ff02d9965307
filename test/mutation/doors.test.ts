import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { loadAll } from 'js-yaml'
import { expect, it } from 'vitest'
import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { findHelm } from '../../tools/chart/helm.ts'
import { chart } from '../../tools/chart/render.ts'
import { compare } from '../../tools/doors/compare.ts'
import { doorsOf } from '../../tools/doors/doors.ts'
import { isWider } from '../../tools/doors/requests.ts'
import { app, dual } from '../values.ts'
import { chartToChange } from './copy.ts'
import { type Statement, statementsOf } from './statements.ts'

const proxy = (name: string, fields: ProxyValues) => [name, { ...app().proxies.app, ...fields }] as const
const ingress = (controller: 'contour' | 'nginx' | 'haproxy' | 'traefik') =>
  proxy(controller, { ingress: { controller, className: controller, hosts: [`${controller}.example.com`] } })
const route = (
  controller: 'envoy-gateway' | 'traefik' | 'istio',
  kind: 'HTTPRoute' | 'GRPCRoute' = 'HTTPRoute',
) => {
  const name = `${controller}-${kind.toLowerCase()}`
  const parentRefs = [{ name: controller }]
  return proxy(name, {
    backend: { protocol: kind === 'GRPCRoute' ? 'grpc' : 'http' },
    routes: { web: { controller, kind, parentRefs, hostnames: [`${name}.example.com`] } },
  })
}
/** Each way by which the chart holds a door. */
const values: Values = {
  proxies: Object.fromEntries([
    proxy('plain', {}),
    proxy('dual', dual),
    ...(['contour', 'nginx', 'haproxy', 'traefik'] as const).map(ingress),
    route('envoy-gateway'),
    route('envoy-gateway', 'GRPCRoute'),
    route('traefik'),
    route('istio'),
  ]),
}

const copy = chartToChange()

/** The objects that the copy makes; undefined where it makes none that anyone could apply. */
async function objects(): Promise<object[] | undefined> {
  const helm = await findHelm('4.1')
  const args = ['template', 'release', copy(), '--kube-version=1.37.0', '--values=-']
  const { failed, stdout } = await execa(helm, args, { input: JSON.stringify(values), reject: false })
  if (failed) return undefined
  try {
    return loadAll(stdout).filter((one) => typeof one === 'object' && one !== null) as object[]
  } catch {
    return undefined
  }
}

/** Lists, policies, ranges, and a node port that is closed: what a line must not lose unseen. */
const holding =
  /loadBalancerSourceRanges|internalTrafficPolicy|nodePort|allocateLoadBalancerNodePorts|ipAllowPolicy|ipAllowList|SecurityPolicy|AuthorizationPolicy|clientCIDRs|notIpBlocks|defaultAction|extensionRef|allow-list|whitelist|router\.middlewares|1\.2\.3\.4/

/** The same of objects, each by its identity. */
const heldIn = (all: readonly object[]): string[] =>
  all.flatMap((one) => {
    const { kind, metadata } = one as { kind: string; metadata?: { name?: string; namespace?: string } }
    return held(one, `${kind} ${metadata?.namespace}/${metadata?.name}`)
  })

/** Every place of an object that holds a door, with what stands there. */
function held(value: unknown, place = '', isHeld = false): string[] {
  const own = isHeld || holding.test(place) || (typeof value === 'string' && holding.test(value))
  if (typeof value !== 'object' || value === null) return own ? [`${place}=${value}`] : []
  return Object.entries(value).flatMap(([key, one]) => held(one, `${place}.${key}`, own))
}

/** Statements whose loss opens nothing, with the reason. */
const harmless: Readonly<Record<string, string>> = {
  'defaultAction: Deny': "it is Envoy Gateway's own default",
  '- action: Allow': 'rules that are no list are refused by the API server',
  '{{- toYaml $door.proxy.sourceRanges | nindent 14 }}': 'a DENY without notIpBlocks denies everyone',
  'to:': 'an operation beside source is refused by the API server',
  '- operation:': 'a to that is no list is refused by the API server',
  '{{- $_ := set $route "namespace" ($route.namespace | default $proxy.context.Release.Namespace) }}':
    "the gate writes the release's namespace",
  'namespace: {{ $namespace | quote }}': "it is then the release's own, as here",
  '{{- if not .clusterWide }}': 'the same: the namespace goes with it',
  '{{- get .owner.constants.labels (.labels | default "plain") | replace "<name>" .owner.label }}':
    'labels hold nothing, and without its own a slice leads nowhere',
  'name: {{ .name | quote }}': 'a List has no name of its own',
  '{{- index . 0 }}': 'the API server refuses an object without a name',
  '{{- if gt (len $name) 5 }}{{ $name }}{{ else }}{{ toYaml $name }}{{ end }}':
    'labels hold nothing, and this one says only what an object is of',
  '{{- merge $recommended (index . 1) ($context.Values.commonLabels | default dict) | toYaml | nindent 4 }}':
    'the same labels',
}

const files = ['controllers', 'objects', 'effective', 'lib'].map((name) => join('templates', name))
/** Those that say words alone, of values or of objects, write nothing that holds a door. */
const words = ['_forms.tpl', '_notes.tpl', '_problem.tpl']
const templates = (
  await Promise.all(
    files.map(async (name) =>
      (
        await readdir(join(chart, name))
      )
        .filter((file) => !words.includes(file))
        .map((file) => join(name, file)),
    ),
  )
).flat()

it('each statement that writes what holds a door, taken out, makes a door wider in the eyes of the judge', {
  timeout: 3_600_000,
}, async () => {
  const before = (await objects()) ?? []
  const doors = doorsOf(before)
  const places = heldIn(before)
  const ids = (judged: typeof doors) => new Set(judged.doors.map(({ id }) => id))
  const survivors: string[] = []
  let taken = 0
  for (const template of templates) {
    const text = await readFile(join(chart, template), 'utf8')
    for (const { line, without } of statementsOf(text)) {
      await writeFile(join(copy(), template), without)
      const after = await objects()
      if (!after) continue // Helm itself refuses it.
      const left = new Set(heldIn(after))
      if (places.every((place) => left.has(place))) continue
      const judged = doorsOf(after)
      // Where a door is gone with what held it, nobody gets in.
      if ([...ids(doors)].some((id) => !ids(judged).has(id))) continue
      taken++
      if (!compare(doors, judged).some(isWider)) survivors.push(text.split('\n')[line - 1]?.trim() ?? '')
    }
    await writeFile(join(copy(), template), text)
  }
  console.log(
    `${taken} statements that hold a door were taken out, ${survivors.length} of them without effect`,
  )
  expect(survivors.sort()).toEqual(Object.keys(harmless).sort())
})

it.each<[string, string, number]>([
  ['a line of YAML', 'a: 1\nb: 2', 2],
  ['a tag of two lines', '{{- include "a"\n  . }}\nb: 2', 2],
  ['a tag with braces in a text', '{{- include "a" "{b: {c: 1}}" }}\nb: 2', 2],
  ['what an if guards', '{{- if .a }}\na: 1\n{{- end }}', 2],
  ['nothing of a comment', '{{- /*\nwords\n*/}}', 0],
])('%s is taken out', (_, text, count) => {
  expect(statementsOf(text).map(({ without }: Statement) => without)).toHaveLength(count)
})
