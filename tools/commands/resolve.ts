import { Command, InvalidArgumentError, Option } from 'commander'
import { called, examplesOf } from '../root.ts'
import { collect } from './values-options.ts'

/** Keeps the addresses of values files at what their DNS names stand for. */
export const command = new Command(called('resolve'))
  .description(
    'Looks up the DNS names that addresses of values come from ({name: app2.corp.example, ip: 2.3.4.5}), and writes ' +
      'the addresses into the files; comments, order and all else stay. Nothing is written unless every name was ' +
      'answered. Exit code 1 when --check finds a difference, 2 when a name or file could not be read.',
  )
  .argument('<file...>', 'values files; - reads standard input and writes standard output')
  .option('--check', 'write nothing, say what would change')
  .option('--server <address>', 'a DNS server, ADDRESS or ADDRESS:PORT; may be repeated', collect)
  .addOption(new Option('--family <family>', 'look up one family alone').choices(['ipv4', 'ipv6']))
  .option('--within <cidr>', 'a network that every address must be in; may be repeated', collect)
  .addOption(
    new Option('--probe <how>', 'drain what has a name and does not answer, take back what does').choices([
      'tcp',
      'http',
    ]),
  )
  .option('--tries <n>', 'how often an address is probed before it counts as dead', positive, 3)
  .option('--timeout <ms>', 'how long a probe may take, and the pause between two', positive, 1000)
  .option('--drain-last', 'drain the last address of a proxy, too')
  .addHelpText(
    'after',
    examplesOf('resolve', 'values.yaml --server 10.0.0.53', 'values.yaml --check --within 10.20.0.0/16'),
  )

// --- utils ---

function positive(value: string): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('Write a whole number from 1 on.')
  return number
}
