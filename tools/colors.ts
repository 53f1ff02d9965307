import picocolors from 'picocolors'

const { NO_COLOR, FORCE_COLOR } = process.env

/** Colours on a terminal alone, whatever else picocolors takes for one (such as CI); FORCE_COLOR asks for them anyway. */
const onTerminal = (stream: { isTTY?: boolean }) =>
  picocolors.createColors(!NO_COLOR && (Boolean(FORCE_COLOR) || stream.isTTY === true))

/** For what is written to standard output. */
export const colors = onTerminal(process.stdout)
/** For what is written to standard error. */
export const errorColors = onTerminal(process.stderr)
