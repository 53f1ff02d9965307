import { describe, expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'

const subjects = [
  { kind: 'User', name: 'anne' },
  { kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' },
]
/** The objects of access, of which each policy's own is test/e2e/access.test.ts's. */
const made = async (more: object = {}) => {
  const access = { namespace: 'edge', subjects, addresses: ['2.3.4.0/24'], ...more }
  return (await render({ access })).objects as unknown as Made[]
}
interface Made {
  kind: string
  metadata: { name: string; namespace?: string }
  rules?: { apiGroups: string[]; resources: string[]; verbs: string[] }[]
  subjects?: object[]
  spec?: { validations?: { message: string }[]; matchResources?: object }
}
const only = (objects: Made[], kind: string) => objects.filter((object) => object.kind === kind)

describe.concurrent('access', () => {
  it('makes a Role in the namespace, which holds neither Roles nor policies', async () => {
    const [role, ...others] = only(await made({ resources: { core: ['endpoints'] } }), 'Role')
    expect(others).toEqual([])
    expect(role?.metadata.namespace).toBe('edge')
    expect(
      role?.rules?.flatMap(({ apiGroups, resources }) => resources.map((one) => [...apiGroups, one])),
    ).toEqual([
      ['', 'services'],
      ['discovery.k8s.io', 'endpointslices'],
      ['', 'endpoints'],
      ['', 'secrets'],
    ])
  })

  it('gives it to who is named', async () => {
    const [binding] = only(await made(), 'RoleBinding')
    expect(binding?.subjects).toEqual([
      { kind: 'User', name: 'anne', apiGroup: 'rbac.authorization.k8s.io' },
      { kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' },
    ])
  })

  it('binds its policies to the namespace alone, by names that no other release has', async () => {
    const objects = await made()
    const policies = only(objects, 'ValidatingAdmissionPolicy')
    const bindings = only(objects, 'ValidatingAdmissionPolicyBinding')
    expect(bindings.map(({ metadata }) => metadata.name)).toEqual(
      policies.map(({ metadata }) => metadata.name),
    )
    for (const { metadata, spec } of bindings) {
      expect(metadata.name).toMatch(/^[^.]+\.default\.edge\.(endpointslices|endpoints|services)$/)
      expect(metadata.namespace).toBeUndefined()
      const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } }
      expect(spec?.matchResources).toEqual({ namespaceSelector })
    }
  })

  it('lets node ports be where it says so', async () => {
    const messages = async (more: object) =>
      only(await made(more), 'ValidatingAdmissionPolicy').flatMap(({ spec }) =>
        spec?.validations?.map(({ message }) => message),
      )
    const [silent, allowing] = await Promise.all([messages({}), messages({ nodePorts: true })])
    expect(silent).toContainEqual(expect.stringMatching(/^node ports/))
    expect(allowing).not.toContainEqual(expect.stringMatching(/^node ports/))
  })
})
