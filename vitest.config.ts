import { defineConfig } from 'vitest/config'

/** These write `dist`: one after the other. */
const packing = ['test/tools/package.test.ts', 'test/tools/release/release.test.ts']
const patient = { testTimeout: 120_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/{schema,chart,docs,tools}/**/*.test.ts'],
          exclude: packing,
          ...patient,
          // What tests of one file ask at once goes to few runs of Helm: test/company.ts.
          maxConcurrency: 10_000,
        },
      },
      { test: { name: 'packing', include: packing, fileParallelism: false, ...patient } },
      {
        // Values made from the schema: minutes, not seconds.
        test: { name: 'generated', include: ['test/generated/**/*.test.ts'] },
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
          ...patient,
        },
      },
    ],
  },
})
