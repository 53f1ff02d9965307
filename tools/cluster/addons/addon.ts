import type { KubernetesObject } from '../../chart/objects.ts'
import type { Built, ProgramName } from '../../programs/build.ts'
import type { ControlPlane } from '../control-plane/control-plane.ts'
import type { Kubectl } from '../control-plane/kubectl.ts'
import type { Machines } from '../machines/machines.ts'
import type { Addressing } from '../network/addressing.ts'
import type { Processes } from '../sandbox/processes.ts'

/** What an add-on finds when it starts: a cluster whose API server is ready and knows its nodes. */
export interface Site<Program extends ProgramName = ProgramName> {
  /** Where the add-on's programs and manifests are. */
  folders: Pick<Built, Program>
  processes: Processes
  controlPlane: ControlPlane
  machines: Machines
  addressing: Addressing
}

/** What a cluster can have besides its control plane. */
export interface AddOn<Name extends string = string, Program extends ProgramName = ProgramName> {
  /** As its project writes it. */
  name: Name
  /** All that it runs or applies. */
  programs: readonly Program[]
  /**
   * Would these objects of a release be without effect, or not even be taken, where it is not there? Left out of what
   * no release needs, and only who names it gets.
   */
  isNeededBy?(objects: readonly KubernetesObject[]): boolean
  /** Applies its manifests and starts its programs, beside the other add-ons. */
  start(site: Site<Program>): Promise<void>
  /** Waits until it works, once all add-ons are started. */
  ready?(site: Site<Program>): Promise<void>
  /** Where it serves Ingresses, and objects like them: the addresses that their host names stand for. */
  ingressAddresses?(kubectl: Kubectl): Promise<readonly string[]>
}

/** An add-on's record, in which only the programs that it names can be started. */
export const addOn = <const Name extends string, const Program extends ProgramName>(
  record: AddOn<Name, Program>,
): AddOn<Name, Program> => record
