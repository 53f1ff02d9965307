import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { cached } from '../../../tools/chart/cache.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cache-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('what was made once for a key and a state is given again', async () => {
  const make = vi.fn(async () => ({ text: 'made' }))
  expect(await cached(folder, 'state', 'key', make)).toEqual({ text: 'made' })
  expect(await cached(folder, 'state', 'key', make)).toEqual({ text: 'made' })
  expect(make).toHaveBeenCalledTimes(1)
  await cached(folder, 'other', 'key', make)
  await cached(folder, 'state', 'other', make)
  expect(make).toHaveBeenCalledTimes(3)
})

it('what throws is not kept', async () => {
  const failing = async () => {
    throw new Error('killed')
  }
  await expect(cached(folder, 'state', 'key', failing)).rejects.toThrow('killed')
  expect(await cached(folder, 'state', 'key', async () => 'made')).toBe('made')
})

it('of many states those that were last made stay', async () => {
  const states = Array.from({ length: 10 }, (_, index) => `state-${index}`)
  for (const [second, state] of states.entries()) {
    await cached(folder, state, 'key', async () => state)
    await utimes(join(folder, state), second, second)
  }
  expect((await readdir(folder)).sort()).toEqual(states.slice(2))
})

it('the state that was just made stays, though the others seem to be newer', async () => {
  const states = Array.from({ length: 10 }, (_, index) => `state-${index}`)
  for (const state of states) {
    await cached(folder, state, 'key', async () => state)
    const next = new Date(Date.now() + 60_000)
    await utimes(join(folder, state), next, next)
  }
  await cached(folder, 'last', 'key', async () => 'last')
  expect(await readdir(folder)).toContain('last')
})

it('where nothing can be written it is made all the same', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  for (const place of [file, '/proc/none', '/dev/full/none'])
    expect(await cached(place, 'state', 'key', async () => 'made')).toBe('made')
})

it('what was kept and can not be read, as after a loss of power, is made anew', async () => {
  await cached(folder, 'state', 'key', async () => 'made')
  await writeFile(join(folder, 'state', 'key.json'), '')
  expect(await cached(folder, 'state', 'key', async () => 'made anew')).toBe('made anew')
})
