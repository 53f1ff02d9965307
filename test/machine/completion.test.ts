/** What shells make of `completion`, each asked itself: run outside of the sandbox, where they can be fetched. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loaded } from '../../tools/commands/commands.ts'
import { problemsWith, shellTools } from '../../tools/programs/tools.ts'
import { ran } from '../tools/commands/ran.ts'

const program = 'external-service-proxy'
const shells = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof shells)[number]

let folder = ''
beforeAll(async () => {
  expect(await problemsWith(shellTools)).toEqual([])
  folder = await mkdtemp(join(tmpdir(), 'completion-'))
  for (const shell of shells) {
    const { stdout } = await ran(['completion', shell])
    await writeFile(join(folder, `completion.${shell}`), `${stdout}\n`)
  }
  await mkdir(join(folder, 'work'))
  for (const name of ['values.yaml', 'a file.yaml']) await writeFile(join(folder, 'work', name), '')
})
afterAll(() => rm(folder, { recursive: true }))

/** How a shell begins, so that Ctrl-T writes the line that is being typed into the file `line`, and a prompt `ready`. */
const beginnings = {
  bash: {
    command: 'bash --norc --noprofile -i',
    reading: () => [`source '${folder}/completion.bash'`],
    lines: (file: string) => [
      `written() { printf %s "$READLINE_LINE" > '${file}'; }`,
      `bind -x '"\\C-t": written'`,
      `PROMPT_COMMAND="echo ready > '${file}'; unset PROMPT_COMMAND"`,
    ],
  },
  zsh: {
    command: 'zsh -d -i',
    reading: () => ['autoload -Uz compinit && compinit -u -D', `source '${folder}/completion.zsh'`],
    lines: (file: string) => [
      `written() { print -rn -- "$BUFFER" > '${file}' }`,
      `zle -N written && bindkey '^T' written`,
      `zle-line-init() { echo ready > '${file}'; zle -D zle-line-init }; zle -N zle-line-init`,
    ],
  },
}

/**
 * What becomes of lines that are typed into a shell, on a terminal, each followed by a tabulator.
 * @param reading how it reads its completion
 */
async function typed(
  shell: keyof typeof beginnings,
  lines: readonly string[],
  reading = beginnings[shell].reading(),
): Promise<string[]> {
  const { command, lines: begin } = beginnings[shell]
  const file = join(folder, 'line')
  await rm(file, { force: true }) // Of the shell before.
  const env = { PS1: '$ ', TERM: 'xterm', INPUTRC: '/dev/null' }
  const terminal = execa('script', ['--quiet', '--command', command, '/dev/null'], {
    cwd: join(folder, 'work'),
    env,
    reject: false,
    stdin: 'pipe',
  })
  const written = async () => {
    for (let tries = 0; tries < 600; tries += 1) {
      const text = await readFile(file, 'utf8').catch(() => '')
      if (text) return text
      await sleep(50)
    }
    throw new Error(`${shell} wrote nothing within 30 s`)
  }
  terminal.stdin.write(`${[...reading, ...begin(file)].join('\n')}\n`)
  const results: string[] = []
  await written()
  for (const line of lines) {
    await rm(file)
    terminal.stdin.write(`${line}\t\u0014`)
    results.push((await written()).trimEnd())
    terminal.stdin.write('\u0015') // Ctrl-U takes the line away.
  }
  terminal.stdin.end('exit\n')
  await terminal
  return results
}

const rows: [begun: string, whole: string][] = [
  ['do', 'doors'],
  ['--h', '--help'],
  ['check --fo', 'check --format'],
  ['check --format sa', 'check --format sarif'],
  ['check --format=sa', 'check --format=sarif'],
  ['check val', 'check values.yaml'],
  ['check --format json val', 'check --format json values.yaml'],
  ['check a', 'check a\\ file.yaml'],
  ['completion f', 'completion fish'],
  ['diagram --direction d', 'diagram --direction down'],
  ['doors --format mark', 'doors --format markdown'],
  ['import -o val', 'import -o values.yaml'],
  ['prove --helm-version 4', 'prove --helm-version 4.1'],
  ['report --output val', 'report --output values.yaml'],
  ['resolve values.yaml --family ipv6 --pr', 'resolve values.yaml --family ipv6 --probe'],
  ['resolve --probe h', 'resolve --probe http'],
]

describe.each(['bash', 'zsh'] as const)('%s completes what is typed', (shell) => {
  it('commands, options, their values and files', async () => {
    const whole = await typed(
      shell,
      rows.map(([begun]) => `${program} ${begun}`),
    )
    // An option with a value may get its equals sign at once.
    const found = whole.map((line) => line.replace(/=$/, ''))
    expect(found).toEqual(rows.map(([, line]) => `${program} ${line}`))
  })
})

/** What fish offers for the last word of a line. */
async function offered(line: string): Promise<string[]> {
  const script = `source '${folder}/completion.fish'; complete --do-complete "$LINE"`
  const { stdout } = await execa('fish', ['--no-config', '--command', script], {
    cwd: join(folder, 'work'),
    env: { LINE: line, HOME: folder },
  })
  return stdout.split('\n').map((offer) => offer.split('\t')[0] ?? '')
}

describe('fish offers', () => {
  it.each(rows)('for %s: %s', async (begun, whole) => {
    const last = whole.replaceAll('\\ ', '\u0000').split(' ').at(-1) ?? ''
    expect(await offered(`${program} ${begun}`)).toEqual([last.replaceAll('\u0000', ' ')])
  })

  it('every command, with what it does', async () => {
    const commands = await loaded()
    expect(await offered(`${program} `)).toEqual(commands.map(({ name }) => name).sort())
  })
})

it('zsh takes it as a file of fpath, too, from its first call on', async () => {
  const functions = join(folder, 'functions')
  await mkdir(functions, { recursive: true })
  await writeFile(join(functions, `_${program}`), await readFile(join(folder, 'completion.zsh')))
  const begin = [`fpath=('${functions}' $fpath)`, 'autoload -Uz compinit && compinit -u -D']
  expect(await typed('zsh', [`${program} doo`, `${program} doors --li`], begin)).toEqual([
    `${program} doors`,
    `${program} doors --live`,
  ])
})

describe.each(shells)('%s', (shell: Shell) => {
  it('reads it without a complaint', async () => {
    const { stderr } = await execa(shell, [
      ...(shell === 'zsh' ? ['-d'] : []),
      '-n',
      join(folder, `completion.${shell}`),
    ])
    expect(stderr).toBe('')
  })
})
