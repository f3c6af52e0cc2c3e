import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte()],
  build: {
    target: ['es2022', 'safari16.4'],
    sourcemap: true,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'demo/**/*.test.ts', 'tests/{sync,contract,jmap,replica}/**/*.test.ts'],
          exclude: ['src/**/*.svelte.test.ts', 'src/{ui,state,render}/**'],
        },
      },
      {
        extends: true,
        plugins: [svelteTesting()],
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['src/**/*.svelte.test.ts', 'src/{ui,state,render}/**/*.test.ts'],
          setupFiles: ['tests/support/dom-setup.ts'],
        },
      },
    ],
  },
})
