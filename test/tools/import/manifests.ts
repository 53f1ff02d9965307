import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { imported } from '../../../tools/import/import.ts'

/** What is made of a text. */
export const ofText = (text: string) => imported([{ file: 'in.yaml', text }])

/** The proxies that come of a text, and what is said of it: `LINE what message`. */
export const read = ({ values, findings }: ReturnType<typeof imported>) => ({
  proxies: (load(values) as { proxies: Record<string, Record<string, unknown>> }).proxies,
  said: findings.map(({ line, what, message }) => `${line} ${what} ${message}`),
})

/** What is to be made of hosts or a route: nothing, something closed, or something open that has these fields. */
export function expectMade(found: unknown, made: object | undefined): void {
  if (!made) expect(found).toBeUndefined()
  else expect(found).toMatchObject(made)
  if (made && !('enabled' in made)) expect(found).not.toHaveProperty('enabled')
}

/** Specifies what comes of texts: the fields of proxy `app`, and words that are said. */
export const becomes = (what: string, rows: [string, string, object, string][]) =>
  describe.concurrent(what, () => {
    it.each(rows)('%s', (_, text, proxy, words) => {
      const { proxies, said } = read(ofText(text))
      expect(proxies.app).toMatchObject(proxy)
      expect(said.join('\n')).toContain(words)
    })
  })

// --- Manifests as people write them ---

export const service = (spec: string, metadata = 'name: app') =>
  `apiVersion: v1\nkind: Service\nmetadata: {${metadata}}\nspec: {${spec}}\n`
export const endpoints = (subsets: string) =>
  `---\napiVersion: v1\nkind: Endpoints\nmetadata: {name: app}\nsubsets: [{${subsets}}]\n`
export const two = 'addresses: [{ip: 2.3.4.5}], ports: [{port: 8080}]'
export const clusterIP = service('ports: [{port: 80}]') + endpoints(two)

export const ingress = (annotations: string, path = 'path: /', backend = 'app') =>
  `---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: app, annotations: {${annotations}}}\nspec: {ingressClassName: nginx, rules: [{host: a.example, http: {paths: [{${path}, backend: {service: {name: ${backend}, port: {number: 80}}}}]}}]}\n`
export const routeOf = (kind: string, metadata: string, spec: string) =>
  `---\napiVersion: gateway.networking.k8s.io/v1\nkind: ${kind}\nmetadata: {${metadata}}\nspec: {${spec}}\n`
export const httpProxy = (virtualHost: string, routes: string) =>
  `---\napiVersion: projectcontour.io/v1\nkind: HTTPProxy\nmetadata: {name: app}\nspec: {virtualhost: {fqdn: a.example, ${virtualHost}}, routes: [${routes}]}\n`
export const toApp = 'services: [{name: app, port: 80}]'
export const list = (...cidrs: string[]) =>
  `ipAllowPolicy: [${cidrs.map((cidr) => `{source: Peer, cidr: ${cidr}}`).join(', ')}]`
export const nginx = (name: string, value: string) => `nginx.ingress.kubernetes.io/${name}: "${value}"`
export const balancer = (ranges: string) =>
  service(`type: LoadBalancer, loadBalancerSourceRanges: [${ranges}], ports: [{port: 80}]`) + endpoints(two)

export const route = (rules: string, more = '') =>
  routeOf(
    'HTTPRoute',
    'name: web',
    `parentRefs: [{name: edge}], hostnames: [a.example], rules: [${rules}]${more}`,
  )
export const pods = `---\n${service('selector: {a: b}, ports: [{port: 80}]', 'name: pods')}`
export const toApp80 = 'backendRefs: [{name: app, port: 80}]'
export const admin = 'matches: [{path: {type: PathPrefix, value: /admin}}]'
export const secondIngress = (more: string, to = 'app') =>
  ingress(more, 'path: /admin', to).replace('metadata: {name: app,', 'metadata: {name: app-admin,')
