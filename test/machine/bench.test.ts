/** Benches that fetch what they measure with: run outside of the sandbox, where that can be fetched. */
import { execa } from 'execa'
import { expect, it } from 'vitest'

const quickly = (what: string) =>
  execa(process.execPath, ['--import', 'tsx', 'tools/cli.ts', 'bench', what, '--quick'])

// What a busy machine leaves unmeasured fails by itself, and is measured again.
it('data-path: App2 answers each request on every way', { retry: 2 }, async () => {
  const { stdout } = await quickly('data-path')
  for (const way of [
    'routed, without a proxy',
    'policy Local',
    'Envoy Gateway',
    'socat',
    '100 more Services',
  ])
    expect(stdout).toMatch(new RegExp(`${way}[^\\n]* \\|`))
})

it('convergence: each way leads to the new address', { retry: 2 }, async () => {
  const { stdout } = await quickly('convergence')
  for (const way of ['load balancer', 'Contour', 'Envoy Gateway'])
    expect(stdout.match(new RegExp(`^${way}  (0|10)  2  .* of \\d+$`, 'gm')), stdout).toHaveLength(2)
})

it('faults: nothing fails but by what is on the way', { retry: 2 }, async () => {
  const { stdout } = await quickly('faults')
  expect(stdout).toMatch(/^nothing\n( {2}\S.* {2}0 of \d+, .*\n){14}/m)
  expect(stdout).toMatch(/^cert-manager killed.*\n( {2}\S.* {2}0 of \d+, .*\n){14}/m)
  expect(stdout).toMatch(
    /^Envoy Gateway's Envoy killed.*\n(.*\n)* {2}Envoy Gateway, HTTP, kept +[1-9]\d* of/m,
  )
  expect(stdout).toMatch(/half-open.*\n(.*\n)* {2}load balancer, HTTPS, kept +[1-9]\d* of/m)
})

it('half-open: what App1 waits for, and what shortens it', { retry: 2 }, async () => {
  const { stdout } = await quickly('half-open')
  expect(stdout).toMatch(/^is idle {2}nothing {2}nothing in 12 s$/m)
  expect(stdout).toMatch(/^asks {2}`net\.ipv4\.tcp_retries2=3` {2}[\d.]+ s: (no route|timed out)$/m)
  expect(stdout).toMatch(/^asks {2}the address is drained.* {2}nothing in 12 s$/m)
  expect(stdout).toMatch(/UDP socket {2}the address is drained {2}[\d.]+ s: answered by App2's other host$/m)
})

it('install: all proxies are there, of one release and of two', async () => {
  const { stdout } = await quickly('install')
  expect(stdout).toMatch(/^1 {2}.* MiB$/m)
  expect(stdout).toMatch(/^10, 2 releases, `--server-side=false` {2}.* MiB$/m)
})

it('install-argo-cd: all proxies are there, of one Application and of two', async () => {
  const { stdout } = await quickly('install-argo-cd')
  expect(stdout).toMatch(/^1 {2}\d+ s {2}\d+ MiB$/m)
  expect(stdout).toMatch(/^10, 2 Applications, `Validate=false` {2}\d+ s {2}\d+ MiB$/m)
})

it('tools: each answer is of all proxies', async () => {
  const { stdout } = await quickly('tools')
  for (const name of ['check', 'doors', 'diagram', 'report', 'resolve', 'import', 'generate'])
    expect(stdout).toMatch(new RegExp(`^${name}  .*MiB`, 'm'))
})
