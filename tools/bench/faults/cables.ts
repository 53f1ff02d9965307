import { execa } from 'execa'

/**
 * Takes the cable of a machine out at the switch's end, so that the machine keeps its routes, and gives what puts it
 * back.
 * @param device as `eth0` of a machine, or `front`, `back` and `control` of a node
 */
export async function unplug(machine: string, device: string): Promise<() => Promise<void>> {
  const where = device === 'control' ? [] : ['-netns', 'switches']
  const [own] = await links(['-netns', machine], ['dev', device])
  const other = (await links(where)).find(({ ifindex }) => ifindex === own?.link_index)
  if (!other) throw new Error(`no cable ends at ${device} of ${machine}`)
  const set = (state: 'up' | 'down') => execa('ip', [...where, 'link', 'set', other.ifname, state])
  await set('down')
  return async () => void (await set('up'))
}

/** The hardware address of a machine's device. */
export const hardwareAddress = async (machine: string, device: string): Promise<string> =>
  (await links(['-netns', machine], ['dev', device]))[0]?.address ?? ''

// --- utils ---

interface Link {
  ifindex: number
  ifname: string
  /** The number of the link at the other end. */
  link_index?: number
  address?: string
}

async function links(where: readonly string[], which: readonly string[] = []): Promise<Link[]> {
  const { stdout } = await execa('ip', ['-json', ...where, 'link', 'show', ...which])
  return JSON.parse(stdout)
}
