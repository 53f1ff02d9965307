import { Command, InvalidArgumentError } from 'commander'

/** Shows how often the embedded cluster fails to start: its parts come up beside one another, and so may race. */
export const command = new Command('npm run starts --')
  .description(
    'Starts the embedded cluster with all of its add-ons and stops it, each time in a new sandbox, and counts the failures. Exit code 0 where there are none.',
  )
  .argument('<times>', 'how often', (text: string) => {
    if (/^[1-9]\d*$/.test(text)) return Number(text)
    throw new InvalidArgumentError('Write a number from 1 on.')
  })
