import { join } from 'node:path'
import type { Secret } from 'kubernetes-types/core/v1.d.ts'
import { apply, type Kubectl, served } from '../control-plane/kubectl.ts'
import { applyManifests } from '../control-plane/manifests.ts'
import { firstNode } from '../network/nodes.ts'
import type { Processes } from '../sandbox/processes.ts'
import { addOn } from './addon.ts'

/** What of a cluster is asked here. */
interface Asked {
  kubectl: Kubectl
  until: Processes['until']
}

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

/**
 * Makes an authority, and a ClusterIssuer whose certificates are of it; and another, `self`, which signs the authority.
 * @param name of the ClusterIssuer
 * @returns the authority's own certificate, as PEM
 */
export async function createAuthority({ kubectl, until }: Asked, name: string): Promise<string> {
  const manager = { apiVersion: 'cert-manager.io/v1' }
  const root = { name: 'root', namespace }
  await apply(kubectl, [
    { ...manager, kind: 'ClusterIssuer', metadata: { name: 'self' }, spec: { selfSigned: {} } },
    {
      ...manager,
      kind: 'Certificate',
      metadata: root,
      spec: {
        isCA: true,
        commonName: 'an authority',
        secretName: root.name,
        privateKey: { algorithm: 'ECDSA', size: 256 },
        issuerRef: { kind: 'ClusterIssuer', name: 'self' },
      },
    },
    { ...manager, kind: 'ClusterIssuer', metadata: { name }, spec: { ca: { secretName: root.name } } },
  ])
  return until('the authority has its certificate', async () => {
    const query = ['get', 'secret', root.name, `--namespace=${namespace}`, '--output=json']
    const { data = {} }: Secret = JSON.parse(await kubectl(query))
    return Buffer.from(data['tls.crt'] ?? '', 'base64').toString() || undefined
  })
}

/** Waits until cert-manager issues no certificate of the namespace: its Secret is there before it says that it has. */
export const whenIssued = ({ kubectl, until }: Asked): Promise<true> =>
  until('no certificate is being issued', async () => {
    const path = '{.items[*].status.conditions[?(@.type=="Issuing")].status}'
    const said = await kubectl(['get', 'certificates', `--output=jsonpath=${path}`])
    return !said.includes('True') || undefined
  })

/**
 * Has cert-manager renew all certificates of the namespace now, as `cmctl renew` does. None may be being issued: that
 * would be taken for the renewal.
 */
export async function renew(kubectl: Kubectl): Promise<void> {
  const names = (await kubectl(['get', 'certificates', '--output=name'])).split('\n').filter(Boolean)
  const condition = {
    type: 'Issuing',
    status: 'True',
    reason: 'ManuallyTriggered',
    message: 'Certificate re-issuance manually triggered',
    lastTransitionTime: new Date().toISOString().replace(/\.\d+/, ''),
  }
  const patch = JSON.stringify([{ op: 'add', path: '/status/conditions/-', value: condition }])
  for (const name of names)
    await kubectl(['patch', name, '--subresource=status', '--type=json', '--patch', patch])
}
