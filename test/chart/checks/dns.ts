import { app, contour } from '../../values.ts'
import { check } from './check.ts'

const hostnames = ['lb.example.com']

check('dns-cluster-ip', {
  'nor of that of an Ingress, whose own hosts it reads': {
    refused: app({ service: { type: 'ClusterIP' }, dns: { hostnames }, ...contour() }),
    says: 'proxies.app.dns.hostnames: External DNS makes no record for the address of service.type ClusterIP, and reads those of the Ingress and routes there: leave them out, or write dns.target',
    accepted: app({ service: { type: 'ClusterIP' }, ...contour() }),
    chosen: {
      'write dns.target': app({
        service: { type: 'ClusterIP' },
        dns: { hostnames, target: '198.51.100.1' },
        ...contour(),
      }),
    },
  },
  'External DNS makes no record of a ClusterIP': {
    refused: app({ sourceRanges: [], service: { type: 'ClusterIP' }, dns: { hostnames } }),
    says: 'proxies.app.dns.hostnames: External DNS makes no record for the address of service.type ClusterIP: leave them out, or write dns.target, or service.type LoadBalancer',
    accepted: app({ dns: { hostnames } }),
    chosen: {
      'write dns.target': app({
        sourceRanges: [],
        service: { type: 'ClusterIP' },
        dns: { hostnames, target: '198.51.100.1' },
      }),
      'write service.type LoadBalancer': app({ dns: { hostnames } }),
    },
  },
})

check('dns-annotation', {
  'an annotation that dns writes itself': {
    refused: app({
      dns: { hostnames },
      service: { annotations: { 'external-dns.kubernetes.io/hostname': 'a.example.com' } },
    }),
    says: 'proxies.app.service.annotations: external-dns.kubernetes.io/hostname is written by dns already: leave it out',
    accepted: app({
      dns: { hostnames },
      service: { annotations: { 'external-dns.kubernetes.io/set-identifier': 'a' } },
    }),
  },
  'with the same name': {
    refused: app({
      dns: { hostnames },
      service: { annotations: { 'external-dns.kubernetes.io/hostname': 'lb.example.com' } },
    }),
    says: 'proxies.app.service.annotations: external-dns.kubernetes.io/hostname is written by dns already: leave it out',
    accepted: app({ dns: { hostnames } }),
  },
  'one that it would write': {
    refused: app({
      dns: { hostnames },
      service: { annotations: { 'external-dns.alpha.kubernetes.io/ttl': '60' } },
    }),
    says: 'proxies.app.service.annotations: external-dns.alpha.kubernetes.io/ttl is for dns to write: write dns.ttl in its place',
    accepted: app({ dns: { hostnames, ttl: 60 } }),
  },
  'a name for all objects': {
    refused: {
      commonAnnotations: { 'external-dns.alpha.kubernetes.io/hostname': 'a.example.com' },
      ...app(),
    },
    says: "commonAnnotations: external-dns.alpha.kubernetes.io/hostname would give one name to every object: write it in a proxy's dns.hostnames",
    accepted: { commonAnnotations: { 'external-dns.alpha.kubernetes.io/ttl': '60' }, ...app() },
  },
})

check('dns-hostnames-required', {
  'a ttl of no name': {
    refused: app({ dns: { ttl: 60 } }),
    says: 'proxies.app.dns.ttl: has no effect without dns.hostnames: add them, or leave it out',
    accepted: app({ dns: { ttl: 60, hostnames } }),
  },
  'but not one for all that have a name': {
    refused: app({ dns: { ttl: 60 } }),
    says: 'proxies.app.dns.ttl: has no effect without dns.hostnames: add them, or leave it out',
    accepted: { defaults: { dns: { ttl: 60 } }, ...app() },
  },
  'a target of no name': {
    refused: app({ dns: { target: 'lb.example.org' } }),
    says: 'proxies.app.dns.target: has no effect without dns.hostnames: add them, or leave it out',
    accepted: app({ dns: { target: 'lb.example.org', hostnames } }),
  },
})
