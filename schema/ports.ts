import { dnsLabel, nodePortNumber, optional, portNumber, qualifiedName } from './formats.ts'
import { ref, type Schema } from './schema.ts'

export const port: Schema = {
  description: 'One port: where App1 knocks, and where App2 listens.',
  type: 'object',
  additionalProperties: false,
  properties: {
    port: { ...portNumber, description: 'Port that App1 connects to. Required.', examples: [80] },
    targetPort: { ...portNumber, description: 'Port that App2 listens on. Default: port.', examples: [8080] },
    nodePort: {
      ...nodePortNumber,
      description:
        "Port of every node, for its firewall, where node ports are allocated; of those that the API server has by default. Default: Kubernetes' choice.",
      examples: [30080],
    },
    protocol: {
      description: 'Transport protocol.',
      type: 'string',
      enum: ['TCP', 'UDP', 'SCTP'],
      default: 'TCP',
      examples: ['UDP'],
    },
    appProtocol: {
      ...optional(qualifiedName),
      description: 'What is spoken on the port, as a hint for controllers.',
      default: '',
      examples: ['http', 'kubernetes.io/h2c'],
    },
  },
}

export const ports: Schema = {
  description: 'Ports by name; each number and protocol once.',
  type: 'object',
  propertyNames: dnsLabel,
  additionalProperties: ref('port'),
  maxProperties: 100,
  default: {},
  examples: [{ http: { port: 80, targetPort: 8080 } }],
}
