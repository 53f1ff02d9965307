import picocolors from 'picocolors'

const { NO_COLOR, FORCE_COLOR, TERM } = process.env

/**
 * Colours on a terminal alone that has them, whatever else picocolors takes for one (such as CI); FORCE_COLOR asks for
 * them anyway, and by 0 or false for none.
 */
const onTerminal = (stream: { isTTY?: boolean }) =>
  picocolors.createColors(
    !NO_COLOR &&
      (FORCE_COLOR ? !['0', 'false'].includes(FORCE_COLOR) : stream.isTTY === true && TERM !== 'dumb'),
  )

/** For what is written to standard output. */
export const colors = onTerminal(process.stdout)
/** For what is written to standard error. */
export const errorColors = onTerminal(process.stderr)
