import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { processes } from '../../tools/cluster/sandbox/processes.ts'
import { stateFolder } from '../../tools/cluster/sandbox/sandbox.ts'

it('when a component dies, whoever waits is told which one and its last words', async () => {
  const group = processes()
  group.start('doomed', ['sh', '-c', 'echo out of luck; exit 3'])
  const waiting = group.until('never', async () => undefined)
  await expect(waiting).rejects.toThrow(/doomed has ended.*out of luck/s)
})

it('when a probe never ends, the time and the end of a component are told all the same', async () => {
  const group = processes()
  const never = () => new Promise<undefined>(() => {})
  await expect(group.until('an answer', never, { seconds: 1 })).rejects.toThrow('not within 1 s')
  group.start('doomed', ['sh', '-c', 'sleep 0.2; exit 3'])
  await expect(group.until('an answer', never)).rejects.toThrow('doomed has ended')
})

it('when something does not come in time, the last failure and the log are told', async () => {
  const group = processes()
  group.start('slow', ['sh', '-c', 'echo still thinking; sleep 1000'])
  await group.until('it speaks', async () => {
    const log = await readFile(join(stateFolder, 'slow.log'), 'utf8')
    return log.includes('still thinking') || undefined
  })
  const probe = async () => {
    throw new Error('not yet')
  }
  const waiting = group.until('an answer', probe, { seconds: 1, of: ['slow'] })
  await expect(waiting).rejects.toThrow(/an answer: not within 1 s\. not yet.*still thinking/s)
  await group.stop()
})

it('one that is crashed on purpose is no failure, and can be started again', async () => {
  const group = processes()
  group.start('mortal', ['sleep', '1000'])
  const start = await group.crash('mortal')
  await expect(group.until('an answer', async () => true)).resolves.toBe(true)
  await expect(group.crash('mortal')).rejects.toThrow('mortal does not run')
  start()
  await group.crash('mortal')
  await group.stop()
})
