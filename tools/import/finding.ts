/** Something that an import says, with the place in the file that it is about. */
export interface Finding {
  file: string
  line: number
  /**
   * `corrected`: it was wrong, and is right in the values. `left out`: the values do not have it. `decide`: it is for
   * a person to say.
   */
  what: 'corrected' | 'left out' | 'decide'
  message: string
}
