import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { refusals } from '../../refusals.ts'
import { app } from '../../values.ts'

/** The extra objects of values that have nothing else. */
const made = async (extraObjects: object, more: object = {}) =>
  (await render({ ...more, extraObjects })).objects as unknown as Record<string, unknown>[]

describe.concurrent('an extra object', () => {
  it('is as its manifest, with the labels of all', async () => {
    const [object, ...others] = await made({
      ca: {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'app2-ca', labels: { team: 'edge' }, annotations: { 'example.com/owner': 'edge' } },
        data: { 'ca.crt': 'one' },
        immutable: true,
      },
    })
    expect(others).toEqual([])
    expect(object).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'app2-ca',
        labels: { team: 'edge', 'app.kubernetes.io/component': 'ca' },
        annotations: { 'example.com/owner': 'edge' },
      },
      data: { 'ca.crt': 'one' },
      immutable: true,
    })
  })

  it('is called by its key, with the prefix of all, unless it says another name', async () => {
    const ca = { apiVersion: 'v1', kind: 'Secret' }
    const objects = await made({ ca, other: { ...ca, metadata: { name: 'own' } } }, { namePrefix: 'edge-' })
    expect(objects).toMatchObject([{ metadata: { name: 'edge-ca' } }, { metadata: { name: 'own' } }])
  })

  it('is not read where its fields are not what they should be: the API server says so', async () => {
    const wrong = { apiVersion: 'v1', kind: 'ConfigMap', data: 'none' }
    expect(await refusals({ ...app(), extraObjects: { wrong } })).toEqual([])
  })

  it('may have no fields of its own', async () => {
    expect(await made({ none: { apiVersion: 'v1', kind: 'Secret' } })).toHaveLength(1)
  })
})

describe.concurrent('the gate', () => {
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'app' } }

  it('lets no two objects have one identity', async () => {
    const values = { ...app(), harmlessKinds: ['Service'], extraObjects: { mine: service } }
    expect(await refusals(values)).toEqual([
      expect.stringMatching(/^extraObjects\.mine: .*\[object-twice\]$/),
    ])
  })

  it('takes names for the same that differ in signs alone, as Traefik does of its own', async () => {
    const two = (apiVersion: string, kind: string) => ({
      harmlessKinds: ['traefik.io/Middleware'],
      extraObjects: {
        one: { apiVersion, kind, metadata: { name: 'a-b' } },
        two: { apiVersion, kind, metadata: { name: 'a.b' } },
      },
    })
    const [ofTraefik, ofOthers] = await Promise.all([
      refusals(two('traefik.io/v1alpha1', 'Middleware')),
      refusals(two('v1', 'ConfigMap')),
    ])
    expect(ofTraefik).toEqual([expect.stringMatching(/^extraObjects\.two: .*\[object-twice\]$/)])
    expect(ofOthers).toEqual([])
  })

  it('judges its annotations and labels', async () => {
    const metadata = {
      annotations: { 'helm.sh/hook': 'pre-install' },
      labels: { 'example.net/expose': 'true' },
    }
    const values = { ...app(), extraObjects: { mine: { apiVersion: 'v1', kind: 'Secret', metadata } } }
    expect(await refusals(values)).toEqual([
      expect.stringMatching(
        /^extraObjects\.mine\.metadata\.annotations: helm\.sh\/hook .*\[annotation-not-harmless\]$/,
      ),
      expect.stringMatching(
        /^extraObjects\.mine\.metadata\.labels: example\.net\/expose .*\[label-not-harmless\]$/,
      ),
    ])
  })
})
