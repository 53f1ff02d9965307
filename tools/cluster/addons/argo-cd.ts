import { randomBytes } from 'node:crypto'
import { chmod, copyFile, mkdir, rm, symlink } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { apply, served } from '../control-plane/kubectl.ts'
import { applyManifests, type Manifest } from '../control-plane/manifests.ts'
import { stateFolder } from '../sandbox/sandbox.ts'
import { addOn, type Site } from './addon.ts'

const namespace = 'argocd'
const folder = join(stateFolder, 'argo-cd')
/** What its repo server runs, by the names that it knows. */
const programs = join(folder, 'bin')
/** Ports of the sandbox's own, where nothing else listens. */
const ports = { redis: 8200, repoServer: 8201, repoMetrics: 8202, metrics: 8203, sets: 8204, probe: 8205 }
const password = randomBytes(16).toString('hex')
const crds = ['applications', 'applicationsets', 'appprojects'].map((name) => `${name}.argoproj.io`)

/**
 * Argo CD without its API server and its web pages: the application controller, the repo server and the ApplicationSet
 * controller, each the one program by another name, and their Redis. Its objects and rights are those that its own
 * `install.yaml` makes; Helm is the version that its image has.
 */
export const argoCD = addOn({
  name: 'Argo CD',
  programs: ['argo-cd', 'helm-4'],
  async start(site) {
    const { kubectl, kubeconfigFor } = site.controlPlane
    await rm(folder, { recursive: true, force: true }) // Of a cluster before, in the same sandbox.
    await apply(kubectl, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }])
    await Promise.all([applyManifests(kubectl, site.folders['argo-cd'], inNamespace), writePrograms(site)])
    const [controller, sets] = await Promise.all([
      kubeconfigFor('argocd-application-controller', namespace),
      kubeconfigFor('argocd-applicationset-controller', namespace),
      served({ kubectl, until: site.processes.until }, crds),
    ])
    await apply(kubectl, whatItsServerMakes)
    startRedis(site)
    startRepoServer(site)
    startController(site, controller)
    startApplicationSets(site, sets)
  },
  async ready({ processes }) {
    const answers = (port: number, path: string) => async () =>
      (await fetch(`http://127.0.0.1:${port}${path}`)).ok || undefined
    await Promise.all([
      processes.until('the repo server is ready', answers(ports.repoMetrics, '/healthz'), {
        of: [repoServer],
      }),
      processes.until('the controller is ready', answers(ports.metrics, '/healthz'), {
        of: [controllerName],
      }),
      // Its own probe answers nothing: no check is registered there.
      processes.until('ApplicationSets are served', answers(ports.sets, '/metrics'), { of: [setsName] }),
    ])
  },
})

// --- utils ---

const repoServer = 'argocd-repo-server'
const controllerName = 'argocd-application-controller'
const setsName = 'argocd-applicationset-controller'

/** Its manifests name no namespace: one says it to kubectl. */
const inNamespace = (object: Manifest): object =>
  /^(ClusterRole|ClusterRoleBinding|CustomResourceDefinition)$/.test(object.kind)
    ? object
    : { ...object, metadata: { ...object.metadata, namespace } }

/** Helm, and scripts of its own, of which a Go module says no longer that they can be run. */
async function writePrograms({ folders }: Site<'argo-cd' | 'helm-4'>): Promise<void> {
  await mkdir(programs, { recursive: true })
  await symlink(join(folders['helm-4'], 'helm'), join(programs, 'helm'))
  for (const script of ['git-verify-wrapper.sh', 'gpg-wrapper.sh']) {
    await copyFile(join(folders['argo-cd'], 'hack', script), join(programs, script))
    await chmod(join(programs, script), 0o755)
  }
}

/** What Argo CD's API server makes when it starts for the first time. Without the key, settings that change are but half taken up. */
const whatItsServerMakes = [
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'argocd-secret', namespace },
    stringData: { 'server.secretkey': randomBytes(32).toString('base64') },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'default', namespace },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ namespace: '*', server: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  },
]

function startRedis({ processes }: Site<'argo-cd'>): void {
  const options = ['--port', `${ports.redis}`, '--bind', '127.0.0.1', '--requirepass', password, '--save', '']
  processes.start('argocd-redis', ['redis-server', ...options])
}

/** Starts the program as that component of it. */
function startAs(
  component: string,
  { processes, folders }: Site<'argo-cd'>,
  options: readonly string[],
  env: Record<string, string> = {},
): void {
  processes.start(component, [join(folders['argo-cd'], 'argocd'), ...options], {
    env: {
      ARGOCD_BINARY_NAME: component,
      ARGOCD_GPG_ENABLED: 'false',
      REDIS_PASSWORD: password,
      PATH: [programs, process.env.PATH].join(delimiter),
      ...env,
    },
  })
}

const redis = `--redis=127.0.0.1:${ports.redis}`

const startRepoServer = (site: Site<'argo-cd'>): void =>
  startAs(repoServer, site, [
    redis,
    `--port=${ports.repoServer}`,
    `--metrics-port=${ports.repoMetrics}`,
    '--disable-tls',
    '--client-ca-path=',
  ])

/** How the controllers find the repo server, and the API server: by what a pod would find it by, the kubeconfig. */
const ofControllers = (kubeconfig: string) => ({
  options: [`--kubeconfig=${kubeconfig}`, `--namespace=${namespace}`],
  env: { KUBECONFIG: kubeconfig, ARGOCD_FAKE_IN_CLUSTER: 'true' },
})

function startController(site: Site<'argo-cd'>, kubeconfig: string): void {
  const { options, env } = ofControllers(kubeconfig)
  startAs(
    controllerName,
    site,
    [
      ...options,
      redis,
      `--repo-server=127.0.0.1:${ports.repoServer}`,
      '--repo-server-plaintext',
      `--metrics-port=${ports.metrics}`,
      '--app-resync=86400', // It looks when a thing changes or it is asked, not by the clock: one knows why it looked.
    ],
    env,
  )
}

function startApplicationSets(site: Site<'argo-cd'>, kubeconfig: string): void {
  const { options, env } = ofControllers(kubeconfig)
  startAs(
    setsName,
    site,
    [
      ...options,
      `--argocd-repo-server=127.0.0.1:${ports.repoServer}`,
      '--repo-server-plaintext',
      `--metrics-addr=127.0.0.1:${ports.sets}`,
      `--probe-addr=127.0.0.1:${ports.probe}`,
      '--webhook-addr=127.0.0.1:0',
    ],
    env,
  )
}
