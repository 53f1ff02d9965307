import { app } from '../../values.ts'
import { check } from './check.ts'

check('name-length', {
  "a Service's name has 63 characters at most": {
    refused: { namePrefix: `${'p'.repeat(39)}-`, proxies: { ['a'.repeat(24)]: app().proxies.app } },
    says: `namePrefix: ${'p'.repeat(39)}-${'a'.repeat(24)} has 64 characters, and a Service's name has 63 at most: write a shorter namePrefix or name`,
    accepted: { namePrefix: `${'p'.repeat(39)}-`, proxies: { ['a'.repeat(23)]: app().proxies.app } },
  },
})

check('label-reserved', {
  'in commonLabels': {
    refused: { commonLabels: { 'app.kubernetes.io/name': 'mine' }, ...app() },
    says: 'commonLabels: app.kubernetes.io/name is written by the chart: leave it out',
    accepted: { commonLabels: { 'app.kubernetes.io/part-of': 'mine' }, ...app() },
  },
  'in service.labels': {
    refused: app({ service: { labels: { 'helm.sh/chart': 'mine' } } }),
    says: 'proxies.app.service.labels: helm.sh/chart is written by the chart: leave it out',
    accepted: app({ service: { labels: { team: 'mine' } } }),
  },
})
