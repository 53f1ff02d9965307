import { chmod, cp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { parseDocument } from 'yaml'
import { findHelm } from '../chart/helm.ts'
import { chart } from '../chart/render.ts'
import { temporaryFolder } from '../files.ts'
import { root } from '../root.ts'
import { changesOf } from './changes.ts'
import { type Places, standIns } from './places.ts'

/** The key that signs the chart, as `helm package --sign` takes it. */
export interface Key {
  name: string
  /** A file of secret keys in GnuPG's format before 2.1. */
  keyring: string
  passphraseFile?: string | undefined
}

/**
 * Packs the chart as it is released: with the LICENSE, the changes of its version for Artifact Hub, and the places
 * where it can be found. The same files and date give the same bytes, by Helm 4.1, which keeps files' times; Helm 3
 * writes the hour of packing.
 * @param date of every file in it, in seconds since 1970
 * @param key signs it: beside it lies its provenance then
 * @throws Error with Helm's own words where the key can't sign
 */
export async function packChart(
  to: string,
  { date, places, key }: { date: number; places: Places; key?: Key },
): Promise<void> {
  const folder = await temporaryFolder()
  try {
    await cp(chart, folder, { recursive: true })
    await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'))
    await edit(join(folder, 'Chart.yaml'), (text) => withChanges(inPlaces(text, places)))
    await edit(join(folder, 'README.md'), (text) => inPlaces(text, places))
    await setTimes(folder, date)
    const helm = await findHelm('4.1')
    await execa(helm, ['package', folder, '--destination', to, ...(key ? signing(key) : [])])
  } finally {
    await rm(folder, { recursive: true })
  }
}

// --- utils ---

const signing = ({ name, keyring, passphraseFile }: Key): string[] => [
  '--sign',
  `--key=${name}`,
  `--keyring=${keyring}`,
  ...(passphraseFile ? [`--passphrase-file=${passphraseFile}`] : []),
]

const edit = async (file: string, change: (text: string) => string | Promise<string>) =>
  writeFile(file, await change(await readFile(file, 'utf8')))

const inPlaces = (text: string, { home, registry }: Places) =>
  text.replaceAll(standIns.home, home).replaceAll(standIns.registry, registry)

async function withChanges(chartYaml: string): Promise<string> {
  const document = parseDocument(chartYaml)
  const changelog = await readFile(join(root, 'CHANGELOG.md'), 'utf8')
  const changes = changesOf(changelog, String(document.get('version')))
  document.setIn(['annotations', 'artifacthub.io/changes'], JSON.stringify(changes))
  return document.toString({ lineWidth: 0 })
}

/** What a clone leaves open: rights come of its user's umask, times of the hour. */
async function setTimes(folder: string, date: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile())) {
    await chmod(join(parentPath, name), 0o644)
    await utimes(join(parentPath, name), date, date)
  }
}
