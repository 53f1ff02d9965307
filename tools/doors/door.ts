import { anyone, families, isAnyone, nobody, union, type Who } from './cidr.ts'
import type { LoadBalancer, Preset } from './servers.ts'

/**
 * How sure a judgement is: `seen` with packets in the embedded cluster (test/e2e), `read` in the source of what
 * holds the door, or `assumed`, where the judge doesn't know what it looks at and takes it to be open.
 */
export type Sure = 'seen' | 'read' | 'assumed'

/** Who gets in somewhere, and why. */
export interface Verdict {
  who: Who
  /** What holds it; empty where nothing does. */
  heldBy: string[]
  /** What must be so for the verdict to be right, and can't be seen in the objects. */
  conditions: string[]
  /** Why more get in than a list says, or than one might think. */
  reasons: string[]
  sure: Sure
}

/** Where a door is. What is not known, as an address that a cloud has yet to give, is left out. */
export interface Where {
  protocol: string
  port?: number
  addresses?: string[]
  /** The port of every node, where it has been given already. */
  nodePort?: number
  host?: string
  path?: string
  /** `NAMESPACE/NAME` of the Gateway or ListenerSet, with a listener's name behind a `#`. */
  gateway?: string
}

/** A way to App2. */
export interface Door extends Verdict {
  /** The same for the same door of two readings. */
  id: string
  /** `load balancer`, `external IP`, `node port`, `ClusterIP`, `headless`, `ExternalName`, or the kind that leads here. */
  way: string
  /** The object that makes it: `KIND NAMESPACE/NAME`. */
  object: string
  /** What it leads through: `NAMESPACE/NAME` of a Service, or another backend with its kind before it. */
  service: string
  where: Where
  /** What it leads to, `ADDRESS:PORT`; empty where it leads nowhere. */
  to: string[]
  /** Who can knock at all, where that is not everyone with a route to the address. */
  from?: string
  /** What may keep somebody out that is let in here, since the judge doesn't read it. */
  restraints: Restraint[]
}

/**
 * What may keep somebody out of a door, and is not read by the judge: a login, a list of those who may not, a limit, a
 * snippet, or whatever else it doesn't know to keep nobody out. It says nothing of who gets in, since the judge takes
 * what it doesn't understand to be open; but where one is gone, the door may be wider than it was.
 */
export interface Restraint {
  /** The same for the same restraint of two readings: the kind of what has it, and its key. */
  id: string
  /** Whose it is: `KIND NAMESPACE/NAME`. */
  object: string
  /** The key of an annotation, or of a label with that word before it, or the path of a field. */
  key: string
  /** A digest of what it says, which may be secret. */
  says: string
  /**
   * Does it keep people out, let them past others, or, as far as is known, either? Or does it say from where the door
   * can be reached, which of a host's paths a request takes, or whom a controller takes for the client, so that another
   * is to be looked at?
   */
  may: 'hold' | 'undo' | 'either' | 'place' | 'choose' | 'judge'
  /** Is it a list that the judge reads, and names a door as held by where it is in force? */
  isList: boolean
  /** Whom a list lets in, of which nobody sees whether it is in force: it keeps out none of these. */
  lets?: Who
}

/**
 * The requests that an object takes at a controller, and the door that they go through: a request is met by the most
 * specific of those that it matches.
 */
export interface Path {
  /** Who is asked: by kinds that have classes the class's controller, by routes their Gateway, or who serves all of its kind. */
  server: string
  kind: string
  /** By which it may share one table of routes with another kind: its Gateway, or the program that serves it. */
  tables: readonly string[]
  /** When Traefik asks it, the highest first; its versions differ. */
  priorities?: readonly number[]
  /** The class of the object, where its kind has one. */
  className: string
  /** What its class says of its controller: classes that say the same may be one program's. */
  program?: string | undefined
  /** Without one it is for every host. */
  host: string | undefined
  path: string
  /** How the path is compared: by segments, by its first characters, as a whole, or as an expression. */
  match: 'segments' | 'start' | 'exact' | 'regex'
  /** What else must be so: a method, a header, a listener. */
  conditions: readonly string[]
  /** Undefined where it leads to no App2. */
  door: Door | undefined
}

/** A judgement with all paths that the objects have, those that lead to no App2 too. */
export interface Judged extends Judgement {
  paths: Path[]
}

/** Something wrong with the objects that is not one door's alone. */
export interface Problem {
  code: string
  object: string
  message: string
}

export interface Judgement {
  doors: Door[]
  problems: Problem[]
}

export interface Options {
  /** Who serves a class of Ingresses, Gateways or load balancers, by the class's name. */
  controllers?: Readonly<Record<string, Preset | LoadBalancer>>
  /** The namespace of objects that name none. */
  namespace?: string
  /** Addresses or CIDRs of the nodes. */
  nodes?: readonly string[]
  /** Are these all the objects of a cluster, as it has them? Else they are what somebody will apply. */
  live?: boolean
  /** Do they hold all endpoints of their Services, as what the chart makes of values does? So do those of a cluster. */
  hasEndpoints?: boolean
}

/** A verdict that lets anyone in, with the reason. */
export const open = (sure: Sure, ...reasons: string[]): Verdict => ({
  who: anyone,
  heldBy: [],
  conditions: [],
  reasons,
  sure,
})

/** A verdict that lets nobody in, with what holds it. */
export const closed = (sure: Sure, ...heldBy: string[]): Verdict => ({
  who: nobody,
  heldBy,
  conditions: [],
  reasons: [],
  sure,
})

/** Of two verdicts of which either may turn out to be the one in force: whoever is let in by one of them gets in. */
export function either(one: Verdict, other: Verdict): Verdict {
  const who = union(one.who, other.who)
  const isOpen = families.every((family) => isAnyone(who, family))
  return {
    who,
    heldBy: isOpen ? [] : unique([...one.heldBy, ...other.heldBy]),
    conditions: isOpen ? [] : unique([...one.conditions, ...other.conditions]),
    reasons: unique([...one.reasons, ...other.reasons]),
    sure: surest[Math.max(surest.indexOf(one.sure), surest.indexOf(other.sure))] ?? 'assumed',
  }
}

/** A door, with the identity that its way, its place and what it leads through give it. */
export function door(
  way: string,
  made: { title: string },
  service: string,
  where: Where,
  rest: Leads & Verdict,
): Door {
  const { protocol, port, host, path, gateway } = where
  // Whether a controller speaks http or https there is no other door; TCP and UDP are two.
  const place = [gateway, host, port === undefined ? undefined : `${protocol} ${port}`, path]
  const parts = [way, service, ...place.filter((part) => part !== undefined)]
  return { id: parts.join(' '), way, object: made.title, service, where, ...rest }
}

/** What all that an expression matches begins with. */
export const literalOf = (expression: string): string => /^[^\\.*+?()[\]{}|^$]*/.exec(expression)?.[0] ?? ''

/** Who really gets through a door: nobody where it leads nowhere. */
export const passing = ({ who, to }: Door): Who => (to.length > 0 ? who : nobody)

/** What a door leads to, who can knock, and what else may keep somebody out. */
export interface Leads {
  to: string[]
  from?: string
  restraints: Restraint[]
}

/** Who is asked by the kinds that have classes. */
export const ofClasses = 'class'

/** Are its doors those of a class's controller? */
export const hasClass = (way: string): boolean => way === 'Ingress' || way === 'HTTPProxy'

export const unique = <T>(values: readonly T[]): T[] => [...new Set(values)]

// --- utils ---

const surest: readonly Sure[] = ['seen', 'read', 'assumed']
