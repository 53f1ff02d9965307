import { applyManifests } from '../control-plane/manifests.ts'
import { addOn } from './addon.ts'

/** cert-manager's Certificate, as a kind alone: objects of it are taken, and nothing issues a certificate. */
export const certManager = addOn({
  name: 'cert-manager',
  programs: ['cert-manager'],
  isNeededBy: (objects) => objects.some(({ kind }) => kind === 'Certificate'),
  start: ({ folders, controlPlane }) => applyManifests(controlPlane.kubectl, folders['cert-manager']),
})
