import { readFile } from 'node:fs/promises'
import { load } from 'js-yaml'
import { controllers, declarations } from '../../schema/controllers.ts'
import { doorKind, type Kind } from '../../schema/kinds.ts'
import type { Need } from '../../schema/needs.ts'

/** What a preset declares of one kind: true for what it can hold, else the reason why not. */
type Answers = {
  else: string
  /** What else of a door it refuses, with the reason. */
  not?: Record<string, string>
  /** The kind that it writes in the place of this one. */
  object?: string
  /** How many of a rule's filters hold the list. */
  filters?: number
  /** Named templates of the chart: what the Service must say for it, and what `helm install` says of it. */
  serviceAnnotations?: string
  notes?: string
} & Partial<Record<Need, true | string>>

/** A preset's own declaration. */
export interface Preset extends Partial<Record<Kind, Answers>> {
  title: string
  version: string
  /** Was it run in the embedded cluster? */
  proved: boolean
  /** Since when its makers mend nothing, and what to take instead. */
  ended?: string
  /** Under which condition the address that it sees is the client's own. */
  clientAddress?: string
  /** Does it lay the paths of several Ingresses of one host side by side, each held by its own list? */
  sharesHosts?: boolean
  /** The annotation of an Ingress that it takes for all of a host, and not at all where those who share it differ. */
  hostOption?: string
  /** Why it serves no other kind. */
  else?: string
}

/** The presets' declarations by name, out of the chart's controllers/NAME.yaml. */
export async function presets(): Promise<Record<string, Preset>> {
  const entries = controllers.map(async (name): Promise<[string, Preset]> => {
    const text = await readFile(new URL(`${name}.yaml`, declarations), 'utf8')
    return [name, load(text) as Preset]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Whether a preset can hold a need behind a kind: true, or the reason why not. */
export const answer = (preset: Preset, kind: Kind, need: Need): true | string =>
  preset[kind]?.[need] ?? preset[kind]?.else ?? preset.else ?? ''

/** Whether values can ask for a need behind a kind: `backend` is for what speaks HTTP, by protocols of the kind. */
export function asked(kind: Kind, need: Need): boolean {
  const { http, speaks } = doorKind(kind)
  const protocol = /^backend\.protocol (.+)/.exec(need)?.[1]
  return need === 'sourceRanges' || (http && (!protocol || !speaks || speaks.includes(protocol)))
}
