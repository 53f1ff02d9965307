import { becomes, endpoints, ingress, nginx, service, two } from './manifests.ts'

becomes('addresses and ports', [
  [
    'an address that is none',
    service('ports: [{port: 80}]') + endpoints('addresses: [{ip: app2}], ports: [{port: 80}]'),
    { addresses: [] },
    '9 decide app2 is not an IP address',
  ],
  [
    'an address that was not ready',
    service('ports: [{port: 80}]') + endpoints('notReadyAddresses: [{ip: 2.3.4.5}], ports: [{port: 80}]'),
    { addresses: [{ ip: '2.3.4.5', ready: false }] },
    '',
  ],
  [
    'no addresses at all',
    service('ports: [{port: 80}]'),
    { addresses: [] },
    '1 decide no Endpoints or EndpointSlice of app is there',
  ],
  [
    'a name of a port that the API would refuse',
    service('ports: [{name: My_Port, port: 80}]') + endpoints(two),
    { ports: { 'my-port': { port: 80 } } },
    '',
  ],
  [
    'TCP and UDP of one number, unnamed',
    service('ports: [{port: 53}, {port: 53, protocol: UDP}]') +
      endpoints('addresses: [{ip: 2.3.4.5}], ports: [{port: 53}, {port: 53, protocol: UDP}]'),
    { ports: { dns: { port: 53 }, 'dns-udp': { port: 53, protocol: 'UDP' } } },
    '',
  ],
  [
    'a Service of type ExternalName',
    service('type: ExternalName, externalName: app2.example.com, ports: [{port: 80}]'),
    { externalName: 'app2.example.com' },
    '',
  ],
  [
    'a headless Service',
    service('clusterIP: None, ports: [{port: 80}]') + endpoints(two),
    { service: { type: 'ClusterIP', clusterIP: 'None' } },
    '',
  ],
  [
    'addresses with other ports than the most have: without them',
    service('ports: [{name: http, port: 80}]') +
      endpoints(
        'addresses: [{ip: 2.3.4.4}], ports: [{name: http, port: 81}]}, {addresses: [{ip: 2.3.4.5}, {ip: 2.3.4.6}], ports: [{name: http, port: 8080}]',
      ),
    { addresses: ['2.3.4.5', '2.3.4.6'], ports: { http: { port: 80, targetPort: 8080 } } },
    '9 decide 2.3.4.4 has other ports (http 81) than 2.3.4.5 (http 8080): left out; write a second proxy for it',
  ],
  [
    'ports in subsets of their own, of the same addresses: all of them',
    service('ports: [{name: a, port: 80}, {name: b, port: 81}]') +
      endpoints(
        'addresses: [{ip: 2.3.4.5}], ports: [{name: a, port: 8080}]}, {addresses: [{ip: 2.3.4.5}], ports: [{name: b, port: 8081}]',
      ),
    {
      addresses: ['2.3.4.5'],
      ports: { a: { port: 80, targetPort: 8080 }, b: { port: 81, targetPort: 8081 } },
    },
    '',
  ],
  [
    'an address that is ready by one port and not by another: by the first alone',
    service('ports: [{name: a, port: 80}, {name: b, port: 81}]') +
      endpoints(
        'addresses: [{ip: 2.3.4.5}], ports: [{name: a, port: 80}]}, {notReadyAddresses: [{ip: 2.3.4.5}], ports: [{name: b, port: 81}]',
      ),
    { addresses: ['2.3.4.5'], ports: { a: { port: 80 } } },
    '4 decide no endpoints have such a port, so 81 led nowhere: left out',
  ],
  [
    'endpoints that have no port of its names: closed',
    service('ports: [{name: http, port: 80}]') + endpoints(two),
    { enabled: false, addresses: ['2.3.4.5'], ports: { http: { port: 80 } } },
    '1 decide no endpoints have a port of its names and protocols, so it led nowhere: enabled is false',
  ],
  [
    'a protocol that there is not',
    service('ports: [{name: a, port: 80, protocol: tcp}, {name: b, port: 81, protocol: HTTP}]') +
      endpoints('addresses: [{ip: 2.3.4.5}], ports: [{name: a, port: 80}, {name: b, port: 81}]'),
    { ports: { a: { port: 80 } } },
    '4 decide HTTP is no protocol, so 81 led nowhere: left out',
  ],
  [
    'an address of a family that the Service does not have: without it',
    service('ipFamilies: [IPv6], ports: [{port: 80}]') +
      endpoints('addresses: [{ip: 2.3.4.5}, {ip: "2001:db8::5"}], ports: [{port: 80}]'),
    { addresses: ['2001:db8::5'] },
    '9 decide 2.3.4.5 is not IPv6, the one family of the Service',
  ],
  [
    'a list in the place of a text: it is named',
    service('sessionAffinity: [ClientIP], ports: [{port: 80}]') + endpoints(two),
    {},
    '4 left out spec.sessionAffinity',
  ],
  [
    'objects of JSON, one after the other',
    `${['{"apiVersion":"v1","kind":"Service","metadata":{"name":"app"},"spec":{"ports":[{"port":80}]}}', '{\n  "apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "app"},\n  "subsets": [{"addresses": [{"ip": "2.3.4.5"}], "ports": [{"port": 8080}]}]\n}'].join('\n')}\n`,
    { addresses: ['2.3.4.5'], ports: { http: { targetPort: 8080 } } },
    '1 corrected the port 80 has no name',
  ],
  [
    'a field at the wrong indent that is there by a merge already: as the merge has it',
    `x: &held {loadBalancerSourceRanges: [1.2.3.4/32], ports: [{port: 80}], type: LoadBalancer}\napiVersion: v1\nkind: Service\nmetadata: {name: app}\nloadBalancerSourceRanges: [0.0.0.0/0]\nspec: {<<: *held}\n${endpoints(two)}`,
    { sourceRanges: ['1.2.3.4/32'] },
    '5 left out loadBalancerSourceRanges',
  ],
])

