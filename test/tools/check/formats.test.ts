import { stripVTControlCharacters } from 'node:util'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import schema from '../../../tools/check/check.schema.json' with { type: 'json' }
import { check } from '../../../tools/check/check.ts'
import { formats } from '../../../tools/check/formats.ts'

const file = (name: string, content: string) => ({ name, bytes: Buffer.from(content) })
const wrong = await check([file('my values.yaml', 'platform: azur\nproxies:\n  a,b: {}\n')], {
  set: ['namePrefix=X'],
})
const yaml = await check([file('a.yaml', `platform: aws\n\tx: ${'y'.repeat(300)}\n`)])

describe('text', () => {
  it('shows each line with a caret', () => {
    const lines = stripVTControlCharacters(formats.text(wrong)).split('\n')
    expect(lines.slice(0, 3)).toEqual([
      'my values.yaml:1:11: platform: "azur" is not allowed: did you mean azure? Allowed: generic, aws, azure, gcp, digitalocean, hetzner, oci, openstack, cilium [schema]',
      '  1 | platform: azur',
      '    |           ^^^^',
    ])
    expect(lines).toContain(
      '--set namePrefix=X:1:12: namePrefix: X is not lower case letters, digits and -, beginning with a letter: write some, as edge- [value-form]',
    )
    expect(lines.at(-1)).toBe('3 problems')
  })

  it('keeps tabs before the caret, and cuts a long line', () => {
    const [, line = '', carets] = stripVTControlCharacters(formats.text(yaml)).split('\n')
    expect(line.length).toBeLessThan(130)
    expect(carets).toBe('    | ^')
  })

  it('says that nothing is wrong', () => {
    expect(stripVTControlCharacters(formats.text([]))).toBe('nothing is wrong')
  })
})

describe('json', () => {
  it.each([wrong, yaml, []])('is as its schema says', (...problems) => {
    const validate = new Ajv({ strictTypes: true }).compile(schema)
    expect(validate(JSON.parse(formats.json(problems))), JSON.stringify(validate.errors)).toBe(true)
  })

  it('says where and what', () => {
    expect(JSON.parse(formats.json(wrong)).problems[0]).toEqual({
      file: 'my values.yaml',
      line: 1,
      column: 11,
      endLine: 1,
      endColumn: 15,
      path: 'platform',
      message: expect.stringContaining('did you mean azure?'),
      code: 'schema',
      allowed: expect.arrayContaining(['aws', 'azure']),
      nearest: 'azure',
    })
  })
})

it('sarif has a result and a rule for each, and addresses that are URIs', () => {
  const { runs, version } = JSON.parse(formats.sarif(wrong))
  expect(version).toBe('2.1.0')
  expect(runs[0].tool.driver.rules).toEqual(
    ['schema', 'value-form'].map((id) => ({ id, shortDescription: { text: id } })),
  )
  const places = runs[0].results.map(({ locations }: { locations: { physicalLocation: object }[] }) =>
    locations.map(({ physicalLocation }) => physicalLocation),
  )
  const artifactLocation = { uri: 'my%20values.yaml' }
  expect(places).toEqual([
    [{ artifactLocation, region: { startLine: 1, startColumn: 11, endLine: 1, endColumn: 15 } }],
    [{ artifactLocation, region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 6 } }],
    [],
  ])
})

it('github has a command for each, in one line', () => {
  const [first, second, third] = formats.github(wrong).split('\n')
  expect(first).toMatch(
    /^::error file=my values\.yaml,line=1,endLine=1,col=11,endColumn=15,title=schema::platform: /,
  )
  expect(second).toContain('::proxies.a,b: a,b is not a name of lower case letters')
  expect(third).toMatch(/^::error title=value-form::--set namePrefix=X: /)
  expect(formats.github([])).toBe('')
})
