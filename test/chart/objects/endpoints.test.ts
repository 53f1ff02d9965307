import { expect, it } from 'vitest'
import { render } from '../../../tools/chart/render.ts'
import { app, dual } from '../../values.ts'

const endpoints = { kind: 'Endpoints' } as const

it.concurrent("stands in the slice's place, under the Service's name, with both families", async () => {
  const { get, list } = await render(app({ ...dual, endpoints }))
  expect(list('EndpointSlice')).toEqual([])
  expect(get('Endpoints', 'app').subsets).toEqual([
    {
      addresses: [{ ip: '2.3.4.5' }, { ip: 'fd00::5' }],
      ports: [{ name: 'http', protocol: 'TCP', port: 8080 }],
    },
  ])
})

it.concurrent('leaves a drained address out, and is not there when all are', async () => {
  const drained = { ip: '2.3.4.5', ready: false }
  const [one, none] = await Promise.all([
    render(app({ endpoints, addresses: [drained, '2.3.4.6'] })),
    render(app({ endpoints, addresses: [drained] })),
  ])
  expect(one.get('Endpoints', 'app').subsets?.[0]?.addresses).toEqual([{ ip: '2.3.4.6' }])
  expect(none.list('Endpoints')).toEqual([])
})

it.concurrent("says what is spoken on a port, as the Service's own", async () => {
  const ports = { http: { port: 80, targetPort: 8080, appProtocol: 'kubernetes.io/h2c' } }
  const { get } = await render(app({ endpoints, ports }))
  expect(get('Endpoints', 'app').subsets?.[0]?.ports).toMatchObject([{ appProtocol: 'kubernetes.io/h2c' }])
})
