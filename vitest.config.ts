import { defineConfig } from 'vitest/config'

/**
 * What starts processes of its own that take a second: a release, the command as it is in one, the commands over files,
 * which ask Helm and kubectl for each, an editor.
 */
const processes = [
  'chart/company',
  'docs/examples',
  'schema/editor',
  ...['bench/render', 'cli', 'colors', 'commands/*', 'files-in-processes', 'package', 'release/release'].map(
    (name) => `tools/${name}`,
  ),
].map((name) => `test/${name}.test.ts`)
/** Properties that try a part of their samples in npm test. */
const sampled = [
  ...['arguments', 'cidr', 'controller-settings', 'gateways', 'ingress-route', 'of-classes', 'policies'],
  ...['requests', 'restraints', 'traefik-service'],
]
  .map((name) => `doors/${name}`)
  .concat('resolve/resolve')
  .map((name) => `test/tools/${name}.test.ts`)
const patient = { testTimeout: 120_000, hookTimeout: 120_000 }
/** What is asked of Helm at the same time is asked in few runs of it: test/company. */
const inCompany = {
  globalSetup: 'test/company/chart.ts',
  setupFiles: 'test/company/setup.ts',
  isolate: false, // Its files mock that alone, so they share what they have loaded, read and asked.
  maxConcurrency: 10_000,
  // Most of a worker's code runs a few times: optimized as early as is usual, a third of its processor time goes to that.
  execArgv: ['--interrupt-budget=1000000'],
  ...patient,
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          // One project: a worker serves one alone, and would load and compile all that both share again.
          name: 'chart-and-tools',
          include: ['test/{schema,chart,docs,tools}/**/*.test.ts'],
          exclude: processes,
          ...inCompany,
        },
      },
      {
        test: {
          name: 'processes',
          include: processes,
          ...inCompany,
          globalSetup: [inCompany.globalSetup, 'test/tools/release/made.ts'],
        },
      },
      {
        // Values made from the schema: minutes, not seconds. And all samples of what npm test tries a part of.
        test: {
          name: 'generated',
          include: ['test/generated/**/*.test.ts', ...sampled],
          env: { ALL_SAMPLES: 'true' },
          ...patient,
        },
      },
      {
        // Each line of the templates that holds a door, taken out: by hand, before a release.
        test: { name: 'mutation', include: ['test/mutation/**/*.test.ts'] },
      },
      {
        test: {
          name: 'machine',
          include: ['test/machine/**/*.test.ts'],
          // It may be the first to fetch or build the programs, in a hook, too.
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // One cluster for all of them: see test/e2e/cluster.ts.
          fileParallelism: false,
          isolate: false,
          // Longer than what it waits for may take: who waits says more of what has not come.
          testTimeout: 400_000,
          hookTimeout: 400_000,
        },
      },
    ],
  },
})
