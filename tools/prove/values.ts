import type { Proxy as ProxyValues, Values } from '../../schema/generated/values.ts'
import { platforms } from '../../schema/platforms.ts'
import type { HelmVersion } from '../chart/helm.ts'
import { merged } from '../chart/merged.ts'
import { filesArguments, mergedValues, type SetOptions, setArguments } from '../chart/merged-values.ts'

/** What is proved: values files, merged as `helm -f a -f b --set c` merges them, by one Helm. */
export interface Source extends SetOptions {
  /** Paths, from the folder that the command was called in. */
  files: string[]
  helm?: HelmVersion
}

/** Helm's own arguments for a source. */
export const valuesArguments = (source: Source): string[] => [
  ...filesArguments(source.files),
  ...setArguments(source),
]

/** A proxy that a source asks for. */
interface Asked {
  /** The Service's name. */
  name: string
  /** Whose its load balancer is: `generic` where nothing says it. */
  platform: string
  /** With `defaults` under them. */
  values: ProxyValues
  /** Ranges in which the cluster's nodes may lie: where the values say that they do, else those of clients. */
  nodesIn: string[]
}

/**
 * The proxies that a source asks for and that are enabled, by their keys in the values. Helm itself merges the files; what the chart makes of them is not asked, since
 * that is on trial.
 * @throws Error with Helm's words where it can't read the values
 */
export async function valuesOf(source: Source): Promise<Record<string, Asked>> {
  const values = merged<Values>({}, (await mergedValues(source.files, source)) as Values)
  const entries = Object.entries(values.enabled === false ? {} : (values.proxies ?? {}))
    .map(([key, proxy]): [string, Asked] => {
      const own = merged(values.defaults ?? {}, proxy)
      const name = `${values.namePrefix ?? ''}${key}`
      return [key, { name, platform: platformOf(own, values), values: own, nodesIn: nodesIn(own, values) }]
    })
    .filter(([, proxy]) => proxy.values.enabled !== false)
  return Object.fromEntries(entries)
}

// --- utils ---

const nodesIn = ({ sourceRanges = [] }: ProxyValues, { clusterRanges = [] }: Values): string[] => {
  const isSaid = (range: string) => clusterRanges.some((own) => isIPv6Range(own) === isIPv6Range(range))
  return [...clusterRanges, ...sourceRanges.filter((range) => !isSaid(range))]
}
const isIPv6Range = (range: string) => range.includes(':')

/** The contract: whose a load balancer is says its class, where it has one and somebody knows it. */
function platformOf(
  { service = {} }: ProxyValues,
  { platform = 'generic', loadBalancerClasses = {} }: Values,
) {
  const { loadBalancerClass } = service
  if (!loadBalancerClass) return platform
  const [maker] =
    Object.entries(platforms).find(([, { classes }]) => classes?.includes(loadBalancerClass)) ?? []
  return loadBalancerClasses[loadBalancerClass] ?? maker ?? platform
}
