/** The cluster's nodes. Two, so that a load balancer's address can be on either. */
export const nodeNames = ['node1', 'node2'] as const
/** Add-ons that run on one node alone run on the first, but Envoy Gateway's Envoys, which have the other. */
export const [firstNode, gatewayNode] = nodeNames
export type NodeName = (typeof nodeNames)[number]

interface Node {
  /** The last part of each of its addresses. */
  suffix: number
  /**
   * The ports from which a machine's request goes to a ClusterIP by this node. (Clusters' own networks are routed
   * by nodes; which one, nobody outside chooses so. It is for trying all of them at once.)
   */
  sourcePorts: { first: number; count: number }
  /** The routing table of the machines outside that has the way by this node. */
  routingTable: number
}

/** What sets each node apart, as data. */
export const nodes: Record<NodeName, Node> = {
  node1: { suffix: 11, sourcePorts: { first: 20000, count: 20000 }, routingTable: 101 },
  node2: { suffix: 12, sourcePorts: { first: 40000, count: 20000 }, routingTable: 102 },
}
