import { expect, it } from 'vitest'
import { ran } from './ran.ts'

const refused =
  'proxies: {app: {addresses: [2.3.4.5k], ports: {http: {port: 80}}, sourceRanges: [1.2.3.4/32]}}\n'
const unreadable = 'proxies: {app: [}\n'

const asked = new Map<string, ReturnType<typeof ran>>()
const checkedOnce = (input: string) => {
  const checked = asked.get(input) ?? ran(['check', '-'], { input })
  asked.set(input, checked)
  return checked
}

it.concurrent.each(['doors', 'diagram', 'render'])(
  '%s says of refused values what check says, and exits with 2',
  async (name) => {
    // doors reads its files itself first: they may be manifests.
    for (const input of name === 'doors' ? [refused] : [refused, unreadable]) {
      const [checked, { stdout, stderr, exitCode }] = await Promise.all([
        checkedOnce(input),
        ran([name, '-'], { input }),
      ])
      expect(checked.exitCode).toBe(1)
      expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 })
      expect(stderr.replace('stdin', '-')).toContain(checked.stdout.split('\n\n')[0]?.replace('stdin', '-'))
    }
  },
)

it.each(['check', 'doors', 'prove', 'render'])(
  '%s --help shows no default that says nothing',
  async (name) => {
    const { stdout } = await ran([name, '--help'])
    expect(stdout).toContain('--set')
    expect(stdout).not.toContain('default: []')
  },
)
