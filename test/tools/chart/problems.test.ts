import { describe, expect, it } from 'vitest'
import { parseProblems } from '../../../tools/chart/problems.ts'

describe('problems are read', () => {
  it("from the chart's checks", () => {
    const stderr = `Error: execution error at (external-service-proxy/templates/proxies.yaml:6:4):
2 problems in the values:
- proxies.a.ports.http.port: not written: write one [port-required]
- namePrefix: too long [name-length]

Use --debug flag to render out invalid YAML`
    expect(parseProblems(stderr)).toEqual([
      { path: 'proxies.a.ports.http.port', message: 'not written: write one', code: 'port-required' },
      { path: 'namePrefix', message: 'too long', code: 'name-length' },
    ])
  })

  const head =
    "Error: values don't meet the specifications of the schema(s) in the following chart(s):\nexternal-service-proxy:\n"

  it("from Helm 3's schema library, without the lines that say nothing", () => {
    const stderr = `${head}- (root): Additional property bar is not allowed
- proxies.a.addresses.0: Must validate at least one schema (anyOf)
- proxies.a.addresses.0: Must validate "else" as "if" was not valid
- proxies.a.addresses.0: Does not match format 'ipv4'
`
    expect(parseProblems(stderr)).toEqual([
      { path: '(root)', message: 'Additional property bar is not allowed', code: 'schema' },
      { path: 'proxies.a.addresses[0]', message: "Does not match format 'ipv4'", code: 'schema' },
    ])
  })

  it("from Helm 4's, whose outer lines only hold the inner", () => {
    const stderr = `${head}- at '/proxies/a/addresses/0': 'anyOf' failed
  - at '/proxies/a/addresses/0': '1.2.3.400' is not valid ipv4: decimal must be between 0 and 255
- at '': additional properties 'bar' not allowed
`
    expect(parseProblems(stderr)).toEqual([
      {
        path: 'proxies.a.addresses[0]',
        message: "'1.2.3.400' is not valid ipv4: decimal must be between 0 and 255",
        code: 'schema',
      },
      { path: '(root)', message: "additional properties 'bar' not allowed", code: 'schema' },
    ])
  })

  it('from nothing else', () => {
    expect(parseProblems('Error: open values.yaml: no such file or directory')).toEqual([])
  })
})
