import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { findHelm } from '../../../tools/chart/helm.ts'
import { render } from '../../../tools/chart/render.ts'
import { app } from '../../values.ts'

afterEach(() => vi.unstubAllEnvs())

describe('a render', () => {
  it('that is killed half-way fails, and is not kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'render-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const once = join(folder, 'once')
    const script = `#!/bin/sh
[ -e '${once}' ] && exec '${await findHelm('4.1')}' "$@"
touch '${once}'
echo 'apiVersion: v1'
kill -KILL $$
`
    const helm = join(folder, 'helm')
    await writeFile(helm, script, { mode: 0o755 })
    vi.stubEnv('HELM', helm)
    vi.stubEnv('ALONE', '1')
    await expect(render(app())).rejects.toThrow('SIGKILL')
    expect((await render(app())).list('Service')).toHaveLength(1)
  })

  it("that fails otherwise than by a refusal says Helm's words", async () => {
    await expect(render(app(), { set: ['a[999999]=1'] })).rejects.toThrow('maximum supported index')
  })
})
