import { execa } from 'execa'
import { expect, it } from 'vitest'
import { cluster } from './cluster.ts'

it('a second cluster starts and stops beside the first, and leaves nothing in its sandbox', async () => {
  const tsx = [process.execPath, '--import', 'tsx']
  const { stdout } = await execa(process.execPath, [
    '--import',
    'tsx',
    'test/e2e/fixtures/sandbox.ts',
    ...tsx,
    'test/e2e/fixtures/start-and-stop.ts',
  ])
  expect(JSON.parse(stdout)).toEqual({
    version: 'v1.37.2',
    namespaces: [],
    links: ['lo'],
    programs: ['esbuild', 'node'], // What runs this fixture.
  })
  expect(await cluster.kubectl(['get', '--raw=/readyz'])).toBe('ok')
})