becomes('a load balancer or node port', [
  [
    'an open load balancer: anyone, to be decided',
    service('type: LoadBalancer, ports: [{port: 80}]') + endpoints(two),
    { sourceRanges: ['0.0.0.0/0'] },
    '1 decide its load balancer is open to anyone: write the networks of App1 in sourceRanges',
  ],
  [
    'ranges in the annotation that came before the field',
    service(
      'type: LoadBalancer, ports: [{port: 80}]',
      'name: app, annotations: {service.beta.kubernetes.io/load-balancer-source-ranges: "1.2.3.0/24,::/0"}',
    ) + endpoints(two),
    { sourceRanges: ['1.2.3.0/24', '::/0'] },
    '',
  ],
  [
    'a range that is none beside one: nobody, as it was where the list was taken for wrong',
    service('type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.0/24, office], ports: [{port: 80}]') +
      endpoints(two),
    { sourceRanges: [] },
    'as 1.2.3.4/32, beside 1.2.3.0/24',
  ],
  [
    'a range that is none',
    service('type: LoadBalancer, loadBalancerSourceRanges: [1.2.3.4/33], ports: [{port: 80}]') +
      endpoints(two),
    {},
    '4 decide 1.2.3.4/33 is not a network',
  ],
  [
    'a load balancer that sends to addresses with their node alone, of which none has it',
    service('type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}]') + endpoints(two),
    { service: { type: 'ClusterIP' } },
    '4 decide externalTrafficPolicy Local sends only to addresses with the nodeName',
  ],
  [
    'the same where all have it',
    service('type: LoadBalancer, externalTrafficPolicy: Local, ports: [{port: 80}]') +
      endpoints('addresses: [{ip: 2.3.4.5, nodeName: n1}], ports: [{port: 80}]'),
    {
      addresses: [{ ip: '2.3.4.5', nodeName: 'n1' }],
      service: { externalTrafficPolicy: 'Local', inCluster: true },
    },
    '',
  ],
  [
    'a node port beside a list, which holds none',
    service('type: NodePort, ports: [{port: 80, nodePort: 30080}]') +
      endpoints(two) +
      ingress(nginx('whitelist-source-range', '1.2.3.4/32')),
    { service: { type: 'ClusterIP' }, ports: { http: { port: 80 } }, sourceRanges: ['1.2.3.4/32'] },
    '1 decide no list holds its node ports: service.type is ClusterIP until sourceRanges say anyone',
  ],
  [
    'a misspelt list of a load balancer: nobody',
    service('type: LoadBalancer, loadBalancerSourceRange: [1.2.3.4/32], ports: [{port: 80}]') +
      endpoints(two),
    { sourceRanges: [] },
    '4 decide spec.loadBalancerSourceRange may change whom its load balancer lets in',
  ],
])
