import type { Finding } from './finding.ts'
import type { Part } from './part.ts'

/** Gathers what an import has to say, each with its place. */
export class Notes {
  readonly findings: Finding[]

  /** @param before what was found already */
  constructor(before: readonly Finding[] = []) {
    this.findings = [...before]
  }

  corrected(part: Part, message: string): void {
    this.add(part, 'corrected', message)
  }

  leftOut(part: Part, message: string): void {
    this.add(part, 'left out', message)
  }

  decide(part: Part, message: string): void {
    this.add(part, 'decide', message)
  }

  private add({ file, line }: Part, what: Finding['what'], message: string): void {
    this.findings.push({ file, line, what, message })
  }
}
