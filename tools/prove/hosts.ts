/** A name that a host stands for: itself, or one of those that its wildcard does. */
export const anyHost = (host: string) => host.replace(/^\*/, 'any')
