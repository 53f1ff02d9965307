import { readdirSync } from 'node:fs'

/** The presets' declarations: a file each, which says what it can hold, beside its template in the chart. */
export const declarations = new URL('../charts/external-service-proxy/controllers/', import.meta.url)

const declared = readdirSync(declarations).map((file) => file.replace(/\.yaml$/, ''))

/** The presets by name, `none` first. */
export const controllers = ['none', ...declared.filter((name) => name !== 'none').sort()]
