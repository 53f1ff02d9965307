import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { chart } from '../tools/chart/render.ts'

/** Copies the umbrella chart of the examples into a folder, and the chart to where it looks for it; gives its path. */
export async function umbrellaIn(folder: string): Promise<string> {
  const umbrella = join(folder, 'examples', 'umbrella')
  await cp('examples/umbrella', umbrella, { recursive: true })
  await cp(chart, join(folder, 'charts', 'external-service-proxy'), { recursive: true })
  return umbrella
}
