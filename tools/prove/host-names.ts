/**
 * A name that a host name stands for: itself, or one that its wildcard does.
 * @param others host names with doors of their own, which a wildcard's name must not be
 */
export function anyName(hostName: string, others: readonly string[] = []): string {
  const labels = ['any', ...others.map((_, index) => `any${index + 2}`)]
  const names = labels.map((label) => hostName.replace(/^\*/, label))
  return names.find((name) => name === hostName || !others.includes(name)) ?? hostName
}
