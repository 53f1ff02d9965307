import { execa } from 'execa'
import { findHelm } from '../tools/chart/helm.ts'
import { chart } from '../tools/chart/render.ts'

/**
 * What `helm install` would say, from Helm 4: it alone needs no cluster for that.
 * @param values values as an object, or the path of a values file
 */
export async function notes(values: object | string): Promise<string> {
  const [file, input] = typeof values === 'string' ? [values, ''] : ['-', JSON.stringify(values)]
  const args = ['install', 'release', chart, '--dry-run=client', '--values', file]
  const { stdout } = await execa(await findHelm('4.1'), args, { input })
  return stdout.slice(stdout.indexOf('NOTES:\n') + 'NOTES:\n'.length)
}
