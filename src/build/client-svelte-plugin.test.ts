import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import { describe, expect, it } from 'vitest'
import { clientSveltePlugin } from './client-svelte-plugin.ts'
import { svelteCuts } from './svelte-cuts.ts'

const pathOf = (file: string): string =>
  fileURLToPath(new URL(`../../node_modules/svelte/src/${file}`, import.meta.url))

function transformed(code: string, id: string): { code: string } | null {
  const { transform } = clientSveltePlugin()
  if (typeof transform !== 'function') throw new Error('the plugin has no transform')
  return transform.call({} as never, code, id) as { code: string } | null
}

describe('cuts in Svelte', () => {
  it.each(Object.keys(svelteCuts))('leave %s a module, with every line on its number', (file) => {
    const code = readFileSync(pathOf(file), 'utf8')
    const left = transformed(code, pathOf(file))?.code ?? ''
    expect(left).not.toBe(code)
    expect(left.split('\n')).toHaveLength(code.split('\n').length)
    expect(parseSync('left.js', left).errors).toEqual([])
  })

  it('are refused where Svelte reads otherwise', () => {
    const file = 'internal/client/reactivity/async.js'
    expect(() => transformed('export function flatten() {}', pathOf(file))).toThrow(file)
  })

  it('touch nothing else', () => {
    expect(transformed('export {}', pathOf('internal/client/dom/css.js'))).toBeNull()
  })
})

describe('our sources', () => {
  it.each([
    'let open = $state(false)',
    'let { value = $bindable() } = $props()',
    '<svelte:boundary>',
    '<div {...rest}></div>',
    '{#each rows as row (row)}{#if row}{row}{:else}-{/if}{:else}nothing{/each}',
    "import { flushSync } from 'svelte'",
    "import { fade } from 'svelte/transition'",
  ])('must not use what was left out: %s', (code) => {
    expect(() => transformed(code, '/home/of/postern/src/ui/list/List.svelte')).toThrow('svelte-cuts.ts')
  })

  it('may use the rest', () => {
    const script = "import { tick, untrack } from 'svelte'\nlet open = $state.raw({ ...before })"
    const code = `${script}\n{#if open}{#each rows as row (row)}{row}{/each}{:else if after}{:else}-{/if}`
    expect(transformed(code, '/home/of/postern/src/ui/list/List.svelte')).toBeNull()
  })
})
