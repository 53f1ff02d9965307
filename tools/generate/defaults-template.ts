import { dump } from 'js-yaml'
import { limits } from '../../schema/generated/limits.ts'
import { kinds } from '../../schema/kinds.ts'
import { platforms } from '../../schema/platforms.ts'
import { type Definitions, fixedDefaults } from './fields.ts'

/** What stands in lists and maps of a proxy and of the root, and has fixed defaults. */
const listed = ['address', 'backendRef', 'gateway', 'listener', 'parentRef', 'path', 'port', 'route']

/**
 * The named templates from which the chart takes its fixed defaults, so that the schema is their one source.
 * They stand there and not in values.yaml, since Helm would lay nothing from there under a map's entries.
 */
export function defaultsTemplate(definitions: Definitions): string {
  const of = (name: string) => fixedDefaults(definitions[name] ?? {}, definitions)
  const items = Object.fromEntries(listed.map((name) => [name, of(name)]))
  return [
    template('effective.defaults', 'The fixed defaults of a proxy: YAML.', of('proxy')),
    template(
      'effective.itemDefaults',
      'The fixed defaults of what stands in lists and maps: YAML, a definition a key.',
      items,
    ),
  ].join('\n')
}

/** The named templates of the lists that the chart shares with the tools. */
export const listsTemplate = () =>
  [
    template('lib.kinds', 'What is known of each kind of door: YAML (schema/kinds.ts).', kinds),
    template(
      'lib.limits',
      'The most that lists of kinds can hold: YAML (schema/generated/limits.ts).',
      limits,
    ),
    template('lib.platforms', 'What is known of each platform: YAML (schema/platforms.ts).', platforms),
  ].join('\n')

const template = (name: string, comment: string, content: object) =>
  `{{- /*
${comment}
Generated from schema/ by: npm run generate
*/}}
{{- define "external-service-proxy.${name}" -}}
${dump(content, { quoteStyle: 'double', lineWidth: -1, noRefs: true })}{{- end }}
`
