import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidOpenTextDocumentNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node'

const modeline = '# yaml-language-server: $schema=../charts/external-service-proxy/values.full.schema.json\n'
const program = 'node_modules/yaml-language-server/bin/yaml-language-server'
const server = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
let connection: ProtocolConnection
const waiting = new Map<string, (diagnostics: Diagnostic[]) => void>()

beforeAll(async () => {
  connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  )
  // Nothing is asked of a store of schemas elsewhere.
  const yaml = { validate: true, hover: true, completion: true, schemaStore: { enable: false, url: '' } }
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => (section === 'yaml' ? yaml : {})),
  )
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    waiting.get(uri)?.(diagnostics)
  })
  connection.listen()
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(process.cwd()).href,
    capabilities: {
      workspace: { configuration: true },
      textDocument: { hover: { contentFormat: ['markdown'] }, publishDiagnostics: {} },
    },
  })
  await connection.sendNotification(InitializedNotification.type, {})
})
afterAll(() => {
  connection.dispose()
  server.kill()
})

let count = 0
/** Opens a file of the folder `examples` in the editor. Gives its address, and what the editor marks in it. */
async function opened(text: string): Promise<{ uri: string; diagnostics: Diagnostic[] }> {
  const uri = pathToFileURL(join(process.cwd(), 'examples', `open-${++count}.yaml`)).href
  const diagnostics = new Promise<Diagnostic[]>((done) => waiting.set(uri, done))
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  })
  return { uri, diagnostics: await diagnostics }
}

describe('the yaml-language-server marks', () => {
  const example = readdirSync('examples').filter((name) => name.endsWith('.yaml'))
  it.each(example)('nothing in examples/%s', async (name) => {
    const text = await readFile(join('examples', name), 'utf8')
    expect(text.startsWith(modeline)).toBe(true)
    expect((await opened(text)).diagnostics).toEqual([])
  })

  it.each([
    ['addresses: [2.3.4.5k]', 'not an IP address: write one, as 2.3.4.5'],
    ['sourceRanges: [1.2.3.4/33]', 'not a network of IPv4: write an address and 0 to 32, as 1.2.3.4/32'],
    [
      'ingress: {hosts: [My_Host]}',
      'not a DNS name in lower case: write one, as app2.example.com or *.example.com',
    ],
    ['adresses: []', 'Property adresses is not allowed.'],
    [
      'service: {type: Loadbalancer}',
      'Value is not accepted. Valid values: "LoadBalancer", "ClusterIP", "NodePort", "ExternalName", null.',
    ],
  ])('%s with words', async (field, words) => {
    const { diagnostics } = await opened(`${modeline}proxies:\n  app:\n    ${field}\n`)
    expect(diagnostics.map(({ message }) => message)).toEqual([words])
    expect(diagnostics[0]?.range.start.line).toBe(3)
  })
})

it('completes the fields of a proxy', async () => {
  const { uri } = await opened(`${modeline}proxies:\n  app:\n    \n`)
  const list = await connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri },
    position: { line: 3, character: 4 },
  })
  const items = Array.isArray(list) ? list : (list?.items ?? [])
  const labels = items.map(({ label }) => label)
  expect(labels).toEqual(expect.arrayContaining(['addresses', 'ports', 'sourceRanges', 'ingress', 'routes']))
})

it('says at a field what it is for', async () => {
  const { uri } = await opened(`${modeline}proxies:\n  app:\n    sourceRanges: []\n`)
  const hover = await connection.sendRequest(HoverRequest.type, {
    textDocument: { uri },
    position: { line: 3, character: 6 },
  })
  expect(JSON.stringify(hover?.contents)).toContain('the networks that may come in')
})
