import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { ran } from './ran.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'live-'))
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => {
  vi.unstubAllEnvs()
})

const values = () => join(folder, 'values.yaml')
const commands: string[][] = [
  ['doors', '--live'],
  ['import', '--from-cluster', '-o', ''],
]
const asked = ([...words]: string[]) => ran(words.map((word) => word || values()))

/** Has a script stand for kubectl, which answers as one does that may read so much. */
async function kubectl(lines: string) {
  const file = join(folder, 'kubectl')
  await writeFile(file, `#!/bin/sh\n${lines}\n`)
  await chmod(file, 0o755)
  vi.stubEnv('KUBECTL', file)
}

const service = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'app', namespace: 'default' },
  spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
})
const resources = `echo services; echo httproutes.gateway.networking.k8s.io; echo endpoints`
const none = `echo '{"items": []}'`
const services = `echo '{"items": [${service}]}'`

describe.each(commands)('%s', (...words) => {
  it('where there is no such kubectl says so', async () => {
    vi.stubEnv('KUBECTL', '/nowhere/kubectl')
    expect(await asked(words)).toEqual({
      stdout: '',
      stderr: 'KUBECTL=/nowhere/kubectl: no program is there: name one by its path',
      exitCode: 2,
    })
  })

  it('where a kind may not be read says which, and exits with 2', async () => {
    const forbidden = `echo 'Error from server (Forbidden): httproutes is forbidden' >&2; exit 1`
    await kubectl(`case "$*" in
      api-resources*) ${resources} ;;
      'get services'*) ${services} ;;
      'get httproutes'*) ${forbidden} ;;
      *) ${none} ;;
    esac`)
    const { stdout, stderr, exitCode } = await asked(words)
    expect(`${stdout}\n${stderr}`.replaceAll(/[\s│]+/g, ' ')).toMatch(
      /httproutes\.gateway\.networking\.k8s\.io.*Forbidden/,
    )
    expect(exitCode).toBe(2)
    expect(await readdir(folder)).not.toContain('values.yaml')
  })

  it('where a group of metrics is away goes on, and of another says so', async () => {
    const away = (group: string) => `case "$*" in
      api-resources*) ${resources}
        echo 'error: unable to retrieve the complete list of server APIs: ${group}/v1beta1: the server is currently unable to handle the request' >&2
        exit 1 ;;
      'get services'*) ${services} ;;
      *) ${none} ;;
    esac`
    await kubectl(away('metrics.k8s.io'))
    expect((await asked(words)).exitCode).toBe(0)
    await kubectl(away('projectcontour.io'))
    const { stdout, stderr, exitCode } = await asked(words)
    expect(`${stdout}${stderr}`).toContain('projectcontour.io')
    expect(exitCode).toBe(2)
  })
})

describe("kubectl's own words are said, by its own hand,", () => {
  const server = createServer((_, response) => response.writeHead(401).end())
  beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)))
  afterAll(() => {
    server.close()
  })
  /** A file of contexts, of which one has a server at that port. */
  const configured = async (port: number, current = 'here') => {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': current,
      clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}` } }],
      contexts: [{ name: 'here', context: { cluster: 'c', user: '' } }],
    }
    await writeFile(join(folder, 'config'), JSON.stringify(config))
    vi.stubEnv('KUBECONFIG', join(folder, 'config'))
  }
  beforeEach(() => vi.stubEnv('HOME', folder))

  it.each(commands)('%s', async (...words) => {
    await configured(1)
    const refused = await asked(words)
    expect(refused).toMatchObject({ stdout: '', exitCode: 2 })
    expect(refused.stderr).toMatch(/^no cluster answers kubectl, by its current context: .*refused.*\nSee /)
    await configured((server.address() as AddressInfo).port)
    // It asks for a name and a password, which nobody is there to type.
    expect(await asked(words)).toMatchObject({ stdout: '', exitCode: 2 })
    await configured(1, 'elsewhere')
    expect((await asked(words)).stderr).toContain('context was not found for specified context: elsewhere')
  })
})

it('import --from-cluster takes no file beside it', async () => {
  expect(await ran(['import', '--from-cluster', 'service.yaml'])).toMatchObject({
    stderr: '--from-cluster reads no file: leave it out, or the files',
    exitCode: 2,
  })
})
