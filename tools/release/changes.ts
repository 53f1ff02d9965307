/** A change, as Artifact Hub shows it. */
export interface Change {
  kind: string
  description: string
}

/**
 * What CHANGELOG.md says of a version, in the form of Artifact Hub's annotation `artifacthub.io/changes`
 * (artifacthub.io/docs/topics/annotations/helm): the headings of Keep a Changelog are its kinds. A version that has
 * no section yet gets what is unreleased.
 */
export function changesOf(changelog: string, version: string): Change[] {
  const lines = (sectionOf(changelog, version) ?? sectionOf(changelog, 'Unreleased') ?? '').split('\n')
  const changes: Change[] = []
  let kind = ''
  for (const line of lines) {
    const heading = /^### (\w+)/.exec(line)?.[1]
    if (heading) kind = heading.toLowerCase()
    const [, description] = /^- (.*)/.exec(line) ?? []
    // A link to a file leads nowhere outside of the repository.
    if (description)
      changes.push({ kind, description: description.replace(/\[([^\]]+)\]\((?!https:)[^)]*\)/g, '$1') })
  }
  return changes
}

/** Has CHANGELOG.md a section of that version? */
export const hasSection = (changelog: string, version: string): boolean =>
  sectionOf(changelog, version) !== undefined

// --- utils ---

/** The lines between a version's heading and the next, as `## 0.1.0` or `## [0.1.0] - 2026-11-28`. */
function sectionOf(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^## /m).slice(1)
  return sections.find((section) => /^\[?([^\]\s]+)/.exec(section)?.[1] === version)
}
