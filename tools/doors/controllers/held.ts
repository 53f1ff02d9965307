import { families, intersection, isAnyone, isNobody, whoOf } from '../cidr.ts'
import { open, type Sure, type Verdict } from '../door.ts'
import type { Thing, World } from '../things.ts'

/** What a controller is to the judge. */
export interface Controller {
  title: string
  /** Under which condition the address that it judges is the client's own. */
  clientAddress: string
  sure: Sure
  /** The beginnings of the annotations and labels that it reads. */
  prefixes: readonly string[]
  /** Those of their keys, without the prefix, that change neither who gets in nor where they get. `*` ends a beginning. */
  harmless: readonly string[]
}

/**
 * A verdict that a controller's list gives.
 * @param ranges the list
 * @param by what holds it, by kind and name
 * @param things what the controller reads: an annotation or label of its own there that is not known to be harmless
 * opens the door, since it may undo the list
 */
export function heldByList(
  controller: Controller,
  ranges: readonly string[],
  by: string,
  things: readonly Thing[],
  { options }: World,
): Verdict {
  const { who, unreadable } = whoOf(ranges)
  if (unreadable.length > 0)
    return open('assumed', `${unreadable.join(', ')} of ${by} can't be read as a range`)
  const twice = things.find((thing) => thing.twice)
  if (twice) return open('assumed', `${twice.title} is there twice, and either may be installed`)
  const unknown = things.flatMap((thing) =>
    unknownKeys(controller, thing).map((key) => `${key} of ${thing.title}`),
  )
  if (unknown.length > 0) return open('assumed', `${controller.title} may heed ${unknown.join(', ')}`)
  const inside = intersection(who, whoOf(options.nodes ?? []).who)
  if (!isNobody(inside) && !families.every((family) => isAnyone(who, family))) {
    const nodes = families.flatMap((family) => inside[family]).join(', ')
    return open(
      'seen',
      `${nodes} of the nodes are in the ranges: whoever comes by ${controller.title}'s own ClusterIP or node port looks like a node`,
    )
  }
  const conditions = [
    `${controller.title} sees the client's own address: ${controller.clientAddress}`,
    ...(options.nodes
      ? []
      : [
          `no node's address is in the ranges: whoever comes by ${controller.title}'s own ClusterIP or node port looks like a node`,
        ]),
  ]
  return { who, heldBy: [by], conditions, reasons: [], sure: controller.sure }
}

// --- utils ---

function unknownKeys({ prefixes, harmless }: Controller, { annotations, labels }: Thing): string[] {
  const keys = [...Object.keys(annotations), ...Object.keys(labels)]
  return keys.filter((key) => {
    const prefix = prefixes.find((one) => key.startsWith(one))
    if (prefix === undefined) return false
    const own = key.slice(prefix.length)
    return !harmless.some((one) => (one.endsWith('*') ? own.startsWith(one.slice(0, -1)) : own === one))
  })
}
