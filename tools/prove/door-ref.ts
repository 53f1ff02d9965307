/** Which of the judge's doors are meant: those that are all of this. */
export interface DoorRef {
  /** The Service's name. */
  service?: string
  ways?: readonly string[]
  protocol?: string
  port?: number
  /** The name of the object that makes the door. */
  object?: string
  /** As the judge writes it: `NAMESPACE/NAME`, with `#SECTION` or `:PORT`. */
  gateway?: string
  /** One of these, empty for any: as the values have it, and as a listener that the judge may know leaves of it. */
  hosts?: readonly string[]
  path?: string
}
