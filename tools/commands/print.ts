/** Writes to standard output, and waits until all of it is written: the process may end before a pipe has taken it. */
export const print = (text: string): Promise<void> =>
  new Promise((done) => process.stdout.write(`${text}\n`, () => done()))
