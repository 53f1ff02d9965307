import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { imported } from '../../../tools/import/import.ts'
import { clusterIP, endpoints, ingress, nginx, ofText, read, service, two } from './manifests.ts'

const ofFile = async (file: string) => imported([{ file, text: await readFile(file, 'utf8') }])

describe.concurrent('as blogs print it', () => {
  it('with wrong indents and a typing error becomes values, and all of it is named by line', async () => {
    expect(read(await ofFile('examples/by-hand/app1-to-app2.yaml'))).toEqual({
      proxies: {
        'myapp-proxy': {
          addresses: ['2.3.4.5'],
          ports: { http: { port: 80, targetPort: 8080 }, https: { port: 443, targetPort: 8443 } },
          sourceRanges: ['1.2.3.4/32'],
          ingress: { hosts: ['myapp-proxy.somehost.net'], port: 'http' },
        },
      },
      said: [
        '1 left out its ClusterIP, which pods and machines with a route to it could use: where they do, write service.inCluster true',
        '8 corrected 1.2.3.4: written as the network 1.2.3.4/32',
        '10 corrected the port 80 has no name: called http',
        '12 corrected the port 443 has no name: called https',
        '21 corrected 2.3.4.5k is not an IP address: read as 2.3.4.5',
        '26 decide which controller serves the default class is not known: write it in ingress.controller',
        '26 decide the chart calls it myapp-proxy: delete Ingress myapp-ingress once that one serves',
        '26 decide Ingress myapp-ingress was open to anyone; the chart holds it to sourceRanges, as it does its load balancer',
        '29 corrected name stands at the wrong indent: read as metadata.name',
        '31 corrected rules stands at the wrong indent: read as spec.rules',
        '33 corrected http stands at the wrong indent: read as spec.rules.http',
      ],
    })
  })

  it('with an indent that YAML can not read', () => {
    const text =
      'apiVersion: v1\nkind: Service\nmetadata:\n  name: app\nspec:\n  ports:\n    - port: 80\n     targetPort: 8080\n'
    const { proxies, said } = read(ofText(text))
    expect(proxies.app?.ports).toEqual({ http: { port: 80, targetPort: 8080 } })
    expect(said).toContain('8 corrected indented by 5, read as by 6')
  })

  it.each([
    ['of Helm', '3', 'metadata:\n  name: {{ .Release.Name }}-app\n'],
    ['of Jinja', '3', 'subsets:\n{%- for ip in ips %}\n  - addresses: [{ip: 1.2.3.4}]\n{%- endfor %}\n'],
  ])('that is a template %s yet is refused in these words', (_, line, text) => {
    expect(() => ofText(`kind: Service\n${text}`)).toThrow(
      `in.yaml:${line}: this is a template, and no YAML yet: make YAML of it first`,
    )
  })

  it('with what no indent mends is refused, with its line', () => {
    expect(() => ofText('kind: Service\nmetadata: {name: [}\n')).toThrow(/^in\.yaml:2: /)
  })
})

describe.concurrent('what a page prints for a shell', () => {
  const one = service('ports: [{port: 80}]')
  it.each([
    ['kubectl apply -f - <<EOF', 'EOF'],
    ["$ cat <<'YAML' | kubectl apply -f -", 'YAML'],
    ['kubectl create --namespace edge -f - << "END"', 'END'],
  ])('%s', (begin, end) => {
    const { proxies, said } = read(
      ofText(`${begin}\n${one}${end}\n\nkubectl get services\n${begin}\n${endpoints(two)}${end}\n`),
    )
    expect(proxies.app).toMatchObject({ addresses: ['2.3.4.5'], ports: { http: { port: 80 } } })
    expect(said).toContain(`1 left out for a shell: ${begin}`)
    expect(said).toContain('8 left out for a shell: kubectl get services')
    expect(said.join('\n')).toContain('5 corrected the port 80 has no name: called http')
  })

  it('may be as long as it is', () => {
    // More than a function takes arguments.
    const rest = 'kubectl get services\n'.repeat(130_000)
    const { findings } = ofText(`kubectl apply -f - <<EOF\n${one}EOF\n${rest}`)
    expect(findings.length).toBeGreaterThan(130_000)
  })

  it('in a script that an object holds is no object', () => {
    const text =
      'kind: ConfigMap\ndata:\n  run: |\n    kubectl apply -f - <<EOF\n    kind: Service\n    EOF\n'
    expect(ofText(text).proxies).toEqual([])
  })
})

