import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Loading the code, the SDK's clients and the incidents anew for each file took a third of all processor time. A
    // file therefore leaves behind nothing that another could see: no environment variable, no nock, no timer.
    isolate: false,
    // Two cores in CI: end-to-end files start a bot and a browser each, so more workers only make them slow.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
