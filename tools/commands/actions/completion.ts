import type { Command } from 'commander'
import { print } from '../../caller.ts'
import { loaded } from '../commands.ts'

/** What a shell is told of a command. */
interface Completed {
  name: string
  says: string
  /** What its argument may be, where it is no file. */
  words: readonly string[]
  options: { flag: string; says: string; choices: string[] }[]
}

/** What each shell reads. */
export const shells = { bash, zsh, fish }

export async function act(shell: keyof typeof shells): Promise<number> {
  await print(shells[shell]((await loaded()).map(completed)))
  return 0
}

// --- utils ---

const program = 'external-service-proxy'

const completed = ({
  name,
  says,
  command: { options, registeredArguments },
}: {
  name: string
  says: string
  command: Command
}): Completed => ({
  name,
  says,
  words: registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
  options: options
    .filter(({ hidden }) => !hidden)
    .map(({ long, description, argChoices }) => ({
      flag: long ?? '',
      says: description,
      choices: [...(argChoices ?? [])],
    })),
})

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

function bash(all: readonly Completed[]): string {
  const cases = all.map(
    ({ name, options }) => `    ${name}) words=${quoted(options.map(({ flag }) => flag).join(' '))} ;;`,
  )
  const choices = choicesOf(all).map(
    ([name, before, values]) => `    ${quoted(`${name} ${before}`)}) words=${quoted(values.join(' '))} ;;`,
  )
  return `# bash completion for ${program}
_external_service_proxy() {
  local words='' current="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted(all.map(({ name }) => name).join(' '))} -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]}" in
${choices.join('\n')}
    *) [[ $current == -* ]] || { compopt -o default; return; } ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _external_service_proxy ${program}`
}

/** What has a value of a list: the command, the word before that value (an option, or the command itself), and the list. */
const choicesOf = (all: readonly Completed[]): [string, string, readonly string[]][] =>
  all.flatMap(({ name, words, options }) =>
    [{ flag: name, choices: words }, ...options].flatMap(
      ({ flag, choices }): [string, string, readonly string[]][] =>
        choices.length > 0 ? [[name, flag, choices]] : [],
    ),
  )

function zsh(all: readonly Completed[]): string {
  const plain = (text: string) => text.replaceAll(/[[\]:\\]/g, '\\$&')
  const names = all.map(({ name, says }) => `    ${quoted(`${name}:${plain(says)}`)}`)
  const cases = all.map(({ name, words, options }) => {
    const specs = options.map(({ flag, says, choices }) =>
      quoted(`*${flag}[${plain(says)}]${choices.length > 0 ? `:value:(${choices.join(' ')})` : ''}`),
    )
    const argument = words.length > 0 ? `1:value:(${words.join(' ')})` : '*:file:_files'
    return `    ${name}) _arguments ${[...specs, quoted(argument)].join(' ')} ;;`
  })
  return `#compdef ${program}
_external_service_proxy() {
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
compdef _external_service_proxy ${program}`
}

function fish(all: readonly Completed[]): string {
  const lines = all.flatMap(({ name, says, words, options }) => {
    const within = `complete -c ${program} -n ${escaped(`__fish_seen_subcommand_from ${name}`)}`
    return [
      `complete -c ${program} -f -n __fish_use_subcommand -a ${name} -d ${escaped(says)}`,
      ...words.map((word) => `${within} -f -a ${word}`),
      ...options.map(({ flag, says: text, choices }) => {
        const values = choices.length > 0 ? ` -x -a ${escaped(choices.join(' '))}` : ''
        return `${within} -l ${flag.slice(2)} -d ${escaped(text)}${values}`
      }),
    ]
  })
  return [`# fish completion for ${program}`, ...lines].join('\n')
}

const escaped = (text: string) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`
