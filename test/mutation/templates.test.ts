import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chart } from '../../tools/chart/render.ts'
import { goOptions, modulesFolder } from '../../tools/programs/go.ts'
import { root } from '../../tools/root.ts'
import { noted } from '../figures.ts'

/** A node of a template, as templates/main.go writes it. */
interface Node {
  file: string
  line: number
  text: string
  /** How many of the cases execute it. */
  executed: number
}

let folder: string
let nodes: Node[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'templates-'))
  const [program, cases] = await Promise.all([built(), recorded()])
  const { stdout } = await execa(program, [chart], { input: JSON.stringify(cases), maxBuffer: 1e9 })
  nodes = JSON.parse(stdout)
}, 3_600_000)
afterAll(() => rm(folder, { recursive: true }))

const placeOf = ({ file, line, text }: Node) => `${file.replace('templates/', '')}:${line} ${text}`

/** What none of these tests executes, each with the reason. */
const elsewhere: Readonly<Record<string, string>> = {
  '- an open connection of an address taken out of sourceRanges goes on: conntrack -D -s ADDRESS on each node ends it':
    'only an upgrade says it, which needs a cluster',
  '[]': 'a load balancer without sourceRanges is refused; were it not, the field would be null',
}

it('each piece of the templates is executed by a test', async () => {
  const unexecuted = nodes.filter(({ executed }) => executed === 0)
  await noted('lines', `${nodes.length - unexecuted.length} of ${nodes.length} are executed`)
  expect(nodes.length).toBeGreaterThan(1000)
  expect(unexecuted.filter(({ text }) => !elsewhere[text]).map(placeOf)).toEqual([])
})

// --- utils ---

/** Builds templates/main.go from Helm's newest sources, with a text/template that says what it executes. */
async function built(): Promise<string> {
  const { stdout: goroot } = await execa('go', ['env', 'GOROOT'])
  const original = join(goroot, 'src/text/template/exec.go')
  const asked = /(func \(s \*state\) walk\(dot reflect\.Value, node parse\.Node\) \{\n)/
  const text = await readFile(original, 'utf8')
  expect(text).toMatch(asked)
  const changed = text.replace(
    asked,
    `// Walk, where it is set, is told of each node that is executed.
var Walk func(file string, pos int)

$1	if _, isList := node.(*parse.ListNode); !isList && Walk != nil {
		Walk(s.tmpl.ParseName, int(node.Position()))
	}
`,
  )
  const overlay = join(folder, 'overlay.json')
  await writeFile(join(folder, 'exec.go'), changed)
  await writeFile(overlay, JSON.stringify({ Replace: { [original]: join(folder, 'exec.go') } }))
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
    ['node_modules/.bin/vitest', 'run', '--project=node', 'test/chart', 'test/docs'],
    {
      cwd: root,
      env: { HELM_RECORD: record, NODE_OPTIONS: `--import ${recorder}` },
    },
  )
  const lines = new Set((await readFile(record, 'utf8')).split('\n').filter(Boolean))
  return [...lines].flatMap((line) => caseOf(JSON.parse(line)))
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
    },
  ]
}
