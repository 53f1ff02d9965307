import { describe, expect, it } from 'vitest'
import { addressingFor } from '../../../../tools/cluster/network/addressing.ts'

describe("the sandbox's own networks", () => {
  it('lie where nobody lives', () => {
    const { subnet, services } = addressingFor([])
    expect(subnet.front).toEqual({ ipv4: '198.18.10.0/24', ipv6: '2001:2:0:10::/64' })
    expect(services).toEqual({ ipv4: '198.18.64.0/18', ipv6: '2001:2:0:96::/112' })
  })

  it.each([
    [['198.18.0.1'], '198.19.10.0/24', '2001:2:0:10::/64'],
    [['198.18.0.1', '198.19.255.254'], '10.213.10.0/24', '2001:2:0:10::/64'],
    [['2001:2::5'], '198.18.10.0/24', 'fd5a:18:1:10::/64'],
  ])('make way for %j', (others, ipv4, ipv6) => {
    expect(addressingFor(others).subnet.front).toEqual({ ipv4, ipv6 })
  })

  it.each<[string, string[], string[], string, string]>([
    [
      'wide private ones',
      ['10.0.0.1', 'fd00::1'],
      ['10.0.0.0/8', 'fd00::/8'],
      '10.213.10.0/24',
      'fd5a:18:1:10::/64',
    ],
    [
      'those where no usual place is',
      [],
      ['20.0.0.0/8', '2600::/16'],
      '20.128.10.0/24',
      '2600:8000:0:10::/64',
    ],
    ['one as wide as the sandbox', [], ['20.1.0.0/16', '2600:1:2::/48'], '20.1.10.0/24', '2600:1:2:10::/64'],
    [
      'more of them, rather than fewer',
      [],
      ['192.168.0.0/16', '20.0.0.0/8', '20.128.0.0/9'],
      '20.128.10.0/24',
      '2001:2:0:10::/64',
    ],
    ['not where somebody else is', ['20.1.0.1'], ['20.1.0.0/16'], '198.18.10.0/24', '2001:2:0:10::/64'],
    ['not in one too small', [], ['20.1.10.0/24', '2600::/64'], '198.18.10.0/24', '2001:2:0:10::/64'],
    [
      'nor where no node can be',
      [],
      ['126.0.0.0/7', '224.0.0.0/4', 'fe80::/10'],
      '198.18.10.0/24',
      '2001:2:0:10::/64',
    ],
    ['of anyone: as ever', [], ['0.0.0.0/0', '::/0'], '198.18.10.0/24', '2001:2:0:10::/64'],
  ])('lie in the ranges that are to hold the nodes: %s', (_, others, nodesIn, ipv4, ipv6) => {
    expect(addressingFor(others, { nodesIn }).subnet.front).toEqual({ ipv4, ipv6 })
  })

  it('hold the ClusterIPs that values fix', () => {
    expect(addressingFor([], { clusterIPs: ['10.96.17.7', 'fd00:96::7'] }).services).toEqual({
      ipv4: '10.96.16.0/20',
      ipv6: 'fd00:96::/112',
    })
  })

  it('have one more network for each fixed ClusterIP that is elsewhere', () => {
    const clusterIPs = ['10.96.0.7', '10.96.1.7', '10.150.3.7', '10.150.3.8', 'fd00:96::7', 'fd00:97::7']
    expect(addressingFor([], { clusterIPs }).moreServices).toEqual(['10.150.3.0/24', 'fd00:97::/112'])
  })

  it('have room for each pool, and for the single addresses that are asked of it', () => {
    const prod = { name: 'prod', loadBalancerClass: '', addresses: ['192.168.7.7/32'] }
    const other = { name: 'front', loadBalancerClass: 'example.com/class', addresses: [] }
    const { pools } = addressingFor([], { pools: [prod, other] })
    expect(pools).toEqual([
      { name: 'front', loadBalancerClass: '', addresses: ['198.18.128.0/22', '2001:2:0:a0::0:0/112'] },
      { ...other, addresses: ['198.18.132.0/22', '2001:2:0:a0::1:0/112'] },
      { ...prod, addresses: ['198.18.136.0/22', '2001:2:0:a0::2:0/112', '192.168.7.7/32'] },
    ])
  })

  it('make way for the addresses that load balancers and Gateways ask for', () => {
    const pools = [{ name: 'front', loadBalancerClass: '', addresses: ['198.18.10.11/32'] }]
    expect(addressingFor([], { pools, gateways: ['198.19.0.1'] }).subnet.front.ipv4).toBe('10.213.10.0/24')
  })

  it('say so where there are too many pools', () => {
    const pools = Array.from({ length: 16 }, (_, index) => ({
      name: `pool-${index}`,
      loadBalancerClass: '',
      addresses: [],
    }))
    expect(() => addressingFor([], { pools })).toThrow(/more pools .*: front, pool-0, pool-1,/)
  })

  it('say so where every place is taken', () => {
    const taken = ['198.18.0.1', '198.19.0.1', '10.213.0.1', '172.29.0.1', '100.101.0.1', '192.168.0.1']
    expect(() => addressingFor(taken)).toThrow('every network')
  })
})
