import { fc } from '../../fast-check.ts'
import { httpProxies, ingresses } from './hosts.ts'
import { led } from './routes.ts'
import { holderOf, pods, serviceOf } from './services.ts'

export type Manifest = Readonly<Record<string, unknown>>

/** Of names and hosts a ~ stands for what is one sample's own among several. */
const own = '~'

/** A Service and its addresses, another or not, and what leads there from outside. */
const manifests: fc.Arbitrary<Manifest[]> = fc
  .tuple(
    serviceOf('~app'),
    holderOf('~app'),
    fc.option(fc.tuple(serviceOf('~app2'), holderOf('~app2')), { nil: [] }),
    fc.oneof(
      { weight: 3, arbitrary: ingresses },
      { weight: 3, arbitrary: httpProxies },
      { weight: 3, arbitrary: led },
      { weight: 1, arbitrary: fc.tuple(ingresses, httpProxies).map((both) => both.flat()) },
      { weight: 1, arbitrary: fc.tuple(ingresses, led).map((both) => both.flat()) },
      { weight: 1, arbitrary: fc.tuple(httpProxies, led).map((both) => both.flat()) },
    ),
  )
  .map(([one, held, second, others]) => [one, pods, held, ...second, ...others])

/** Several that don't touch each other: starting Helm costs more than what it does with one. */
export const several = fc
  .array(manifests, { minLength: 1, maxLength: 6, size: 'max' })
  .map((samples) => samples.flatMap((sample, index) => renamed(sample, `s${index}`)))

const renamed = (objects: readonly Manifest[], name: string): Manifest[] =>
  JSON.parse(JSON.stringify(objects).replaceAll(own, name))
