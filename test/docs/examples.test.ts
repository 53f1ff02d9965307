import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { load, loadAll } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { findHelm, helmVersions } from '../../tools/chart/helm.ts'
import { umbrellaIn } from '../umbrella.ts'

describe.concurrent('the umbrella chart', () => {
  it.for(helmVersions)(
    'brings its proxies by aliases, each while its condition says so, with Helm %s',
    async (version, { onTestFinished }) => {
      const folder = await mkdtemp(join(tmpdir(), 'umbrella-'))
      onTestFinished(() => rm(folder, { recursive: true }))
      const umbrella = await umbrellaIn(folder)
      const helm = await findHelm(version)
      const run = async (...args: string[]) => (await execa(helm, args, { cwd: umbrella })).stdout
      await run('dependency', 'update', '.')
      const kinds = async (...args: string[]) => {
        const objects = loadAll(await run('template', 'test', '.', ...args)) as {
          kind: string
          metadata: { name: string }
        }[]
        return objects.filter(Boolean).map(({ kind, metadata: { name } }) => `${kind} ${name}`)
      }
      const partners = ['Service partner-billing', 'EndpointSlice partner-billing-ipv4']
      const suppliers = ['Service supplier-orders', 'EndpointSlice supplier-orders-ipv4']
      expect(await kinds()).toEqual(partners)
      expect(await kinds('--set', 'suppliers.enabled=true,partners.enabled=false')).toEqual(suppliers)
    },
  )
})

it.concurrent('the ApplicationSet names the chart’s folder, and lets Argo CD apply on the server', async () => {
  const { spec } = load(await readFile('examples/argo-cd/applicationset.yaml', 'utf8')) as {
    spec: { template: { spec: { source: { path: string }; syncPolicy: { syncOptions: string[] } } } }
  }
  expect(spec.template.spec.source.path).toBe('charts/external-service-proxy')
  expect(spec.template.spec.syncPolicy.syncOptions).toContain('ServerSideApply=true')
})
