import { pathToFileURL } from 'node:url'
import { colors } from '../colors.ts'
import { type Position, positions } from './lines.ts'
import type { Wrong } from './wrong.ts'

/** Problems as people and programs read them. */
export const formats = {
  text: textOf,
  json: jsonOf,
  sarif: sarifOf,
  github: githubOf,
} satisfies Record<string, (wrong: readonly Wrong[]) => string>

/** What is wrong, without its place. */
export const said = ({ path, message, also = [] }: Wrong) =>
  `${path}: ${message}${also.length > 0 ? ` (and ${also.length} more that take it from here: ${shortened(also)})` : ''}`

// --- utils ---

const version = 1

const withPositions = (wrong: readonly Wrong[]) => {
  const places = positions(wrong)
  return wrong.map((problem, index) => ({ problem, at: places[index] }))
}

const shortened = (paths: readonly string[]) =>
  paths.length > 3 ? `${paths.slice(0, 3).join(', ')}, …` : paths.join(', ')

/** For a terminal: each with its line, and a caret below it. */
function textOf(wrong: readonly Wrong[]): string {
  if (wrong.length === 0) return colors.green('nothing is wrong')
  const blocks = withPositions(wrong).map(({ problem, at }) => {
    const where = at ? `${colors.bold(`${at.file}:${at.line}:${at.column}`)}: ` : ''
    const head = `${where}${colors.red(said(problem))} ${colors.dim(`[${problem.code}]`)}`
    return at ? `${head}\n${excerpt(at)}` : head
  })
  return [...blocks, wrong.length === 1 ? 'a problem' : `${wrong.length} problems`].join('\n\n')
}

/** Of a longer line only what fits on a terminal. */
const widest = 110

function excerpt({ line, column, endLine, endColumn, text }: Position): string {
  const number = String(line)
  const from = column > widest ? column - 20 : 0
  const shown = text.slice(from, from + widest)
  // Tabs stay, so that the caret stands below its character however wide they are.
  const before = text.slice(from, column - 1).replaceAll(/[^\t]/g, ' ')
  const length = (endLine === line ? endColumn : text.length + 1) - column
  const carets = '^'.repeat(Math.max(Math.min(length, shown.length + from - column + 1), 1))
  return [
    `${colors.dim(`  ${number} |`)} ${shown}`,
    `${colors.dim(`  ${' '.repeat(number.length)} |`)} ${before}${colors.red(carets)}`,
  ].join('\n')
}

/** As check.schema.json says. */
function jsonOf(wrong: readonly Wrong[]): string {
  const problems = withPositions(wrong).map(({ problem: { place: _place, ...problem }, at }) => {
    if (!at) return problem
    const { text: _text, isExpression: _is, ...where } = at
    return { ...where, ...problem }
  })
  return JSON.stringify({ version, problems }, null, 2)
}

/** SARIF 2.1.0, which GitHub's code scanning and editors read. */
function sarifOf(wrong: readonly Wrong[]): string {
  const codes = [...new Set(wrong.map(({ code }) => code))].sort()
  const results = withPositions(wrong).map(({ problem, at }) => ({
    ruleId: problem.code,
    ruleIndex: codes.indexOf(problem.code),
    level: 'error',
    message: { text: at?.isExpression ? `${at.file}: ${said(problem)}` : said(problem) },
    locations: at && !at.isExpression ? [{ physicalLocation: physicalLocation(at) }] : [],
  }))
  const driver = {
    name: 'external-service-proxy',
    rules: codes.map((id) => ({ id, shortDescription: { text: id } })),
  }
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results }
  const $schema = 'https://json.schemastore.org/sarif-2.1.0.json'
  return JSON.stringify({ $schema, version: '2.1.0', runs: [run] }, null, 2)
}

const physicalLocation = ({ file, line, column, endLine, endColumn }: Position) => ({
  artifactLocation: { uri: file.startsWith('/') ? pathToFileURL(file).href : encodeURI(file) },
  region: { startLine: line, startColumn: column, endLine, endColumn },
})

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
function githubOf(wrong: readonly Wrong[]): string {
  return withPositions(wrong)
    .map(({ problem, at }) => {
      const title = `title=${property(problem.code)}`
      if (!at) return `::error ${title}::${escaped(said(problem))}`
      if (at.isExpression) return `::error ${title}::${escaped(`${at.file}: ${said(problem)}`)}`
      const where = `file=${property(at.file)},line=${at.line},endLine=${at.endLine}`
      // What ends in another line may not name columns.
      const columns = at.line === at.endLine ? `,col=${at.column},endColumn=${at.endColumn}` : ''
      return `::error ${where}${columns},${title}::${escaped(said(problem))}`
    })
    .join('\n')
}

const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string) => escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
