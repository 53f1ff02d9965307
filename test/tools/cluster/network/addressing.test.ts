import { describe, expect, it } from 'vitest'
import { addressingFor } from '../../../../tools/cluster/network/addressing.ts'

describe("the sandbox's own networks", () => {
  it('lie where nobody lives', () => {
    const { subnet, services } = addressingFor([], [])
    expect(subnet.front).toEqual({ ipv4: '198.18.10.0/24', ipv6: '2001:2:0:10::/64' })
    expect(services).toEqual({ ipv4: '198.18.96.0/20', ipv6: '2001:2:0:96::/112' })
  })

  it.each([
    [['198.18.0.1'], '198.19.10.0/24', '2001:2:0:10::/64'],
    [['198.18.0.1', '198.19.255.254'], '10.213.10.0/24', '2001:2:0:10::/64'],
    [['2001:2::5'], '198.18.10.0/24', 'fd5a:18:1:10::/64'],
  ])('make way for %j', (others, ipv4, ipv6) => {
    expect(addressingFor(others, []).subnet.front).toEqual({ ipv4, ipv6 })
  })

  it('hold the ClusterIPs that values fix', () => {
    expect(addressingFor([], ['10.96.17.7', 'None', 'fd00:96::7']).services).toEqual({
      ipv4: '10.96.16.0/20',
      ipv6: 'fd00:96::/112',
    })
  })

  it('say so where every place is taken', () => {
    const taken = ['198.18.0.1', '198.19.0.1', '10.213.0.1', '172.29.0.1', '100.101.0.1', '192.168.0.1']
    expect(() => addressingFor(taken, [])).toThrow('every network')
  })
})
