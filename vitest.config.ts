import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Loading the code, the SDK's clients and the incidents anew for each file took a third of all processor time. A
    // file therefore leaves behind nothing that another could see: no environment variable, no nock, no timer.
    isolate: false,
    // One more than the cores in CI: the bot waits by its own rates and queries are looked at again and again, so that
    // one of the three mostly waits.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
