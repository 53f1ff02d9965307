import { expect, it } from 'vitest'
import { aliases, refusedBy } from '../aliases.ts'
import { everyCheck } from '../chart/checks/check.ts'

/** What is one in a cluster or in DNS, whoever has it. */
const codes = [
  ...['host-twice', 'host-option', 'cluster-ip-twice', 'node-port-twice'],
  ...['class-twice', 'gateway-controller-twice', 'secret-twice'],
]

const folder = await aliases()

interface Values {
  proxies?: Record<string, object>
}

const rows = (await everyCheck())
  .filter(([code]) => codes.includes(code))
  .flatMap(([code, of]) =>
    Object.entries(of).map(([row, { refused, says, accepted }]) => ({
      name: `${code}: ${row}`,
      refused: refused as Values,
      said: `${says} [${code}]`,
      accepted: accepted as Values,
    })),
  )
  .filter(({ refused }) => Object.keys(refused.proxies ?? {}).length === 2 && !('gateways' in refused))

it.concurrent.each(rows)('what two proxies may not have, two aliases may not: $name', async (row) => {
  const { refused, said, accepted } = row
  const problems = await refusedBy(folder, apart(refused))
  expect(
    problems.map(({ path, message, code }) =>
      `${path}: ${message} [${code}]`.replaceAll(/\b(first|second)\./g, ''),
    ),
  ).toEqual([said])
  expect(await refusedBy(folder, apart(accepted))).toEqual([])
})

// --- utils ---

/** The same values, but for the last proxy in one alias, and of that alone in the one that Helm renders after it. */
function apart({ proxies = {}, ...others }: Values): object {
  const keys = Object.keys(proxies)
  const [last = ''] = keys.slice(-1)
  const { [last]: own = {}, ...rest } = proxies
  return { second: { ...others, proxies: rest }, first: { ...others, proxies: { [last]: own } } }
}
