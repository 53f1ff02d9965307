import { load } from 'js-yaml'
import type { Problem } from './door.ts'
import { at, fields, list, type Thing, text, type World } from './things.ts'

/**
 * Does the cluster's Argo CD leave EndpointSlices out of every application, as its manifests have it since 3.0? By
 * `resource.exclusions` and `resource.inclusions` of the ConfigMap `argocd-cm` (util/settings/resources_filter.go).
 */
export function argoCDProblems(world: World): Problem[] {
  return world
    .ofKind('ConfigMap', '')
    .filter(({ name }) => name === 'argocd-cm')
    .filter(leavesSlicesOut)
    .map(({ title }) => ({
      code: 'slices-excluded',
      object: title,
      message:
        'its resource.exclusions leave EndpointSlice out: an application of Argo CD is then Synced and Healthy without ' +
        'its slices, and nothing answers. Write resource.exclusions again without that block, and refresh it hard (docs/argo-cd.md)',
    }))
}

// --- utils ---

function leavesSlicesOut({ raw }: Thing): boolean {
  const [exclusions, inclusions] = ['resource.exclusions', 'resource.inclusions'].map((key) =>
    list(yamlOf(text(at(raw, 'data', key)) ?? '')),
  )
  const isNotIncluded = inclusions && inclusions.length > 0 && !inclusions.some(isOfSlices)
  return exclusions?.some(isOfSlices) || isNotIncluded || false
}

/** Does a rule mean EndpointSlice? What it leaves out means any; which clusters it is for is not known here. */
function isOfSlices(rule: unknown): boolean {
  const { apiGroups, kinds } = fields(rule)
  return matches(apiGroups, 'discovery.k8s.io') && matches(kinds, 'EndpointSlice')
}

const matches = (globs: unknown, name: string): boolean =>
  list(globs).length === 0 || list(globs).some((glob) => typeof glob === 'string' && globOf(glob).test(name))

const globOf = (glob: string) =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )

function yamlOf(words: string): unknown {
  try {
    return load(words)
  } catch {
    return undefined
  }
}
