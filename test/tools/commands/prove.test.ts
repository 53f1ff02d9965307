import { readFile } from 'node:fs/promises'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import schema from '../../../tools/prove/prove.schema.json' with { type: 'json' }
import { ran } from './ran.ts'

const example = 'examples/app1-to-app2.yaml'

/** Runs the command as far as it goes without a cluster. */
const prove = (args: string[], input = '') => ran(['prove', ...args], { input })

describe.concurrent('exits with 2 where it can not prove', () => {
  it.each<[string, string[], string]>([
    [
      'refused values',
      [example, '--set', 'proxies.myapp-proxy.sourceRanges={1.2.3.4}'],
      'has no prefix length',
    ],
    ['a wrong option', [example, '--helm-version', '2'], 'Allowed choices are 3.11, 3.17, 4.1'],
    ['an option that is not there', [example, '--no-such'], "unknown option '--no-such'"],
    ['no file', [], 'name a values file'],
    ['a file that is not there', ['no-such.yaml'], 'no-such.yaml: no such file'],
    ['nothing to try', [example, '--set', 'enabled=false'], 'there is nothing to try'],
    ['captures in a file', [example, '--pcap', 'package.json'], '--pcap package.json: it is no folder'],
    ['captures where none can be', [example, '--pcap', '/proc/no/such'], '--pcap /proc/no/such: nothing can'],
    ['a folder', ['examples'], 'examples: it is a folder, and no file'],
    ['nothing to try at all', ['/dev/null'], 'there is nothing to try'],
    ["what Helm can't read", ['-'], 'failed to parse -: '],
    ['a sample of none', [example, '--sample', '0'], 'Write a number from 1 on'],
  ])('%s', async (_, args, words) => {
    const { exitCode, stderr } = await prove(args, '- a')
    expect(stderr).toContain(words)
    expect(exitCode).toBe(2)
  })
})

it('with --json says so as the schema has it, and prints nothing else', async () => {
  const { stdout } = await prove([example, '--set', 'proxies.myapp-proxy.sourceRanges={1.2.3.4}', '--json'])
  const result = JSON.parse(stdout)
  const validate = new Ajv({ strict: true }).compile(schema)
  expect(validate(result), JSON.stringify(validate.errors)).toBe(true)
  expect(result).toMatchObject({
    version: 1,
    verdict: 'not proved',
    why: [expect.stringContaining('1.2.3.4')],
  })
})

describe.concurrent('takes values as Helm’s users type them', () => {
  const only = ['--only', 'no-such']
  it.each<[string, string[]]>([
    ['-f', ['-f', example]],
    ['--values', ['--values', example]],
    ['-', ['-']],
    ['/dev/stdin', ['-f', '/dev/stdin']],
    ['several in one word', ['-f', `${example},${example}`]],
  ])('%s', async (_, args) => {
    const { stderr } = await prove([...args, ...only], await readFile(example, 'utf8'))
    expect(stderr).toBe('no enabled proxy is called no-such, only myapp-proxy')
  })

  it('--set-string and --set-json', async () => {
    const args = ['--set-string', 'namePrefix=1', '--set-json', 'proxies.b={"externalName":"a.example.com"}']
    expect((await prove([example, ...args, ...only])).stderr).toContain('namePrefix')
    expect((await prove([example, ...args.slice(2), ...only])).stderr).toContain('only b, myapp-proxy')
  })
})
