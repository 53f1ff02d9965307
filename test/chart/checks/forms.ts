import { app } from '../../values.ts'
import { check } from './check.ts'

const ports = (http: object) => app({ ports: { http } as never })

/** Two proxies that take their list from defaults. */
const { sourceRanges: _, ...bare } = app().proxies.app
const under = (sourceRanges: string[]) => ({ defaults: { sourceRanges }, proxies: { a: bare, b: bare } })

check('value-form', {
  'an address with a letter too many': {
    refused: app({ addresses: ['2.3.4.5k'] }),
    says: 'proxies.app.addresses[0]: 2.3.4.5k is not an IP address: write one, as 2.3.4.5',
    accepted: app({ addresses: ['2.3.4.5'] }),
  },
  'a name in place of an address': {
    refused: app({ addresses: ['app2.example.com'] }),
    says: 'proxies.app.addresses[0]: app2.example.com is not an IP address: write one, as 2.3.4.5',
    accepted: app({ addresses: ['2.3.4.5'] }),
  },
  'a network in place of an address': {
    refused: app({ addresses: [{ ip: '2.3.4.5/32' }] }),
    says: 'proxies.app.addresses[0].ip: 2.3.4.5/32 is not an IP address: write one, as 2.3.4.5',
    accepted: app({ addresses: [{ ip: '2.3.4.5' }] }),
  },
  'an IPv6 address in upper case': {
    refused: app({ addresses: ['FD00::5'], sourceRanges: ['fd00::/64'] }),
    says: 'proxies.app.addresses[0]: FD00::5 is not an IPv6 address in lower case, without zeros before a number: write one, as fd00::5',
    accepted: app({ addresses: ['fd00::5'], sourceRanges: ['fd00::/64'] }),
  },
  'a prefix longer than there are': {
    refused: app({ sourceRanges: ['192.0.2.7/33'] }),
    says: 'proxies.app.sourceRanges[0]: 192.0.2.7/33 is not a network of IPv4: write an address and 0 to 32, as 1.2.3.4/32',
    accepted: app({ sourceRanges: ['192.0.2.7/32'] }),
  },
  'a range from one address to another': {
    refused: app({ sourceRanges: ['192.0.2.7-192.0.2.9'] }),
    says: 'proxies.app.sourceRanges[0]: 192.0.2.7-192.0.2.9 is not a network of IPv4: write an address and 0 to 32, as 1.2.3.4/32',
    accepted: app({ sourceRanges: ['192.0.2.8/31'] }),
  },
  'a text of two lines': {
    refused: app({ sourceRanges: ['192.0.2.7/32\ncidr 192.0.2.8/32'] }),
    says: 'proxies.app.sourceRanges[0]: 192.0.2.7/32↵cidr 192.0.2.8/32 is not a network of IPv4: write an address and 0 to 32, as 1.2.3.4/32',
    accepted: app({ sourceRanges: ['192.0.2.7/32', '192.0.2.8/32'] }),
  },
  'a network of the cluster without its prefix': {
    refused: { clusterRanges: ['10.0.0.0'], ...app() },
    says: 'clusterRanges[0]: 10.0.0.0 is not a network of IPv4: write an address and 0 to 32, as 10.0.0.0/8',
    accepted: { clusterRanges: ['10.0.0.0/8'], ...app() },
  },
  'a port of zero': {
    refused: ports({ port: 0 }),
    says: "proxies.app.ports.http.port: 0 is not a port's number: write one of 1 to 65535",
    accepted: ports({ port: 1 }),
  },
  'a port beyond the last': {
    refused: ports({ port: 80, targetPort: 65536 }),
    says: "proxies.app.ports.http.targetPort: 65536 is not a port's number: write one of 1 to 65535",
    accepted: ports({ port: 80, targetPort: 65535 }),
  },
  "a port's name in upper case": {
    refused: app({ ports: { HTTP: { port: 80 } } }),
    says: 'proxies.app.ports.HTTP: HTTP is not a name of lower case letters, digits and -: write one of at most 63, as http',
    accepted: app({ ports: { http: { port: 80 } } }),
  },
  "a proxy's name with a space": {
    refused: { proxies: { 'my app': app().proxies.app } },
    says: 'proxies.my app: my app is not a name of lower case letters, digits and -, beginning with a letter: write one of at most 63, as myapp-proxy',
    accepted: { proxies: { 'my-app': app().proxies.app } },
  },
  'a host with an underscore': {
    refused: app({ dns: { hostnames: ['my_app.example.com'] } }),
    says: 'proxies.app.dns.hostnames[0]: my_app.example.com is not a DNS name in lower case: write one, as app2.example.com or *.example.com',
    accepted: app({ dns: { hostnames: ['my-app.example.com'] } }),
  },
  'a URL in place of a host': {
    refused: app({ dns: { hostnames: ['https://app.example.com'] } }),
    says: 'proxies.app.dns.hostnames[0]: https://app.example.com is not a DNS name in lower case: write one, as app2.example.com or *.example.com',
    accepted: app({ dns: { hostnames: ['app.example.com'] } }),
  },
  'nothing in place of a host': {
    refused: app({ dns: { hostnames: [''] } }),
    says: 'proxies.app.dns.hostnames[0]: "" is not a DNS name in lower case: write one, as app2.example.com or *.example.com',
    accepted: app({ dns: { hostnames: ['app.example.com'] } }),
  },
  'a space that nobody sees': {
    refused: app({ backend: { host: 'app2.example.com ' } }),
    says: 'proxies.app.backend.host: "app2.example.com " is not a DNS name in lower case: write one, as app2.example.com',
    accepted: app({ backend: { host: 'app2.example.com' } }),
  },
  'a length of time in words': {
    refused: app({ backend: { timeouts: { request: '5 minutes' } } }),
    says: 'proxies.app.backend.timeouts.request: 5 minutes is not a length of time: write one, as 30s or 1m30s',
    accepted: app({ backend: { timeouts: { request: '5m' } } }),
  },
  'an address with a port, which is no address of IPv6': {
    refused: app({ addresses: ['2.3.4.5:80'] }),
    says: 'proxies.app.addresses[0]: 2.3.4.5:80 is not an IP address: write one, as 2.3.4.5',
    accepted: app({ addresses: ['2.3.4.5'] }),
  },
  "a key that a load balancer's maker would read": {
    refused: app({ service: { annotations: { 'metallb.io/a pool': 'public' } } }),
    says: 'proxies.app.service.annotations.metallb.io/a pool: metallb.io/a pool is not a name, or PREFIX/NAME: write one, as example.com/owner',
    accepted: app({ service: { annotations: { 'metallb.io/address-pool': 'public' } } }),
    chosen: {
      'write one, as example.com/owner': app({
        service: { annotations: { 'metallb.io/address-pool': 'public' } },
      }),
    },
  },
  'in defaults, once for all proxies': {
    refused: under(['any']),
    says: 'defaults.sourceRanges[0]: any is not a network of IPv4: write an address and 0 to 32, as 1.2.3.4/32',
    accepted: under(['0.0.0.0/0']),
  },
})

