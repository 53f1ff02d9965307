import { describe, expect, it } from 'vitest'
import { drifted, generated, pictures } from '../../../tools/generate/generated.ts'
import { inserted } from '../../../tools/generate/inserted.ts'

describe('what is generated', () => {
  it('is what is committed', async () => {
    expect(await drifted({ ...(await generated()), ...(await pictures()) })).toEqual([])
  })

  it('names each file whose content is another', async () => {
    const files = await generated()
    const [first = ''] = Object.keys(files)
    expect(await drifted({ ...files, [first]: '', 'no/such/file': '' })).toEqual([first, 'no/such/file'])
  })
})

describe('the reference table', () => {
  const page = 'before\n<!-- reference:begin -->\nold\n<!-- reference:end -->\nafter\n'

  it('replaces what stands between its markers, and nothing else', () => {
    const expected = 'before\n<!-- reference:begin -->\nnew\n<!-- reference:end -->\nafter\n'
    expect(inserted(page, 'new')).toBe(expected)
  })

  it('refuses a page without them', () => {
    expect(() => inserted('before\n<!-- reference:begin -->\n', 'new')).toThrow('lacks')
  })
})
