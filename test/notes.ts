import { execa } from 'execa'
import { findHelm } from '../tools/chart/helm.ts'
import { chart } from '../tools/chart/render.ts'
import { notes as inCompany } from './company/company.ts'

/** What `helm install` would say, from Helm 4: it alone needs no cluster for that. */
export const notes = (values: object): Promise<string> => inCompany(values, () => notesAlone(values))

/** The same of a run of Helm for these values alone. */
export async function notesAlone(values: object): Promise<string> {
  const args = ['install', 'release', chart, '--dry-run=client', '--values=-']
  const { stdout } = await execa(await findHelm('4.1'), args, { input: JSON.stringify(values) })
  return stdout.slice(stdout.indexOf('NOTES:\n') + 'NOTES:\n'.length)
}