describe.concurrent('a page in Markdown', () => {
  const block = (language: string, text: string) => `\`\`\`${language}\n${text}\`\`\`\n`
  const [one, other] = [service('ports: [{port: 80}]'), endpoints(two)]

  it('has its objects in its blocks of YAML, wherever these stand', () => {
    const inList = block('yml', other).replaceAll(/^(?=.)/gm, '   ')
    const text = `# How: to\n\n${block('yaml title="a"', one)}\n${block('go', 'func a() {\n')}1. Then:\n${inList}`
    const { proxies, said } = read(ofText(text))
    expect(proxies.app).toMatchObject({ addresses: ['2.3.4.5'], ports: { http: { port: 80 } } })
    expect(said).toEqual([
      '1 left out the page around its blocks of code',
      '7 corrected the port 80 has no name: called http',
    ])
  })

  it('that a ConfigMap holds is its text', () => {
    const held = block('yaml', one).replaceAll(/^(?=.)/gm, '    ')
    const text = `${one}${other}---\nkind: ConfigMap\nmetadata: {name: page}\ndata:\n  page: |\n${held}`
    expect(Object.keys(read(ofText(text)).proxies)).toEqual(['app'])
    expect(read(ofText(text)).said.join()).not.toContain('the page around')
  })
})

describe.concurrent('signs that a page makes finer than those of YAML', () => {
  const page = `apiVersion: v1
kind: Service
metadata:
\u00a0\u00a0name:\u00a0app # “it”
\u00a0 annotations: {example.com/who: “us”}
spec:
  type: LoadBalancer
  loadBalancerSourceRanges: [“1.2.3.4/32”, ‘1.2.3.5/32’]
  ports:
  – port: “80”
${endpoints(two)}`

  it('are read as they were meant, each named by line', () => {
    const { proxies, said } = read(ofText(page))
    expect(proxies.app).toMatchObject({
      addresses: ['2.3.4.5'],
      ports: { http: { port: 80 } },
      sourceRanges: ['1.2.3.4/32', '1.2.3.5/32'],
    })
    expect(said).toEqual(
      expect.arrayContaining([
        '4 corrected a space of another kind: read as a plain one',
        '8 corrected “1.2.3.4/32”: read as "1.2.3.4/32"',
        '8 corrected ‘1.2.3.5/32’: read as "1.2.3.5/32"',
        '10 corrected – before an item: read as -',
        '10 corrected “80”: read as "80"',
      ]),
    )
  })

  it('stay in an annotation, whose reader takes such a list for nobody’s', () => {
    const inRanges = ingress(nginx('whitelist-source-range', '“1.2.3.4”').replaceAll('"', ''))
    expect(inRanges).toContain('whitelist-source-range: “1.2.3.4”')
    expect(read(ofText(clusterIP + inRanges)).proxies.app).toMatchObject({ sourceRanges: [] })
  })

  it('are none where a tab stands inside of a value, which stays', () => {
    const text = service('type: LoadBalancer, ports: [{port: 80}]', 'name: app, annotations: {who: "a\tb"}')
    expect(read(ofText(text + endpoints(two))).proxies.app?.service).toMatchObject({
      annotations: { who: 'a\tb' },
    })
  })

  it('stay inside of a value', () => {
    const text = service('ports: [{port: 80, name: http, appProtocol: a – “b”}]') + endpoints(two)
    expect(ofText(text).values).toContain('a – “b”')
  })
})
