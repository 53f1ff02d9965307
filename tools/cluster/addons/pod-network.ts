import { execa } from 'execa'
import type { Pair } from '../network/addressing.ts'
import { ip } from '../network/ip.ts'

/** The pods' own network on a node, as a CNI plugin makes it. */
export interface PodNetwork {
  /** Gives a pod a network namespace of its name, plugged into the bridge, and gives its addresses. */
  plug(pod: string): Promise<Pair>
  /** Takes the pod's network namespace away. */
  unplug(pod: string): Promise<void>
}

/**
 * Makes the pods' network in the network namespace of this process, their node's: a bridge with the range's first
 * addresses, for whose pods the node forwards, and masquerades what leaves the network.
 */
export async function createPodNetwork(network: Pair): Promise<PodNetwork> {
  let given = 1
  const node = addressesAt(given, network)
  await createBridge(network, node)
  return {
    async plug(pod) {
      const addresses = addressesAt(++given, network)
      const port = `pod${given}`
      await ip([
        `netns add ${pod}`,
        `link add eth0 netns ${pod} type veth peer name ${port}`,
        `link set ${port} master pods up`,
      ])
      await ip(
        [
          'link set lo up',
          'link set eth0 up',
          ...onNetwork(addresses, network).map((address) => `addr add dev eth0 ${address}`),
          ...Object.values(node).map((address) => `route add default via ${address}`),
        ],
        pod,
      )
      return addresses
    },
    unplug: (pod) => ip([`netns delete ${pod}`]),
  }
}

// --- utils ---

/** The addresses at that place of the network. */
const addressesAt = (place: number, { ipv4, ipv6 }: Pair): Pair => ({
  ipv4: ipv4.replace(/0\/.*/, `${place}`),
  ipv6: ipv6.replace(/\/.*/, `${place}`),
})

/** Addresses as `ip` takes them for a link, with their network's length. */
function onNetwork({ ipv4, ipv6 }: Pair, network: Pair): string[] {
  const [of4, of6] = [network.ipv4, network.ipv6].map((range) => range.split('/')[1])
  return [`${ipv4}/${of4}`, `${ipv6}/${of6} nodad`]
}

async function createBridge(network: Pair, node: Pair): Promise<void> {
  const addresses = onNetwork(node, network).map((address) => `addr add dev pods ${address}`)
  await ip(['link add pods type bridge', ...addresses, 'link set pods up'])
  const rules = `
    add rule inet firewall forward iifname pods accept
    add rule inet firewall forward oifname pods ct state established accept
    table inet pods {
      chain postrouting {
        type nat hook postrouting priority srcnat;
        ip saddr ${network.ipv4} ip daddr != ${network.ipv4} masquerade
        ip6 saddr ${network.ipv6} ip6 daddr != ${network.ipv6} masquerade
      }
    }
  `
  await execa('nft', ['-f', '-'], { input: rules })
}
