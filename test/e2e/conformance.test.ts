import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { render } from '../../tools/chart/render.ts'
import { apply, listOf } from '../../tools/cluster/control-plane/kubectl.ts'
import { makeKinds } from '../../tools/prove/surroundings.ts'
import { seed } from '../fast-check.ts'
import { noted } from '../figures.ts'
import { acceptedSamples, type Kept } from '../generated/accepted.ts'
import { type Answer, type ApiServer, apiServer, type Sent } from './api-server.ts'
import { cluster } from './cluster.ts'

/** How many accepted samples are sent at least. */
const goal = Number(process.env.GENERATED_SAMPLES ?? 300)
const kept = join(import.meta.dirname, 'fixtures', 'conformance')
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'edge' } }

let server: ApiServer

describe('what Helm accepts', () => {
  beforeAll(async () => {
    await apply(cluster.kubectl, [namespace])
    await makeKinds(cluster)
    server = await apiServer(cluster.kubeconfig)
  })
  afterAll(() => cluster.kubectl(['delete', 'namespace', 'edge']))

  it('the API server takes, every object of it, without a warning', { timeout: 1_800_000 }, async () => {
    let accepted = 0
    const [sent, seeds] = [new Set<string>(), new Set<number>()]
    const wrong = new Map<string, string>()
    for await (const found of acceptedSamples(goal, seed)) {
      const others = found.rendered.objects.filter((object) => {
        const text = JSON.stringify(object).replaceAll(ownName, 'NAME-')
        return sent.size < sent.add(text).size
      })
      const answers = await Promise.all(others.map((object) => server.dryRun(asServed(object))))
      for (const answer of answers) {
        const [words] = wordsOf(answer)
        if (!words) continue
        // One of each sort is enough to see.
        const sort = `${answer.object.kind}: ${words.replaceAll(/s\d+-[-a-z0-9.]+/g, 'NAME')}`
        if (!wrong.has(sort)) wrong.set(sort, await keep(answer, found, wrong.size))
      }
      accepted += found.count
      seeds.add(found.seed)
    }
    console.log(`seed ${[...seeds].join(', ')}: GENERATED_SEED tries the same again`)
    await noted(
      'objects',
      `${wrong.size} sorts refused or warned of, of ${sent.size} differing objects of ${accepted} samples`,
    )
    expect([...wrong]).toEqual([])
    expect(accepted).toBeGreaterThanOrEqual(goal)
  })

  describe('what it once refused', async () => {
    const files = (await readdir(kept).catch(() => [])).filter((file) => file.endsWith('.json'))
    it.each(files)('%s', async (file) => {
      const values = JSON.parse(await readFile(join(kept, file), 'utf8'))
      const objects = await render(values).then(
        ({ objects }) => objects,
        () => [], // Helm now says so.
      )
      const answers = await Promise.all(objects.map((object) => server.dryRun(asServed(object))))
      expect(answers.flatMap(wordsOf)).toEqual([])
    })
  })

  it('would refuse a wrong object, and a field that there is not', async () => {
    const metadata = { name: 'wrong', namespace: 'default' }
    const service = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata, spec })
    const answers = await Promise.all(
      [{ ports: [{ port: 0 }] }, { ports: [{ port: 1 }], port: 1 }].map((spec) =>
        server.dryRun(service(spec)),
      ),
    )
    expect(answers.map(wordsOf)).toEqual([
      [expect.stringContaining('spec.ports[0].port')],
      [expect.stringContaining('unknown field "spec.port"')],
    ])
  })

  it('a second apply changes nothing', async () => {
    const objects: object[] = []
    for await (const { rendered } of acceptedSamples(goal, seed)) {
      // Of each batch some, since their names are the same; and two Services can't have one ClusterIP.
      const free = rendered.objects.filter((object) => !/"clusterIP":"[^N]/.test(JSON.stringify(object)))
      const known = new Set(objects.map(nameOf))
      objects.push(...free.filter((object) => !known.has(nameOf(object))).slice(0, 60))
      if (objects.length > 150) break
    }
    try {
      const twice = await Promise.all(objects.map((object) => changedBySecond(asServed(object))))
      expect(twice.filter(Boolean)).toEqual([])
    } finally {
      await cluster.kubectl(['delete', '--ignore-not-found', '--filename=-'], { input: listOf(objects) })
    }
  })
})

// --- utils ---

/** Older versions of routes are for clusters that have no v1 of them; this one has v1 alone, of the same shape. */
function asServed(object: object): Sent {
  const sent = object as Sent
  return {
    ...sent,
    apiVersion: sent.apiVersion.replace(/^(gateway\.networking\.k8s\.io)\/v1alpha[23]$/, '$1/v1'),
  }
}

/** What an answer says against an object; nothing where it is taken. */
function wordsOf({ object, status, body, warnings }: Answer): string[] {
  // Which addresses are the Services' own, and in which namespaces there are any, only the cluster knows.
  const unknowable = /is not in the valid range|namespaces "[^"]+" not found/.test(body.message ?? '')
  // Endpoints are deprecated since Kubernetes 1.33, and the API server says so each time.
  const expected =
    object.kind === 'Endpoints'
      ? /^299 - "v1 Endpoints is deprecated/
      : /^299 - "spec.trafficDistribution: \\"PreferClose\\" is deprecated/ // As the reference says of the value.
  return [
    ...(status >= 300 && !unknowable ? [`${status} ${body.message}`] : []),
    ...warnings.filter((warning) => !expected.test(warning)),
  ]
}

/** Applies twice, and gives why that is refused. A controller may write in between, a status for example: then the next apply tells. */
async function changedBySecond(object: Sent): Promise<string> {
  const { kind, metadata } = object
  let before = (await server.apply(object)).body
  return cluster.until(`a second apply of ${kind} ${metadata.name} changes nothing`, async () => {
    const { status, body } = await server.apply(object)
    if (status >= 300) return `${kind} ${metadata.name}: ${body.message}`
    if (body.metadata?.resourceVersion === before.metadata?.resourceVersion) return ''
    before = body
    return undefined
  })
}

const nameOf = (object: object) => {
  const { kind, metadata } = object as Sent
  return `${kind} ${metadata.namespace}/${metadata.name}`
}

/** What stands before the names of a sample's own. */
const ownName = /\bs\d+-/g

/** Writes the values of the sample that an object is of, to be tried again each time, and gives the file's name. */
async function keep({ object }: Answer, { values, seed }: Kept, number: number): Promise<string> {
  const [own = ''] = /s\d+-/.exec(object.metadata.name ?? '') ?? []
  const of = <T>(map: Record<string, T>) =>
    Object.fromEntries(Object.entries(map).filter(([name]) => name.startsWith(own)))
  const only = { ...values, proxies: of(values.proxies), gateways: of(values.gateways) }
  const name = `${seed}-${number}.json`
  await mkdir(kept, { recursive: true })
  await writeFile(join(kept, name), `${JSON.stringify(only, undefined, 2)}\n`)
  return name
}
