import { describe, expect, it } from 'vitest'
import { cluster } from './cluster.ts'

describe('the network around the cluster', () => {
  const front = cluster.addressing.node('node1').front

  it('App1 has no route to App2', async () => {
    expect(await cluster.machine('app1').http('http://2.3.4.5:8080/')).toMatchObject({ failure: 'no route' })
    expect(await cluster.machine('app1').http('http://[2001:db8:2::5]:8080/')).toMatchObject({
      failure: 'no route',
    })
  })

  it('a node does not forward to App2 what no Service rewrote, though there and back are routes', async () => {
    const [app1, app2] = [cluster.machine('app1'), cluster.machine('app2')]
    const back = cluster.addressing.node('node1').back
    await app1.ip([`route add 2.3.4.5 via ${front.ipv4}`, `route add 2001:db8:2::5 via ${front.ipv6}`])
    await app2.ip([`route add 1.2.3.4 via ${back.ipv4}`, `route add 2001:db8:1::4 via ${back.ipv6}`])
    const outcomes = await Promise.all(
      ['2.3.4.5', '[2001:db8:2::5]'].map((address) => app1.http(`http://${address}:8080/`, { seconds: 1 })),
    )
    await app1.ip(['route del 2.3.4.5', 'route del 2001:db8:2::5'])
    await app2.ip(['route del 1.2.3.4', 'route del 2001:db8:1::4'])
    expect(outcomes).toMatchObject([{ failure: 'timed out' }, { failure: 'timed out' }])
  })

  it('the nodes reach App2, by either family', async () => {
    for (const name of ['node1', 'node2']) {
      for (const address of ['2.3.4.5', '[2001:db8:2::5]']) {
        const outcome = await cluster.machine(name).http(`http://${address}:8080/`)
        expect(outcome).toMatchObject({ status: 200, echo: { machine: 'app2' } })
      }
    }
  })

  it('kubectl sees Kubernetes 1.37.2', async () => {
    expect(JSON.parse(await cluster.kubectl(['version', '--output=json']))).toMatchObject({
      serverVersion: { gitVersion: 'v1.37.2', major: '1', minor: '37' },
    })
  })
})

describe('components have no more rights than their own', () => {
  it.for([
    ['system:serviceaccount:metallb-system:controller', 'yes'],
    ['system:serviceaccount:metallb-system:speaker', 'no'],
    ['system:serviceaccount:projectcontour:contour', 'no'],
    ['system:kube-proxy', 'no'],
  ])('%s may update the status of a Service: %s', async ([as = '', answer]) => {
    const said = await cluster
      .kubectl([
        'auth',
        'can-i',
        'update',
        'services',
        '--subresource=status',
        '--all-namespaces',
        `--as=${as}`,
      ])
      .catch((error) => error.stdout)
    expect(said).toBe(answer)
  })
})
