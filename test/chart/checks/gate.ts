import { app, contour } from '../../values.ts'
import { check } from './check.ts'

// Which keys, by whom, and where from: test/chart/lib/gate.test.ts.

const anyone = ['0.0.0.0/0', '::/0']
const held = (annotations: Record<string, string>) => app(contour({ annotations }))
const labeled = (labels: Record<string, string>) => app({ service: { labels } })

check('annotation-not-harmless', {
  'a key that its reader may heed': {
    refused: held({ 'projectcontour.io/ingress.class': 'other' }),
    says: 'proxies.app.ingress.annotations: projectcontour.io/ingress.class is read by Contour, and is not known to leave sourceRanges in force: leave it out',
    accepted: held({ 'projectcontour.io/max-retries': '3' }),
  },
  'common to all objects': {
    refused: { commonAnnotations: { 'helm.sh/hook': 'pre-install' }, ...app() },
    says: 'commonAnnotations: helm.sh/hook is read by Kubernetes or what applies the objects, and is not known to leave sourceRanges in force: leave it out',
    accepted: { commonAnnotations: { owner: 'edge' }, ...app() },
  },
})

/** So many bytes of annotations in two, of keys with three. */
const ofSize = (size: number) => ({ one: 'x'.repeat(200_000), two: 'y'.repeat(size - 200_006) })

check('annotations-size', {
  'more than an object may have in all': {
    refused: app({ sourceRanges: anyone, service: { annotations: ofSize(262_145) } }),
    says: 'proxies.app.service.annotations: more than 262144 bytes in all, with those that the chart writes, and Kubernetes takes no more: write fewer or shorter ones',
    accepted: app({ sourceRanges: anyone, service: { annotations: ofSize(262_144) } }),
  },
  'common to all objects': {
    refused: { commonAnnotations: ofSize(262_145), ...app({ sourceRanges: anyone }) },
    says: 'commonAnnotations: more than 262144 bytes in all, with those that the chart writes, and Kubernetes takes no more: write fewer or shorter ones',
    accepted: { commonAnnotations: ofSize(262_144), ...app({ sourceRanges: anyone }) },
  },
})

check('label-not-harmless', {
  'a label that takes the Service away from kube-proxy': {
    refused: labeled({ 'service.kubernetes.io/service-proxy-name': 'other' }),
    says: 'proxies.app.service.labels: service.kubernetes.io/service-proxy-name is read by Kubernetes or what applies the objects, and is not known to leave sourceRanges in force: leave it out',
    accepted: labeled({ team: 'edge' }),
  },
  'common to all objects': {
    refused: { commonLabels: { 'service.kubernetes.io/headless': 'true' }, ...app() },
    says: 'commonLabels: service.kubernetes.io/headless is read by Kubernetes or what applies the objects, and is not known to leave sourceRanges in force: leave it out',
    accepted: { commonLabels: { team: 'edge' }, ...app() },
  },
})
