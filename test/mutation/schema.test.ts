import { expect, it } from 'vitest'
import { values } from '../../schema/index.ts'
import type { Schema } from '../../schema/schema.ts'
import { noted } from '../figures.ts'
import { fields } from '../schema/fields.ts'
import { judgeOf, misjudged, partOf } from '../schema/judged.ts'

/** The words of JSON Schema by which the schema refuses anything. */
const words = [
  'additionalProperties',
  'anyOf',
  'else',
  'enum',
  'format',
  'if',
  'items',
  'maximum',
  'maxItems',
  'maxLength',
  'maxProperties',
  'minimum',
  'minItems',
  'minLength',
  'pattern',
  'propertyNames',
  'required',
  'then',
  'type',
  'uniqueItems',
] as const

/** What no value can show, since what stands beside it refuses the same; each with the reason why it is there. */
const unseen: [RegExp, string][] = [
  [
    / (if|then|else) type$/,
    "the text around it is of that type: ajv's strict mode asks for it beside a pattern",
  ],
  [/ propertyNames type$/, 'keys are texts: the same'],
  [
    / (then|else) maxLength$/,
    'the pattern takes no longer ones: it says the bound to who reads, and to the generator',
  ],
  [/ format$/, "the pattern is stricter: it is the editors' word for it"],
  [
    /ip.* else pattern$|addresses items.* else pattern$/,
    'the format ipv4 refuses the same; Helm reads neither',
  ],
  [/^proxy\.addresses items anyOf type$/, 'what else says is of that type, too'],
  [/^service\.ipFamilies maxItems$/, 'of two words no three differ'],
]

/** Every constraint within a part of the schema, with what takes it out and puts it back; of `required`, one for each name. */
function* constraintsIn(part: Schema, place: string): Generator<[place: string, without: () => () => void]> {
  const holder = part as Record<string, unknown>
  for (const word of words) {
    const was = holder[word]
    if (was === undefined || (word === 'additionalProperties' && was !== false)) continue
    // Words that are listed are of their type.
    if (word === 'type' && part.enum) continue
    const lists = word === 'required' ? (part.required ?? []) : [undefined]
    for (const name of lists)
      yield [
        [place, word, name].filter(Boolean).join(' '),
        () => {
          if (name) holder[word] = lists.filter((one) => one !== name)
          else delete holder[word]
          return () => Object.assign(holder, { [word]: was })
        },
      ]
  }
  for (const word of ['items', 'propertyNames', 'additionalProperties', 'if', 'then', 'else'] as const) {
    const inner = part[word]
    if (typeof inner === 'object') yield* constraintsIn(inner, `${place} ${word}`)
  }
  for (const one of part.anyOf ?? []) yield* constraintsIn(one, `${place} anyOf`)
}

it('each constraint of the schema, taken out, is missed by what is written of its field', {
  timeout: 600_000,
}, async () => {
  // Not structuredClone, which would keep what several fields share in one piece.
  const copy: typeof values = JSON.parse(JSON.stringify(values))
  const survivors: string[] = []
  let taken = 0
  for (const [name, field] of Object.entries(fields)) {
    const part = partOf(copy, name)
    for (const [place, without] of constraintsIn(part, name)) {
      const restore = without()
      taken++
      if (misjudged(judgeOf(copy), name, field).next().done) survivors.push(place)
      restore()
    }
  }
  const unexplained = survivors.filter((place) => !unseen.some(([where]) => where.test(place)))
  await noted(
    'schema',
    `${taken} constraints, ${survivors.length} of which what stands beside them says again`,
  )
  expect(unexplained).toEqual([])
  expect(unseen.filter(([where]) => !survivors.some((place) => where.test(place)))).toEqual([])
})
