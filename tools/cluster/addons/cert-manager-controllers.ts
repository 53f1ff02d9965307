import { join } from 'node:path'
import { apply, served } from '../control-plane/kubectl.ts'
import { applyManifests } from '../control-plane/manifests.ts'
import { firstNode } from '../network/nodes.ts'
import { addOn } from './addon.ts'

const namespace = 'cert-manager'
const crds = ['clusterissuers', 'issuers', 'certificates'].map((name) => `${name}.cert-manager.io`)

/**
 * What issues certificates: cert-manager's controllers, with its chart's rights, on the first node. No pod runs that
 * would answer an ACME challenge.
 */
export const certManagerControllers = addOn({
  name: 'cert-manager controllers',
  programs: ['cert-manager-controllers'],
  async start({ processes, folders, controlPlane, addressing }) {
    const { kubectl, kubeconfigFor } = controlPlane
    const folder = folders['cert-manager-controllers']
    await apply(kubectl, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }])
    await applyManifests(kubectl, folder)
    await served({ kubectl, until: processes.until }, crds)
    processes.start(
      'cert-manager-controllers',
      [
        join(folder, 'controllers'),
        `--kubeconfig=${await kubeconfigFor('cert-manager', namespace)}`,
        `--cluster-resource-namespace=${namespace}`,
        `--acme-http01-solver-nameservers=${addressing.node(firstNode).front.ipv4}:53`,
      ],
      { machine: firstNode },
    )
  },
})
