import { nodeNames } from '../cluster/network/nodes.ts'
import type { Knock } from './knocks.ts'
import type { Plan } from './plan.ts'

/** At how many addresses a knock is sent. */
const places: Record<Knock['place']['of'], number> = {
  App2: 1,
  'load balancer': 1,
  ClusterIP: nodeNames.length,
  nodes: nodeNames.length,
  'Ingress controller': 1,
  Gateway: 1,
  // ClusterIP, node ports and a pod, from outside, the nodes and a pod.
  controller: 20,
}

/** Measured on two cores that do little else, in seconds: the start and the end, each proxy's objects, each try. */
const costs = { once: 40, proxy: 0.15, try: 0.01 }

/** How many tries a plan makes, and how long that takes, about. */
export function estimateOf({ knocks, objects }: Pick<Plan, 'knocks' | 'objects'>) {
  const tries = knocks.reduce((sum, { place }) => sum + places[place.of], 0)
  const services = objects.filter(({ kind }) => kind === 'Service').length
  const seconds = costs.once + services * costs.proxy + tries * costs.try
  return { tries, seconds: Math.ceil(seconds / 10) * 10 }
}
