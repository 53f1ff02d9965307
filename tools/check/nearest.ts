import { distance } from 'fastest-levenshtein'

/** The name that is the most like what was written; none where none is like it. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[-_.]/g, '')
  const [best] = names
    .map((name) => ({ name, far: distance(plain(written), plain(name)) }))
    .sort((one, other) => one.far - other.far)
  // Two letters that changed places are two steps.
  const most = written.length < 4 ? 1 : Math.max(2, Math.floor(written.length / 3))
  return best && best.far <= most ? best.name : undefined
}
