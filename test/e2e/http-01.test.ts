import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import type { Pod } from 'kubernetes-types/core/v1.d.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Values } from '../../schema/generated/values.ts'
import { renew, whenIssued } from '../../tools/cluster/addons/cert-manager-controllers.ts'
import { apply } from '../../tools/cluster/control-plane/kubectl.ts'
import { reportRunning } from '../../tools/cluster/control-plane/pods.ts'
import { firstNode } from '../../tools/cluster/network/nodes.ts'
import { stateFolder } from '../../tools/cluster/sandbox/sandbox.ts'
import { builtFolders } from '../../tools/programs/build.ts'
import { authorityOf, uninstallWithCertificates } from './certificates.ts'
import { chart, cluster } from './cluster.ts'

await cluster.add(['External DNS', 'cert-manager controllers'])

const { 'cert-manager-controllers': programs } = await builtFolders()
const host = 'http01.somehost.net'
/** The certificate authority on the Internet: a machine that is on nobody's list. */
const acme = { machine: 'intruder', address: '203.0.113.66', port: 14000 }
const node = cluster.addressing.node(firstNode).front.ipv4
const ends = new AbortController()
/** Starts a program on a machine, until the tests are over. */
const run = (machine: string, command: readonly string[], env = {}) => {
  const options = { env, cancelSignal: ends.signal, stdio: 'ignore' as const }
  const subprocess = execa('ip', ['netns', 'exec', machine, ...command], options)
  subprocess.catch(() => {})
  return subprocess
}

/** Starts the authority, and has cert-manager know it as the ClusterIssuer `acme`, with this solver. */
async function startAuthority(): Promise<void> {
  const { cert, key } = await (await authorityOf('of the ACME server')).issue(['acme.example.net'])
  const file = (name: string) => join(stateFolder, `pebble.${name}`)
  const config = {
    listenAddress: `${acme.address}:${acme.port}`,
    certificate: file('crt'),
    privateKey: file('key'),
    httpPort: 80,
    tlsPort: 443,
    profiles: { default: { description: 'the only one', validityPeriod: 7776000 } },
  }
  await Promise.all([
    writeFile(file('crt'), cert),
    writeFile(file('key'), key),
    writeFile(file('json'), JSON.stringify({ pebble: config })),
  ])
  const command = [join(programs, 'pebble'), '-config', file('json'), '-dnsserver', `${node}:53`]
  // At once, without errors made on purpose, and each renewal is to be proved again.
  run(acme.machine, command, { PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0', PEBBLE_AUTHZREUSE: '0' })
  const spec = {
    acme: {
      server: `https://${acme.address}:${acme.port}/dir`,
      skipTLSVerify: true,
      privateKeySecretRef: { name: 'acme-account' },
      solvers: [{ http01: { ingress: { ingressClassName: 'contour' } } }],
    },
  }
  const metadata = { name: 'acme' }
  await apply(cluster.kubectl, [{ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata, spec }])
}

/** Puts a pod on the first node: one of no node is in no EndpointSlice. */
const schedule = (name: string) => {
  const target = { kind: 'Node', name: firstNode }
  const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target }
  const path = `/api/v1/namespaces/default/pods/${name}/binding`
  return cluster.kubectl(['create', '--raw', path, '--filename=-'], { input: JSON.stringify(binding) })
}

/** Does for cert-manager's solver pods what a kubelet would, until the tests are over. */
async function runSolvers(): Promise<void> {
  const query = ['get', 'pods', '--selector=acme.cert-manager.io/http01-solver=true', '--output=json']
  const running = new Map<string, ReturnType<typeof run>>()
  while (!ends.signal.aborted) {
    const { items }: { items: Pod[] } = JSON.parse(await cluster.kubectl(query))
    const pods = new Map(items.map((pod) => [pod.metadata?.name ?? '', pod]))
    for (const [name, solver] of running) {
      if (!pods.has(name) && running.delete(name)) solver.kill('SIGKILL')
    }
    for (const [name, { spec }] of pods) {
      if (running.has(name)) continue
      running.set(name, run(firstNode, [join(programs, 'solver'), ...(spec?.containers[0]?.args ?? [])]))
      const started = async () => {
        await schedule(name)
        await reportRunning(cluster.kubectl, { name, namespace: 'default', podIPs: [node] })
      }
      await started().catch(async (error) => {
        // cert-manager may have taken it away meanwhile, or is about to.
        const query = ['get', 'pod', name, '--ignore-not-found', '--output=jsonpath={.metadata}']
        const metadata = await cluster.kubectl(query)
        if (metadata && !metadata.includes('"deletionTimestamp"')) throw error
      })
    }
    await sleep(200)
  }
}

let solvers = Promise.resolve()
beforeAll(async () => {
  await startAuthority()
  solvers = runSolvers()
})
afterAll(async () => {
  await uninstallWithCertificates(cluster, 'http01')
  await cluster.kubectl(['delete', 'clusterissuer', 'acme'])
  ends.abort()
  await solvers
})

const values: Values = {
  proxies: {
    'myapp-proxy': {
      addresses: ['2.3.4.5'],
      ports: { http: { port: 80, targetPort: 8080 } },
      service: { type: 'ClusterIP' },
      sourceRanges: ['1.2.3.4/32', '2001:db8:1::4/128'],
      ingress: { controller: 'contour', hosts: [host], tls: { issuer: { name: 'acme' } } },
    },
  },
}
/** What `kubectl describe challenge` shows a user as the reason. */
const reason = () => cluster.kubectl(['get', 'challenges', '--output=jsonpath={.items[*].status.reason}'])

/** What the page says that a user sees. */
const refused = "wrong status code '403', expected '200'"

it('behind a list it works once, while Contour serves no HTTPProxy without its certificate, and no renewal does', async () => {
  await cluster.helm(['install', 'http01', chart, '--values', '-'], { input: JSON.stringify(values) })
  await cluster.until(
    'the certificate is issued',
    async () => {
      const path = '{.items[*].status.conditions[?(@.type=="Ready")].status}'
      const ready = await cluster.kubectl(['get', 'certificates', `--output=jsonpath=${path}`])
      if (ready !== 'True') throw new Error(await reason())
      return true
    },
    { of: ['cert-manager-controllers', 'external-dns', 'coredns'], seconds: 120 },
  )
  // Contour takes the certificate up some time after it is issued: till then it serves no HTTPProxy yet.
  const [resolve = ''] = cluster.ingressAddresses
  await cluster.until('the authority is refused', async () => {
    const outcome = await cluster.machine(acme.machine).http(`http://${host}/`, { resolve })
    return ('status' in outcome && outcome.status === 403) || undefined
  })
  await whenIssued(cluster)
  await renew(cluster.kubectl)
  const said = await cluster.until(
    'the challenge is refused',
    async () => {
      const words = await reason()
      if (!words.includes(refused)) throw new Error(words)
      return words
    },
    { seconds: 120 },
  )
  expect(said).toBe(`Waiting for HTTP-01 challenge propagation: ${refused}`)
  expect(await readFile('docs/certificates.md', 'utf8')).toContain(refused)
}, 600_000)
