import { app } from '../../values.ts'
import { check } from './check.ts'

const access = (fields: object, more: object = {}) => ({
  ...more,
  access: {
    namespace: 'edge',
    subjects: [{ kind: 'User', name: 'deployer' }],
    addresses: ['2.3.4.0/24'],
    ...fields,
  },
})

check('access-namespace', {
  "the release's own": {
    refused: access({ namespace: 'default' }),
    says: "access.namespace: default is this release's own, and who deploys there may write Helm's Secrets: install this release into another",
    accepted: access({}),
  },
})

check('access-beside-proxies', {
  'with proxies in the same values': {
    refused: access({}, app()),
    says: 'access.namespace: who deploys these proxies would need more than they leave: write access in the values of a release of its own',
    accepted: access({ namespace: '' }, app()),
  },
})

check('access-required', {
  'nobody who deploys': {
    refused: access({ subjects: [] }),
    says: 'access.subjects: none is written: write who deploys',
    accepted: access({}),
  },
  'no network': {
    refused: access({ addresses: [] }),
    says: 'access.addresses: none is written: write the networks that App2 may be in',
    accepted: access({}),
  },
  "a ServiceAccount's namespace": {
    refused: access({ subjects: [{ kind: 'ServiceAccount', name: 'deployer' }] }),
    says: 'access.subjects[0].namespace: none is written: write that of the ServiceAccount deployer',
    accepted: access({ subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'ci' }] }),
  },
})
