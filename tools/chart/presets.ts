import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { controllers } from '../../schema/controllers.ts'
import { chart } from './render.ts'

/** The kinds of doors that a controller may serve. */
export const kinds = ['Ingress', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const
export type Kind = (typeof kinds)[number]

/** What values may ask of a door's controller, as the chart's `effective/_doors.tpl` says it. */
export const needs = [
  'sourceRanges',
  'backend.protocol https',
  'backend.protocol h2c',
  'backend.protocol grpc',
  'backend.protocol grpcs',
  'backend.host',
  'backend.tls.caConfigMap',
  'backend.tls.caSecret',
  'backend.tls by system CAs',
  'backend.tls.serverName',
  'backend.tls.insecureSkipVerify',
  'backend.timeouts.connect',
  'backend.timeouts.request',
  'backend.healthCheck',
] as const
export type Need = (typeof needs)[number]

/** What a preset declares of one kind: true for what it can hold, else the reason why not. */
type Answers = { else: string; not?: Record<string, string>; serviceAnnotations?: string } & Partial<
  Record<Need, true | string>
>

/** A preset's own declaration. */
export interface Preset extends Partial<Record<Kind, Answers>> {
  title: string
  version: string
  /** Was it run in the embedded cluster? */
  proved: boolean
  /** Under which condition the address that it sees is the client's own. */
  clientAddress?: string
  /** Why it serves no other kind. */
  else?: string
}

/**
 * The presets' declarations by name, out of their templates.
 * @throws Error where a file has none
 */
export async function presets(): Promise<Record<string, Preset>> {
  const entries = controllers.map(async (name): Promise<[string, Preset]> => {
    const file = join(chart, 'templates', 'controllers', `_${name}.tpl`)
    const text = await readFile(file, 'utf8')
    const begin = `{{- define "external-service-proxy.controllers.${name}.can" -}}`
    const declaration = text.split(begin)[1]?.split('{{- end }}')[0]
    if (!declaration) throw new Error(`${file} declares nothing`)
    return [name, load(declaration) as Preset]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Whether a preset can hold a need behind a kind: true, or the reason why not. */
export const answer = (preset: Preset, kind: Kind, need: Need): true | string =>
  preset[kind]?.[need] ?? preset[kind]?.else ?? preset.else ?? ''
