import { dump } from 'js-yaml'
import { type Definitions, fixedDefaults } from './fields.ts'

/**
 * The named templates from which the chart takes its fixed defaults, so that the schema is their one source.
 * They stand there and not in values.yaml, since Helm would lay nothing from there under a map's entries.
 */
export function defaultsTemplate(definitions: Definitions): string {
  const of = (name: string) => fixedDefaults(definitions[name] ?? {}, definitions)
  const items = { address: of('address'), path: of('path'), port: of('port') }
  return [
    template('defaults', 'The fixed defaults of a proxy: YAML.', of('proxy')),
    template('itemDefaults', 'The fixed defaults of an address, a path and a port: YAML, one a key.', items),
  ].join('\n')
}

const template = (name: string, comment: string, content: object) =>
  `{{- /*
${comment}
Generated from schema/ by: npm run generate
*/}}
{{- define "external-service-proxy.${name}" -}}
${dump(content, { quoteStyle: 'double' })}{{- end }}
`
