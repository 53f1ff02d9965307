import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A script in a process of its own, with what tools/files.ts has. */
const run = (script: string, env = {}) => {
  const files = join(dirname(inject('command').program), 'files.js')
  const whole = `import { temporaryFolder, wholeFolder, writeWhole } from ${JSON.stringify(files)}\n${script}`
  return execa(process.execPath, ['--input-type=module', '--eval', whole], { env, reject: false })
}

describe.runIf(process.getuid?.() === 0)('by a user without rights a file', () => {
  // A file is written with rights first, as what that loads none but root may read.
  const asNobody = (file: string) =>
    run(`
      await writeWhole(${JSON.stringify(join(folder, 'first'))}, '')
      process.setgroups([]); process.setgid(65534); process.setuid(65534)
      await writeWhole(${JSON.stringify(file)}, 'new').catch(({ message }) => console.log(message))`)

  it('that none may take the place of is written into', async () => {
    const place = join(folder, 'closed')
    await mkdir(place)
    const file = join(place, 'file')
    await writeFile(file, 'what was there')
    await chmod(file, 0o666)
    await chmod(folder, 0o755)
    await asNobody(file)
    expect(await readFile(file, 'utf8')).toBe('new')
    expect((await stat(file)).uid).toBe(0)
  })

  it('that is there to be read only is left alone', async () => {
    const place = join(folder, 'open')
    await mkdir(place)
    await chmod(place, 0o777)
    await chmod(folder, 0o755)
    const file = join(place, 'file')
    await writeFile(file, 'old')
    expect((await asNobody(file)).stdout).toBe(`${file} can't be written: permission denied`)
    expect([await readFile(file, 'utf8'), await readdir(place)]).toEqual(['old', ['file']])
  })
})

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s takes the temporary folder and half-written files of a process away',
  async (signal) => {
    const kept = join(folder, signal)
    const script = `
    import { mkdir } from 'node:fs/promises'
    process.env.TMPDIR = process.env.FOLDER
    await mkdir(process.env.FOLDER)
    await temporaryFolder()
    await writeWhole(process.env.FOLDER + '/whole', '')
    const never = new Promise(() => {})
    const half = async function* (begun) {
      yield 'half'
      begun()
      await never
    }
    await Promise.all([
      new Promise((begun) => void wholeFolder(process.env.FOLDER + '/whole', () => begun() ?? never)),
      new Promise((begun) => void writeWhole(process.env.FOLDER + '/half', half(begun))),
    ])
    process.stdout.write('begun')
    setInterval(() => {}, 1000)
  `
    const running = run(script, { FOLDER: kept })
    running.stdout.once('data', () => running.kill(signal))
    expect((await running).signal).toBe(signal)
    expect(await readdir(kept)).toEqual(['whole'])
  },
)
