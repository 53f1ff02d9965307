import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chart } from '../../tools/chart/render.ts'
import { goOptions, modulesFolder } from '../../tools/programs/go.ts'
import { root } from '../../tools/root.ts'
import { seed } from '../fast-check.ts'
import { noted } from '../figures.ts'
import { equal } from './templates/equal.ts'

/** How many pieces are changed; before a release, all: 10000. */
const goal = Number(process.env.MUTATION_SAMPLES ?? 600)

const patience = ['--testTimeout=900000', '--hookTimeout=900000']

/** A piece of a template, as templates/main.go writes it. */
interface Piece {
  file: string
  line: number
  text: string
  /** How many of the cases execute it. */
  executed: number
  /** What it was changed to, in words; null where it is not of the sample. */
  tried: string[] | null
  /** Those changes after which every case gives what it gave before. */
  unseen: string[] | null
}

let folder: string
let pieces: Piece[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'templates-'))
  const [program, cases] = await Promise.all([built(), recorded()])
  console.log(`seed ${seed}: GENERATED_SEED=${seed} changes the same pieces again`)
  const { stdout } = await execa(program, [chart, `${seed}`, `${goal}`], {
    input: JSON.stringify(cases),
    maxBuffer: 1e9,
    // How far it is, and what it found.
    stderr: ['pipe', 'inherit'],
  })
  pieces = JSON.parse(stdout)
}, 3_600_000)
afterAll(() => rm(folder, { recursive: true }))

const placeOf = ({ file, line, text }: Piece) => `${file.replace('templates/', '')}:${line} ${text}`
const pieceOf = ({ file, text }: Piece) => `${file.replace('templates/', '')} ${text}`

/** What none of these cases executes, as `FILE PIECE`, each with the reason. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^lib\/_notes\.tpl - an open connection of an address/, 'only an upgrade says it, which needs a cluster'],
  [
    /^lib\/_(alias\.tpl |problem\.tpl .*lib\.alias\.line)/,
    'another chart has ours in it: test/chart/lib/problem.test.ts',
  ],
]

it('each piece of the templates is executed by a test', async () => {
  const unexecuted = pieces.filter(({ executed }) => executed === 0)
  await noted('lines', `${pieces.length - unexecuted.length} of ${pieces.length} are executed`)
  expect(pieces.length).toBeGreaterThan(1000)
  expect(
    unexecuted.filter((one) => !elsewhere.some(([those]) => those.test(pieceOf(one)))).map(placeOf),
  ).toEqual([])
})

const changeOf = (piece: Piece, change: string) => `${pieceOf(piece)}: ${change}`

it('each change of a piece (taken out, turned round, a text emptied) shows in what a case gives, or it is said why it can not', async () => {
  const tried = pieces.filter((one) => one.tried)
  const changes = tried.flatMap((one) => one.tried ?? [])
  const unseen = tried.flatMap((one) =>
    (one.unseen ?? []).map((change) => ({
      where: `${placeOf(one)}: ${change}`,
      reason: equal.find(([those]) => those.test(changeOf(one, change)))?.[1],
    })),
  )
  await noted(
    'changes',
    `${changes.length} changes of ${tried.length} pieces, ${unseen.length} of which no case can show`,
  )
  console.log(unseen.map(({ where, reason }) => `${where}: ${reason ?? 'NO REASON'}`).join('\n'))
  expect(tried.length).toBeGreaterThanOrEqual(Math.min(goal, 600))
  expect(unseen.filter(({ reason }) => !reason).map(({ where }) => where)).toEqual([])
})

// --- utils ---

/** Builds templates/main.go from Helm's newest sources, with a text/template that says what it executes and parses once. */
async function built(): Promise<string> {
  const { stdout: goroot } = await execa('go', ['env', 'GOROOT'])
  const replaced: Record<string, string> = {}
  const replace = async (file: string, asked: string, instead: string) => {
    const original = join(goroot, 'src/text/template', file)
    const text = await readFile(original, 'utf8')
    expect(text).toContain(asked)
    replaced[original] = join(folder, file)
    await writeFile(join(folder, file), text.replace(asked, instead))
  }
  const walk = 'func (s *state) walk(dot reflect.Value, node parse.Node) {'
  await replace(
    'exec.go',
    walk,
    `// Walk, where it is set, is told of each node that is executed.
var Walk func(file string, pos int)

${walk}
	if _, isList := node.(*parse.ListNode); !isList && Walk != nil {
		Walk(s.tmpl.ParseName, int(node.Position()))
	}
`,
  )
  const parsing =
    'trees, err := parse.Parse(t.name, text, t.leftDelim, t.rightDelim, t.parseFuncs, builtins())'
  await replace(
    'template.go',
    parsing,
    `var err error
	trees, isParsed := Parsed[t.name+"\\x00"+text]
	if !isParsed {
		${parsing.replace(':=', '=')}
		if err == nil {
			Parsed[t.name+"\\x00"+text] = trees
		}
	}`,
  )
  await appendFile(
    join(folder, 'template.go'),
    '\n// Parsed has the trees of each text, by its name and itself.\nvar Parsed = map[string]map[string]*parse.Tree{}\n',
  )
  const overlay = join(folder, 'overlay.json')
  await writeFile(overlay, JSON.stringify({ Replace: replaced }))
  const program = join(folder, 'nodes')
  const source = join(import.meta.dirname, 'templates', 'main.go')
  await execa('go', ['build', '-overlay', overlay, '-gcflags', goOptions.compiler, '-o', program, source], {
    cwd: join(modulesFolder, 'helm-4'),
    env: goOptions.environment,
  })
  return program
}

/** What the chart's own tests ask Helm to render: they run once, and each process writes it down. */
async function recorded() {
  const record = join(folder, 'record.jsonl')
  const recorder = join(import.meta.dirname, 'templates', 'record.mjs')
  // What was rendered before would not be asked for again.
  await rm(join(root, '.cache', 'render'), { recursive: true, force: true })
  await execa(
    process.execPath,
    // Each case has a Helm of its own here, which a busy machine may let wait.
    ['node_modules/.bin/vitest', 'run', '--project=chart-and-tools', ...patience, 'test/chart', 'test/docs'],
    {
      cwd: root,
      env: { ALONE: '1', HELM_RECORD: record, NODE_OPTIONS: `--import ${recorder}` },
    },
  )
  const lines = (await readFile(record, 'utf8')).split('\n').filter(Boolean)
  const cases = lines.flatMap((line) => caseOf(JSON.parse(line)))
  // What several Helms are asked is one case here.
  return [...new Map(cases.map((one) => [JSON.stringify(one), one])).values()]
}

/** A call of Helm as a case for templates/main.go; none where it is not of the chart itself, or of `--set`. */
function caseOf({ args, values }: { args: string[]; values: string[] }) {
  const [command, , folder, ...options] = args
  if (folder !== chart || options.some((one) => one.startsWith('--set'))) return []
  const namespace = options[options.indexOf('--namespace') + 1]
  const kubeVersion = options.find((one) => one.startsWith('--kube-version='))?.split('=')[1]
  return [
    {
      values,
      namespace: options.includes('--namespace') ? namespace : 'default',
      kubeVersion: kubeVersion ?? '1.37.0',
      isUpgrade: command === 'upgrade',
      hasNotes: command !== 'template',
    },
  ]
}
