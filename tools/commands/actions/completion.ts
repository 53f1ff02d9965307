import type { Command } from 'commander'
import { print } from '../../caller.ts'
import { loaded } from '../commands.ts'

/** What a shell is told of a command. */
interface Completed {
  name: string
  says: string
  /** What its argument may be, where it is no file. */
  words: readonly string[]
  options: CompletedOption[]
}

interface CompletedOption {
  /** The ways in which it is written: `-o` and `--output`. */
  flags: string[]
  says: string
  /** What stands for its value in the help; undefined where it has none. */
  value: string | undefined
  choices: readonly string[]
}

/** What each shell reads. */
export const shells = { bash, zsh, fish }

export async function act(shell: keyof typeof shells): Promise<number> {
  await print(shells[shell]((await loaded()).map(completed)))
  return 0
}

// --- utils ---

const program = 'external-service-proxy'

/** What may stand in the place of a command. */
const general = [
  { name: '--help', says: 'what there is' },
  { name: '--version', says: 'which this is' },
]

const completed = ({ name, says, command }: { name: string; says: string; command: Command }): Completed => ({
  name,
  says,
  words: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
  options: command
    .createHelp()
    .visibleOptions(command)
    .map(({ short, long, description, flags, argChoices = [] }) => ({
      flags: [short, long].flatMap((flag) => flag ?? []),
      says: description,
      value: /[<[]([^>\]]+)/.exec(flags)?.[1],
      choices: argChoices,
    })),
})

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

const flagsOf = ({ options }: Completed) => options.flatMap(({ flags }) => flags)

/** What has a value of a list: the command, the words before that value (an option's, or the command), and the list. */
const choicesOf = (all: readonly Completed[]): [string, readonly string[], readonly string[]][] =>
  all.flatMap(({ name, words, options }) =>
    [{ flags: [name], choices: words }, ...options].flatMap(
      ({ flags, choices }): [string, readonly string[], readonly string[]][] =>
        choices.length > 0 ? [[name, flags, choices]] : [],
    ),
  )

/** For the bash of macOS, too, which is of 2007 (3.2). An equals sign is a word of its own there. */
function bash(all: readonly Completed[]): string {
  const names = [...all, ...general].map(({ name }) => name).join(' ')
  const cases = all.map((one) => `    ${one.name}) words=${quoted(flagsOf(one).join(' '))} ;;`)
  const choices = choicesOf(all).map(
    ([name, before, values]) =>
      `    ${before.map((word) => quoted(`${name} ${word}`)).join('|')}) words=${quoted(values.join(' '))} ;;`,
  )
  return `# bash completion for ${program}
_external_service_proxy() {
  local words='' current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted(names)} -- "$current"))
    return
  fi
  if [ "$current" = = ]; then
    current=''
  elif [ "$before" = = ]; then
    before="\${COMP_WORDS[COMP_CWORD - 2]}"
  fi
  case "$current" in
    -*) case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    esac ;;
  esac
  case "\${COMP_WORDS[1]} $before" in
${choices.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _external_service_proxy ${program}`
}

/** To be sourced, or to be a file of `fpath`, which then is the function at its first call. */
function zsh(all: readonly Completed[]): string {
  const plain = (text: string) => text.replaceAll(/[[\]:\\]/g, '\\$&')
  const names = [...all, ...general].map(({ name, says }) => `    ${quoted(`${name}:${plain(says)}`)}`)
  const cases = all.map(({ name, words, options }) => {
    const specs = options.flatMap(({ flags, says, value, choices }) =>
      flags.map((flag) => {
        const values = choices.length > 0 ? `(${choices.join(' ')})` : '_files'
        const sign = value !== undefined && flag.startsWith('--') ? '=' : ''
        return quoted(
          `*${flag}${sign}[${plain(says)}]${value === undefined ? '' : `:${plain(value)}:${values}`}`,
        )
      }),
    )
    const argument = words.length > 0 ? `1:value:(${words.join(' ')})` : '*:file:_files'
    return `    ${name}) _arguments ${[...specs, quoted(argument)].join(' ')} ;;`
  })
  return `#compdef ${program}
_${program}() {
  local -a commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local name=$words[2]
  words=("\${words[@]:1}")
  (( CURRENT-- ))
  case $name in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _${program} ]; then
  _${program} "$@"
else
  compdef _${program} ${program}
fi`
}

function fish(all: readonly Completed[]): string {
  const lines = all.flatMap(({ name, says, words, options }) => {
    const within = `complete -c ${program} -n ${escaped(`__fish_seen_subcommand_from ${name}`)}`
    return [
      `complete -c ${program} -f -n __fish_use_subcommand -a ${name} -d ${escaped(says)}`,
      ...words.map((word) => `${within} -f -a ${word}`),
      ...options.map(({ flags, says: text, value, choices }) => {
        const names = flags.map((flag) =>
          flag.startsWith('--') ? ` -l ${flag.slice(2)}` : ` -s ${flag.slice(1)}`,
        )
        const values =
          choices.length > 0 ? ` -x -a ${escaped(choices.join(' '))}` : value === undefined ? '' : ' -r'
        return `${within}${names.join('')} -d ${escaped(text)}${values}`
      }),
    ]
  })
  const first = general.map(
    ({ name, says }) =>
      `complete -c ${program} -n __fish_use_subcommand -l ${name.slice(2)} -d ${escaped(says)}`,
  )
  return [`# fish completion for ${program}`, ...first, ...lines].join('\n')
}

const escaped = (text: string) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`
