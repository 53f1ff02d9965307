/** A name that a host name stands for: itself, or one of those that its wildcard does. */
export const anyName = (hostName: string) => hostName.replace(/^\*/, 'any')