const unknown = (field: string, value: unknown) => app({ [field]: value })

check('value-unknown', {
  'one letter too few': {
    refused: { proxies: { app: { ...app().proxies.app, addresses: undefined, adresses: ['2.3.4.5'] } } },
    says: 'proxies.app.adresses: no such value; did you mean addresses?',
    accepted: app(),
  },
  'two letters that changed places': {
    refused: unknown('serivce', {}),
    says: 'proxies.app.serivce: no such value; did you mean service?',
    accepted: unknown('service', {}),
  },
  'one thing in place of several': {
    refused: app({ ingress: { host: 'a.example.com' } as never }),
    says: 'proxies.app.ingress.host: no such value; did you mean hosts?',
    accepted: app({ dns: { hostnames: ['a.example.com'] } }),
  },
  'in another case': {
    refused: unknown('source-ranges', []),
    says: 'proxies.app.source-ranges: no such value; did you mean sourceRanges?',
    accepted: app(),
  },
  'more than the name': {
    refused: unknown('loadBalancerSourceRanges', ['1.2.3.4/32']),
    says: 'proxies.app.loadBalancerSourceRanges: no such value; did you mean sourceRanges?',
    accepted: app(),
  },
  'unlike any': {
    refused: ports({ port: 80, zzz: 1 }),
    says: 'proxies.app.ports.http.zzz: no such value; there are port, targetPort, nodePort, protocol, appProtocol',
    accepted: ports({ port: 80 }),
  },
  'at the root': {
    refused: { proxy: {}, ...app() },
    says: 'proxy: no such value; did you mean proxies?',
    accepted: app(),
  },
  'while the chart is off': {
    refused: { enabled: false, platfrom: 'aws' },
    says: 'platfrom: no such value; did you mean platform?',
    accepted: { enabled: false, platform: 'aws' },
  },
})
