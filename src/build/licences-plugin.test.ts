import { expect, it } from 'vitest'
import { shippedPackages } from './licences-plugin.ts'

it('names each package once, by the innermost folder, with what the bundler and the icons stand for', () => {
  expect(
    shippedPackages([
      '/work/src/main.ts',
      '/work/node_modules/svelte/src/index-client.js',
      '/work/node_modules/svelte/src/internal/client/index.js',
      '/work/node_modules/a/node_modules/@scope/b/dist/b.js',
      '\0virtual:icon/flag',
      '\0vite/preload-helper.js',
      '\0rolldown/runtime.js',
      '\0virtual:licences',
    ]),
  ).toEqual(['@scope/b', 'lucide-static', 'rolldown', 'svelte', 'vite'])
})
