import { describe, expect, it } from 'vitest'
import { render } from '../../../../tools/chart/render.ts'
import { addOns, addOnsFor, usualAddOns } from '../../../../tools/cluster/addons/addons.ts'
import { programsOf } from '../../../../tools/cluster/cluster.ts'
import { app } from '../../../values.ts'

const always = ['kube-proxy', 'MetalLB']

describe.concurrent('the add-ons that objects need', () => {
  it.each([
    ['a Service and its slice', 'examples/two-addresses.yaml', []],
    ["Contour's HTTPProxy", 'examples/contour.yaml', ['Contour']],
    ['an Ingress', 'charts/external-service-proxy/ci/ingress-values.yaml', ['Contour']],
    [
      'a Certificate beside it',
      app({
        ingress: {
          controller: 'contour',
          hosts: ['a.example.com'],
          tls: { issuer: { name: 'letsencrypt' } },
        },
      }),
      ['Contour', 'cert-manager'],
    ],
    ['a route', 'examples/app1-to-app2.yaml', ['Envoy Gateway']],
    ['a Gateway, which is annotated for its certificate', 'examples/tls.yaml', ['Envoy Gateway']],
  ])('%s', async (_, values, more) => {
    const { objects } = await render(typeof values === 'string' ? [values] : values)
    expect(addOnsFor(objects)).toEqual([...always, ...more])
  })
})

it.concurrent('the usual add-ons are those that some release needs', () => {
  expect(usualAddOns).toEqual([...always, 'Contour', 'Envoy Gateway', 'cert-manager'])
})

describe.concurrent('what must be built', () => {
  it('is the control plane, and what the add-ons name', () => {
    expect(programsOf([])).toEqual(['kubernetes', 'etcd'])
    expect(programsOf(['Contour'])).toEqual(['kubernetes', 'etcd', 'contour', 'envoy'])
  })

  it('each once, however many add-ons name it', () => {
    const programs = programsOf(addOns.map(({ name }) => name))
    expect(programs).toHaveLength(new Set(programs).size)
    expect(programs).toContain('envoy')
  })
})
