import { expect, it, onTestFinished } from 'vitest'
import { helmVersions } from '../../tools/chart/helm.ts'
import { render } from '../../tools/chart/render.ts'
import { applyInParts } from '../../tools/prove/install.ts'
import { chart, cluster, objectsIn, whenEmpty } from './cluster.ts'

const proxy = {
  addresses: ['2.3.4.5'],
  ports: { http: { port: 80, targetPort: 8080 } },
  sourceRanges: ['1.2.3.4/32'],
}
const values = { proxies: { a: proxy, b: proxy, c: proxy } }

it.each(helmVersions)('Helm %s takes what was applied in parts for its own', async (version) => {
  onTestFinished(async () => void (await cluster.helm(['uninstall', 'prove', '--wait'], { version })))
  await whenEmpty()
  const { objects } = await render(values, { release: 'prove' })
  const said: string[] = []
  await applyInParts(cluster, objects, (text) => said.push(text), 5)
  expect(said).toHaveLength(6)
  const before = await objectsIn()
  await cluster.helm(['install', 'prove', chart, '--values', '-'], { version, input: JSON.stringify(values) })
  expect(await objectsIn()).toEqual(before)
  expect(before.filter((name) => name.startsWith('service/'))).toHaveLength(3)
})
