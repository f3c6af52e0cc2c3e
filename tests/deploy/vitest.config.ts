import { defineConfig } from 'vitest/config'

/** What stands on programs of the machine: Caddy, Traefik, other shells. tests/run.ts sees that they are here. */
export default defineConfig({
  test: { name: 'deploy', include: ['tests/deploy/**/*.test.ts'], testTimeout: 30_000, fileParallelism: false },
})
