/** What is built of one project, and from what. */
export interface Recipe {
  /** The folder in `modules/` that pins its version, and those of all that goes into it. */
  module: string
  /** The Go package of each program, by the program's name. */
  programs: Record<string, string>
  /** `-X` settings of the linker: what the project's own release build sets. */
  variables?: Record<string, string>
  /** Released manifests kept beside the programs, all in one file. */
  manifests?: Manifests[]
  /** Folders of a Go module that are kept beside the programs, by their last name. */
  files?: { module: string; folder: string }[]
}

/** Manifests in a Go module: files or folders, or what a chart there renders by `helm template` and arguments. */
export type Manifests = { module: string } & ({ paths: string[] } | { chart: string; arguments: string[] })

const kubernetes = 'k8s.io/kubernetes/cmd'
const version = 'k8s.io/component-base/version'
const set = (setting: string) => `--set=${setting}`

/** Values of External DNS's own chart: those that docs/dns.md names, and what this cluster's DNS needs. */
export const externalDnsValues = {
  provider: { name: 'coredns' },
  policy: 'sync',
  sources: [
    'service',
    'ingress',
    'contour-httpproxy',
    'gateway-httproute', // Those of TCP and UDP it asks for by v1alpha2, which is served no more, and it ends.
  ],
  domainFilters: ['somehost.net'],
  registry: 'noop', // The one of TXT records leaves keys behind with this provider.
  interval: '1s',
  extraArgs: { 'coredns-prefix': '/skydns/' },
}

export const recipes = {
  kubernetes: {
    module: 'kubernetes-1.37',
    programs: {
      'kube-apiserver': `${kubernetes}/kube-apiserver`,
      'kube-controller-manager': './kube-controller-manager', // Those of its controllers that matter here.
      'kube-proxy': `${kubernetes}/kube-proxy`,
    },
    // Without these the API server says v0.0.0, and a chart's kubeVersion is held against that.
    variables: {
      [`${version}.gitVersion`]: 'v1.37.2',
      [`${version}.gitMajor`]: '1',
      [`${version}.gitMinor`]: '37',
      [`${version}.gitTreeState`]: 'clean',
    },
  },
  etcd: { module: 'kubernetes-1.37', programs: { etcd: 'go.etcd.io/etcd/server/v3' } },
  metallb: {
    module: 'kubernetes-1.34',
    programs: {
      controller: 'go.universe.tf/metallb/controller',
      speaker: 'go.universe.tf/metallb/speaker',
    },
    manifests: [{ module: 'go.universe.tf/metallb', paths: ['config/manifests/metallb-native.yaml'] }],
  },
  contour: {
    module: 'kubernetes-1.34',
    programs: { contour: 'github.com/projectcontour/contour/cmd/contour' },
    manifests: [{ module: 'github.com/projectcontour/contour', paths: ['examples/render/contour.yaml'] }],
  },
  'envoy-gateway': {
    module: 'kubernetes-1.37',
    programs: { 'envoy-gateway': 'github.com/envoyproxy/gateway/cmd/envoy-gateway' },
    manifests: [
      { module: 'sigs.k8s.io/gateway-api', paths: ['config/crd/standard'] },
      { module: 'github.com/envoyproxy/gateway', paths: ['charts/gateway-helm/charts/crds/crds/generated'] },
      {
        module: 'github.com/envoyproxy/gateway',
        chart: 'charts/gateway-helm',
        arguments: [
          '--namespace=envoy-gateway-system',
          '--values=values.tmpl.yaml',
          ...['crds.enabled=false', 'createNamespace=true', 'topologyInjector.enabled=false'].map(set),
          // A release's build writes the image's name into the chart; nothing ever runs it here.
          ...['image=runs.invalid/envoy-gateway:none', 'pullPolicy=Never'].map((setting) =>
            set(`global.images.envoyGateway.${setting}`),
          ),
        ],
      },
    ],
  },
  // Only its CRD: a Certificate is held against it.
  'cert-manager': {
    module: 'cert-manager',
    programs: {},
    manifests: [
      {
        module: 'github.com/cert-manager/cert-manager',
        paths: ['deploy/crds/cert-manager.io_certificates.yaml'],
      },
    ],
  },
  'argo-cd': {
    module: 'argo-cd',
    programs: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
    variables: { 'github.com/argoproj/argo-cd/v3/common.version': '3.6.1' },
    manifests: [{ module: 'github.com/argoproj/argo-cd/v3', paths: ['manifests/install.yaml'] }],
    files: [{ module: 'github.com/argoproj/argo-cd/v3', folder: 'hack' }],
  },
  'cert-manager-controllers': {
    module: 'cert-manager',
    programs: {
      controllers: './controllers',
      solver: './solver',
      pebble: 'github.com/letsencrypt/pebble/v2/cmd/pebble',
    },
    manifests: [
      {
        module: 'github.com/cert-manager/cert-manager',
        paths: [
          ...['certificaterequests', 'certificates', 'clusterissuers', 'issuers'].map(
            (name) => `deploy/crds/cert-manager.io_${name}.yaml`,
          ),
          ...['challenges', 'orders'].map((name) => `deploy/crds/acme.cert-manager.io_${name}.yaml`),
        ],
      },
      {
        module: 'github.com/cert-manager/cert-manager',
        chart: 'deploy/charts/cert-manager',
        arguments: ['--namespace=cert-manager', set('fullnameOverride=cert-manager')],
      },
    ],
  },
  'external-dns': {
    module: 'external-dns',
    programs: { 'external-dns': './external-dns', coredns: './coredns' },
    manifests: [
      {
        module: 'sigs.k8s.io/external-dns',
        chart: 'charts/external-dns',
        arguments: [
          '--namespace=external-dns',
          set('fullnameOverride=external-dns'),
          ...Object.entries(externalDnsValues).map(
            ([key, value]) => `--set-json=${key}=${JSON.stringify(value)}`,
          ),
        ],
      },
    ],
  },
  // Newer than the npm packages' Helm: the chart must render by them as it does by those.
  'helm-3': {
    module: 'helm-3',
    programs: { helm: 'helm.sh/helm/v3/cmd/helm' },
    variables: { 'helm.sh/helm/v3/internal/version.version': 'v3.22.0' },
  },
  'helm-4': {
    module: 'helm-4',
    programs: { helm: 'helm.sh/helm/v4/cmd/helm' },
    variables: { 'helm.sh/helm/v4/internal/version.version': 'v4.3.1' },
  },
  'chart-testing': {
    module: 'chart-testing',
    programs: { ct: 'github.com/helm/chart-testing/v3/ct' },
    files: [{ module: 'github.com/helm/chart-testing/v3', folder: 'etc' }],
  },
  'kube-score': {
    module: 'kube-score',
    programs: { 'kube-score': 'github.com/zegl/kube-score/cmd/kube-score' },
  },
  actionlint: {
    module: 'actionlint',
    programs: { actionlint: 'github.com/rhysd/actionlint/cmd/actionlint' },
  },
  // A registry of OCI artifacts, as charts are pushed to and installed from.
  registry: { module: 'registry', programs: { registry: './registry' } },
} satisfies Record<string, Recipe>

export type RecipeName = keyof typeof recipes

/** The name of the copy of a release's manifests, beside its programs. */
export const manifestsFile = 'manifests.yaml'
