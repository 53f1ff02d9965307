import { app } from '../../values.ts'
import { check } from './check.ts'

const v6 = (...addresses: string[]) => app({ addresses, sourceRanges: ['fd00::/64'] })
const reserved = (address: string, reason: string) =>
  `proxies.app.addresses[0]: ${address} is ${reason}, and Kubernetes sends nothing there: write an address that the cluster's nodes can reach`

check('addresses-required', {
  'a proxy says where App2 is': {
    refused: app({ addresses: [] }),
    says: "proxies.app.addresses: none is written: write App2's IP addresses, for example [2.3.4.5], or its DNS name in externalName",
    accepted: app(),
    chosen: {
      'write its DNS name in externalName': {
        proxies: { app: { externalName: 'app2.example.com', ports: { http: { port: 80 } } } },
      },
    },
  },
})

check('address-reserved', {
  'unspecified by IPv4': {
    refused: app({ addresses: ['0.0.0.0'] }),
    says: reserved('0.0.0.0', 'unspecified'),
    accepted: app({ addresses: ['0.0.0.1'] }),
  },
  'loopback by IPv4': {
    refused: app({ addresses: ['127.8.9.1'] }),
    says: reserved('127.8.9.1', 'loopback'),
    accepted: app({ addresses: ['128.0.0.1'] }),
  },
  'link-local by IPv4': {
    refused: app({ addresses: ['169.254.1.1'] }),
    says: reserved('169.254.1.1', 'link-local'),
    accepted: app({ addresses: ['169.253.1.1'] }),
  },
  'multicast by IPv4': {
    refused: app({ addresses: ['224.0.0.1'] }),
    says: reserved('224.0.0.1', 'multicast'),
    accepted: app({ addresses: ['223.0.0.1'] }),
  },
  'broadcast, but nothing else behind multicast': {
    refused: app({ addresses: ['255.255.255.255'] }),
    says: reserved('255.255.255.255', "everybody's"),
    accepted: app({ addresses: ['240.0.0.1', '255.255.255.254'] }),
  },
  'unspecified by IPv6': {
    refused: v6('::'),
    says: reserved('::', 'unspecified'),
    accepted: v6('::2'),
  },
  'loopback by IPv6': {
    refused: v6('::1'),
    says: reserved('::1', 'loopback'),
    accepted: v6('::2'),
  },
  'link-local by IPv6': {
    refused: v6('febf::1'),
    says: reserved('febf::1', 'link-local'),
    accepted: v6('fe79::1'),
  },
  'multicast by IPv6': {
    refused: v6('ff02::1'),
    says: reserved('ff02::1', 'multicast'),
    accepted: v6('fe00::1'),
  },
  'IPv4 in the form of IPv6': {
    refused: v6('::ffff:203:405'),
    says: reserved('::ffff:203:405', 'IPv4 in the form of IPv6'),
    accepted: v6('::fffe:203:405'),
  },
})

const canonical = (address: string, write: string) =>
  `proxies.app.addresses[0]: ${address} is not in canonical form: write ${write}`

check('address-canonical', {
  'zeros around :: belong to it': {
    refused: v6('fd00:20:0:0::14'),
    says: canonical('fd00:20:0:0::14', 'fd00:20::14'),
    accepted: v6('fd00:20::14'),
  },
  'two zeros are shortened': {
    refused: v6('fd00:1:2:3:4:0:0:1'),
    says: canonical('fd00:1:2:3:4:0:0:1', 'fd00:1:2:3:4::1'),
    accepted: v6('fd00:1:2:3:4::1'),
  },
  'one zero is not': {
    refused: v6('fd00:1:2:3:4:5::1'),
    says: canonical('fd00:1:2:3:4:5::1', 'fd00:1:2:3:4:5:0:1'),
    accepted: v6('fd00:1:2:3:4:5:0:1'),
  },
  'the longest run is shortened': {
    refused: v6('fd00::1:0:0:0:1'),
    says: canonical('fd00::1:0:0:0:1', 'fd00:0:0:1::1'),
    accepted: v6('fd00:0:0:1::1'),
  },
  'of equal runs the first': {
    refused: v6('fd00:0:0:1:2::1'),
    says: canonical('fd00:0:0:1:2::1', 'fd00::1:2:0:0:1'),
    accepted: v6('fd00::1:2:0:0:1'),
  },
  'a run at the end': {
    refused: v6('fd00:1:0:0:0:0:0:0'),
    says: canonical('fd00:1:0:0:0:0:0:0', 'fd00:1::'),
    accepted: v6('fd00:1::'),
  },
})

check('address-twice', {
  'as text and as an object': {
    refused: app({ addresses: ['2.3.4.5', '2.3.4.6', { ip: '2.3.4.5', ready: false }] }),
    says: 'proxies.app.addresses[2]: 2.3.4.5 is addresses[0] already: leave one of them out',
    accepted: app({ addresses: ['2.3.4.5', '2.3.4.6', { ip: '2.3.4.7', ready: false }] }),
  },
})
