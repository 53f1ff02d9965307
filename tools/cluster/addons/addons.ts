import type { KubernetesObject } from '../../chart/objects.ts'
import { argoCD } from './argo-cd.ts'
import { certManager } from './cert-manager.ts'
import { certManagerControllers } from './cert-manager-controllers.ts'
import { contour } from './contour.ts'
import { envoyGateway } from './envoy-gateway.ts'
import { externalDns } from './external-dns.ts'
import { kubeProxy } from './kube-proxy.ts'
import { metallb } from './metallb.ts'

/** Every add-on that there is. */
export const addOns = [
  kubeProxy,
  metallb,
  contour,
  envoyGateway,
  certManager,
  argoCD,
  certManagerControllers,
  externalDns,
]

export type AddOnName = (typeof addOns)[number]['name']

/** The names of those that some release needs. */
export const usualAddOns: AddOnName[] = addOns.filter(({ isNeededBy }) => isNeededBy).map(({ name }) => name)

/** The names of the add-ons without which these objects of a release would be without effect. */
export const addOnsFor = (objects: readonly KubernetesObject[]): AddOnName[] =>
  addOns.filter((addOn) => addOn.isNeededBy?.(objects)).map(({ name }) => name)
