import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { setTimeout } from 'node:timers/promises'
import { load } from 'js-yaml'
import pLimit from 'p-limit'

/** An object, as far as it must be known to send it. */
export interface Sent {
  apiVersion: string
  kind: string
  metadata: { name?: string; namespace?: string; resourceVersion?: string }
}

/** What the API server says of an object. */
export interface Answer {
  object: Sent
  status: number
  /** The object as it stands there, or why it is refused. */
  body: { message?: string; metadata?: { resourceVersion?: string } }
  warnings: string[]
}

/** An API server, spoken to directly: a process of kubectl for each of ten thousands of objects would take hours. */
export interface ApiServer {
  /** Has it judge an object as if it were created, by every field, and not keep it. */
  dryRun(object: Sent): Promise<Answer>
  /** Applies an object, server-side. */
  apply(object: Sent): Promise<Answer>
}

/** The API server of a kubeconfig as the embedded cluster writes it. */
export async function apiServer(kubeconfig: string): Promise<ApiServer> {
  const { clusters, users } = load(await readFile(kubeconfig, 'utf8')) as Kubeconfig
  const [{ cluster }, { user }] = [clusters[0], users[0]]
  const ca = await readFile(cluster['certificate-authority'])
  const agent = new Agent({ keepAlive: true, maxSockets: connections, ca })
  const ask = asker(cluster.server, { authorization: `Bearer ${user.token}` }, agent)
  const places = new Map<string, Promise<Map<string, string>>>()
  const pathOf = async (object: Sent, patience = 30): Promise<string> => {
    const { apiVersion, kind } = object
    const root = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`
    const known = places.get(root) ?? resourcesOf(root, ask)
    places.set(root, known)
    const resource = (await known).get(kind)
    if (resource) return `${root}/namespaces/${object.metadata.namespace}/${resource}`
    if (patience === 0) throw new Error(`${apiVersion} has no ${kind} there`)
    // What a new CRD brings is served before it is listed.
    places.delete(root)
    await setTimeout(1000)
    return pathOf(object, patience - 1)
  }
  const send = (method: string, type: string) => async (object: Sent, more: string) => {
    const path = `${await pathOf(object)}${more}fieldManager=conformance&fieldValidation=Strict`
    return { object, ...(await ask(method, path, type, object)) }
  }
  const post = send('POST', 'application/json')
  const patch = send('PATCH', 'application/apply-patch+yaml')
  return {
    dryRun: (object) => atOnce(() => post(object, '?dryRun=All&')),
    apply: (object) => atOnce(() => patch(object, `/${object.metadata.name}?force=true&`)),
  }
}

// --- utils ---

/** So many requests at once keep the API server busy. */
const connections = 16
const atOnce = pLimit(connections)

type Kubeconfig = {
  clusters: [{ cluster: { server: string; 'certificate-authority': string } }]
  users: [{ user: { token: string } }]
}

type Ask = (method: string, path: string, type?: string, sent?: object) => Promise<Omit<Answer, 'object'>>

const asker =
  (server: string, headers: Record<string, string>, agent: Agent): Ask =>
  (method, path, type = 'application/json', sent) =>
    new Promise((resolve, reject) => {
      const options = { method, agent, headers: { ...headers, 'content-type': type } }
      const outgoing = request(new URL(path, server), options, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          const body = text.startsWith('{') ? JSON.parse(text) : { message: text } // "404 page not found"
          const warnings = [incoming.headers.warning ?? []].flat()
          resolve({ status: incoming.statusCode ?? 0, body, warnings })
        })
      })
      outgoing.on('error', reject)
      outgoing.end(sent && JSON.stringify(sent))
    })

/** What each kind of a version is called in paths. */
async function resourcesOf(root: string, ask: Ask): Promise<Map<string, string>> {
  const { body } = await ask('GET', root)
  const { resources = [] } = body as { resources?: { name: string; kind: string }[] }
  return new Map(resources.filter(({ name }) => !name.includes('/')).map(({ name, kind }) => [kind, name]))
}
