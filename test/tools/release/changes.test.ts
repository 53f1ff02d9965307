import { describe, expect, it } from 'vitest'
import { changesOf, hasSection } from '../../../tools/release/changes.ts'

const changelog = `# Changelog

## Unreleased

### Added

- Of tomorrow.

## [0.2.0] - 2026-11-28

### Added

- A word ([docs/a.md](docs/a.md), [KEP](https://kep.k8s.io/1)).
- \`another\`.

### Security

- A hole is closed.

## 0.1.0

### Fixed

- What was wrong.
`

describe('what CHANGELOG.md says of a version', () => {
  it('each change has the kind of its heading, and no link to a file', () => {
    expect(changesOf(changelog, '0.2.0')).toEqual([
      { kind: 'added', description: 'A word (docs/a.md, [KEP](https://kep.k8s.io/1)).' },
      { kind: 'added', description: '`another`.' },
      { kind: 'security', description: 'A hole is closed.' },
    ])
  })

  it.each([
    ['0.1.0', [{ kind: 'fixed', description: 'What was wrong.' }]],
    ['0.3.0', [{ kind: 'added', description: 'Of tomorrow.' }]],
  ])('%s', (version, changes) => expect(changesOf(changelog, version)).toEqual(changes))

  it.each([
    ['0.1.0', true],
    ['0.2.0', true],
    ['0.2', false],
    ['0.3.0', false],
  ])('has it a section of %s: %s', (version, has) => expect(hasSection(changelog, version)).toBe(has))
})
