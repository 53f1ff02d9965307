import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/{schema,render,rules,docs,tools}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
})
