import { compile } from 'svelte/compiler'
import { describe, expect, it } from 'vitest'
import { componentPlugin, shortClassNames } from './component-plugin.ts'

function built(source: string): string {
  const { js } = compile(source, { generate: 'client', runes: true, filename: 'src/ui/Some.svelte' })
  const { transform } = componentPlugin()
  if (typeof transform !== 'function') throw new Error('the plugin has no transform')
  return (transform.call({} as never, js.code, '/home/of/postern/src/ui/Some.svelte') as { code: string }).code
}

describe('compiled components', () => {
  it('lose what only slots and rendered pages need', () => {
    const code = built('<script>import Other from "./Other.svelte"</script><p>{name}</p><Other>{name}</Other>')
    expect(code).toContain('children:')
    expect(code).not.toContain('$$slots')
    expect(code).not.toMatch(/child\(p, true\)/)
  })

  it.each([
    '<script>let { open } = $props(); open = true</script>{open}',
    '<script>let { open = $bindable(1) } = $props()</script><input bind:value={open} />',
    '<script>let list = $state([])</script>{list}',
    '<p style="color: {colour}" style:top={y}></p>',
    '<script>const fade = () => ({})</script><p in:fade></p>',
    '{#each rows as row (row)}<p animate:move>{row}</p>{/each}',
    '<svelte:boundary></svelte:boundary>',
  ])('must not need what was left out of Svelte: %s', (source) => {
    expect(() => built(source)).toThrow('svelte-cuts.ts')
  })

  it('may have styles of one property, props and snippets', () => {
    expect(() => built('<script>let { y = 1 } = $props()</script><p style:top={y}></p>')).not.toThrow()
  })
})

describe('class names', () => {
  it('are the same wherever the sources lie, and fail when two components share one', () => {
    const name = shortClassNames()
    const hash = (): string => '1a2b3c'
    expect(name({ hash, filename: '/home/of/postern/src/ui/A.svelte' })).toBe('s1a2')
    expect(name({ hash, filename: 'src/ui/A.svelte' })).toBe('s1a2')
    expect(() => name({ hash, filename: 'src/ui/B.svelte' })).toThrow('src/ui/A.svelte and src/ui/B.svelte')
  })
})
