import { execa } from 'execa'
import { expect, it } from 'vitest'

const unknown = ['--import', 'tsx', 'tools/cli.ts', 'doors', 'no-such.yaml']
const said = async (env: Record<string, string>) => {
  const options = { env: { NO_COLOR: '', FORCE_COLOR: '', ...env }, reject: false } as const
  return (await execa(process.execPath, unknown, options)).stderr
}
const color = String.fromCharCode(27)

it('a pipe gets no colours, not even where CI is set, unless they are asked for', async () => {
  expect(await said({ CI: 'true' })).not.toContain(color)
  expect(await said({ FORCE_COLOR: '1' })).toContain(color)
  expect(await said({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain(color)
})
