import { argoCDProblems } from './argo-cd.ts'
import { traefikServicesOf } from './controllers/traefik.ts'
import { type Door, either, type Judged, type Options } from './door.ts'
import { leadsOutside } from './endpoints.ts'
import { httpProxyDoors, httpProxyProblems } from './httpproxy.ts'
import { ingresses, ingressPaths, ingressProblems } from './ingress.ts'
import { ingressRouteDoors } from './ingress-route.ts'
import { shared } from './restraints.ts'
import { routeProblems } from './route-problems.ts'
import { routePaths } from './routes.ts'
import { serviceDoors } from './service.ts'
import { serviceProblems } from './service-problems.ts'
import { worldOf } from './things.ts'
import { unknownDoors } from './unknown.ts'

/**
 * Reads Kubernetes objects and says each way to what is outside of the cluster, and who gets in by it. It knows
 * neither values nor templates, and asks neither a cluster nor the file system. What it does not understand it takes
 * to be open.
 * @param objects as a parser of YAML or JSON gives them; lists are taken apart
 */
export function doorsOf(objects: readonly unknown[], options: Options = {}): Judged {
  const world = worldOf(objects, options)
  const services = world.ofKind('Service', '').filter((service) => leadsOutside(service, world))
  const ofServices = new Map(services.map((service) => [service, serviceDoors(service, world)]))
  const httpProxies = httpProxyDoors(world)
  const ofTraefik = ingressRouteDoors(world)
  const paths = [
    ...ingresses(world).flatMap((ingress) => ingressPaths(ingress, world)),
    ...httpProxies.paths,
    ...ofTraefik.paths,
    ...routePaths(world),
  ]
  // A route or an Ingress leads to a TraefikService past whoever else leads through it.
  const others = paths.flatMap(({ door }) => {
    const [, namespace, name] = /^TraefikService ([^/]+)\/(.+)$/.exec(door?.service ?? '') ?? []
    return namespace && name ? traefikServicesOf(name, namespace, world) : []
  })
  const doors = [
    ...[...ofServices.values()].flat(),
    ...paths.flatMap(({ door }) => door ?? []),
    ...httpProxies.others,
    ...ofTraefik.others,
    ...unknownDoors(world, new Set([...ofTraefik.read].filter((one) => !others.includes(one)))),
  ]
  return {
    doors: merged(doors),
    paths,
    problems: [
      ...world.problems,
      ...services.flatMap((service) => serviceProblems(service, world, ofServices.get(service) ?? [])),
      ...ingressProblems(world),
      ...httpProxyProblems(world),
      ...routeProblems(world),
      ...(options.live ? argoCDProblems(world) : []),
    ],
  }
}

// --- utils ---

/** Two ways by one place are one door, for whoever gets in by either. */
function merged(doors: readonly Door[]): Door[] {
  const byId = new Map<string, Door>()
  for (const one of doors) {
    const before = byId.get(one.id)
    if (!before) byId.set(one.id, one)
    else if (before !== one) {
      const to = [...new Set([...before.to, ...one.to])]
      const restraints = shared(before.restraints, one.restraints)
      byId.set(one.id, { ...before, ...either(before, one), to, restraints })
    }
  }
  return [...byId.values()]
}
