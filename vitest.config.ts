import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,contract,conformance,pipeline,batch}/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 30_000,
  },
});
