import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'js-yaml'
import type { TestProject } from 'vitest/node'
import { chart } from '../../tools/chart/render.ts'

/** The chart that renders many cases at once, for all files of tests. */
export interface CompanyChart {
  folder: string
  /** What the values of each case are laid over. */
  defaults: Record<string, unknown>
}

declare module 'vitest' {
  export interface ProvidedContext {
    company: CompanyChart
  }
}

/** Makes it of the chart, before any test, and again before tests are run again. */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'company-'))
  const made = async () => project.provide('company', await companyChart(folder))
  await made()
  project.onTestsRerun(made)
  return () => rm(folder, { recursive: true })
}

// --- utils ---

/**
 * A copy of the chart, where proxies.yaml is rendered once a case, with its values and a context of its own, by
 * cases.tpl. The schema judges each case's values, as it does those of a release.
 */
async function companyChart(folder: string): Promise<CompanyChart> {
  await rm(folder, { recursive: true })
  await cp(chart, folder, { recursive: true })
  const templates = join(folder, 'templates')
  const take = async (name: string) => {
    const text = await readFile(join(folder, name), 'utf8')
    await rm(join(folder, name))
    return text
  }
  // Where a problem would end the render, it ends the case.
  const one = (await take('templates/proxies.yaml')).replaceAll(
    /\{\{- include "external-service-proxy\.lib\.refuse" (.+?) \}\}/g,
    '{{- with include "external-service-proxy.lib.refuse.said" $1 }}{{ $_ := set $ "refused" . }}{{ break }}{{ end }}',
  )
  const notes = await take('templates/NOTES.txt')
  const constants = (await take('templates/effective/_constants.tpl')).replace(
    'define "external-service-proxy.effective.constants"',
    'define "company.constants"',
  )
  const forms = (await take('templates/checks/_forms.tpl')).replace(
    'define "external-service-proxy.checks.forms"',
    'define "company.forms"',
  )
  const cases = await readFile(join(import.meta.dirname, 'cases.tpl'), 'utf8')
  await writeFile(
    join(templates, 'cases.yaml'),
    `{{- define "company.one" }}{{ range list . }}${one}{{ end }}{{ end }}
{{- define "company.notes" }}${notes}{{ end }}
${constants}${forms}${cases}`,
  )
  const { $schema, definitions, ...schema } = JSON.parse(await take('values.schema.json'))
  const cased = { properties: { cases: { items: { properties: { values: schema } } } } }
  await writeFile(join(folder, 'values.schema.json'), JSON.stringify({ $schema, definitions, ...cased }))
  return { folder, defaults: load(await take('values.yaml')) as CompanyChart['defaults'] }
}
