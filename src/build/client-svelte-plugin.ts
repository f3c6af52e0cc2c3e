import type { Plugin } from 'vite'

const hydration = /\/svelte\/src\/internal\/client\/dom\/hydration\.js$/

/**
 * Svelte guards its code for server-rendered pages with a variable, so that a bundler may leave that code out; but its
 * boundaries assign it, hydration or not. Nothing of ours is rendered by a server, so here the variable is a constant and
 * the minifier drops what stands behind it. A Svelte that no longer reads like this fails the build rather than growing.
 */
export function clientSveltePlugin(): Plugin {
  return {
    name: 'postern:client-svelte',
    apply: 'build',
    transform(code, id) {
      if (!hydration.test(id)) return null
      const without = replaced(code, '\thydrating = value;\n', '\n')
      // every line stays on its number
      return { code: replaced(without, 'export let hydrating = false', 'export const hydrating = false'), map: null }
    },
  }
}

function replaced(code: string, from: string, to: string): string {
  if (code.split(from).length !== 2)
    throw new Error(`Svelte's hydration.js does not hold ${JSON.stringify(from)} once.`)
  return code.replace(from, to)
}
