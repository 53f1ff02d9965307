/**
 * What values may ask of a door's controller, in the words of the presets' declarations: a path in the values and,
 * after a space, what stands there. The chart finds those of a door in templates/effective/_doors.tpl.
 */
export const needs = [
  'sourceRanges',
  'backend.protocol https',
  'backend.protocol h2c',
  'backend.protocol grpc',
  'backend.protocol grpcs',
  'backend.host',
  'backend.tls.caConfigMap',
  'backend.tls.caSecret',
  'backend.tls by system CAs',
  'backend.tls.serverName',
  'backend.tls.insecureSkipVerify',
  'backend.timeouts.connect',
  'backend.timeouts.request',
  'backend.healthCheck',
] as const

export type Need = (typeof needs)[number]
