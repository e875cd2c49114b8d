import { defineConfig } from '@playwright/test';

// One at a time: each test opens a real window with its own engine and workers.
export default defineConfig({
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  outputDir: '.cache/test-results/playwright',
  reporter: 'list',
  projects: [
    { name: 'e2e', testDir: 'test/e2e', testMatch: '*.spec.ts' },
    { name: 'package', testDir: 'test/package', testMatch: '*.spec.ts' },
  ],
});
