import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { parseSync } from 'vite'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { leanPurify, leanPurifyPlugin } from '../build/lean-purify-plugin.ts'
import type { LetterParser } from './sanitiser.ts'

const root = join(import.meta.dirname, '../..')
const library = readFileSync(join(root, 'node_modules/dompurify/dist/purify.es.mjs'), 'utf8')
const lean = leanPurify(library)

function transformed(code: string, id: string): unknown {
  const { transform } = leanPurifyPlugin()
  if (typeof transform !== 'function') throw new Error('the plugin has no transform')
  return transform.call({} as never, code, id)
}

/** Our own parser, with this text in place of the library. */
async function parserWith(text: string): Promise<LetterParser> {
  vi.resetModules()
  vi.doMock('dompurify', () => import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`))
  const { createParser } = await import('./sanitiser.ts')
  return createParser(window)
}

afterAll(() => {
  vi.doUnmock('dompurify')
})

describe('a lean DOMPurify', () => {
  it('is a module still, with every line on its number', () => {
    expect(lean.length).toBeLessThan(library.length - 8000)
    expect(lean.split('\n')).toHaveLength(library.split('\n').length)
    expect(parseSync('lean.js', lean).errors).toEqual([])
  })

  it('makes the same of every hostile letter as the whole one', async () => {
    const folder = join(root, 'tests/fixtures/hostile')
    const files = readdirSync(folder).filter((name) => name.endsWith('.eml'))
    const parse = (name: string): Promise<Email> =>
      PostalMime.parse(readFileSync(join(folder, name)), { maxNestingDepth: 100_000 })
    const letters = await Promise.all(files.map(parse))
    // What is there to exhaust a parser takes jsdom minutes, and holds nothing else.
    const htmls = letters.flatMap(({ html }) => (html && html.length < 20_000 ? html : []))
    expect(htmls.length).toBeGreaterThan(150)
    const whole = await parserWith(library)
    const expected = htmls.map((html) => whole.sanitise(html).outerHTML)
    const cut = await parserWith(lean)
    expect(htmls.map((html) => cut.sanitise(html).outerHTML)).toEqual(expected)
  }, 30_000)

  it('allows nothing to a caller without a list', async () => {
    const { default: purify } = (await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(lean)}`
    )) as typeof import('dompurify')
    const html = purify(window).sanitize('<p onclick="x()" class="a">text<img src="https://a.example/"></p>', {
      RETURN_DOM: true,
    })
    expect(html.textContent).toBe('text')
    expect(html.childNodes).toHaveLength(1)
  })

  it('is refused where DOMPurify reads otherwise, or where it is called otherwise', () => {
    expect(() => leanPurify('export default 1')).toThrow('DOMPurify')
    const ours =
      "import createDOMPurify from 'dompurify'\nconst config = { ALLOWED_TAGS: [], ALLOWED_ATTR: [], RETURN_DOM: true, }\n"
    expect(transformed(ours, '/x/src/render/sanitiser.ts')).toBeNull()
    expect(() => transformed(ours, '/x/src/ui/thread/Letter.svelte')).toThrow('one caller')
    expect(() => transformed(ours.replace('ALLOWED_ATTR', 'ADD_ATTR'), '/x/src/render/sanitiser.ts')).toThrow('list')
    expect(() => transformed(ours + '({ IN_PLACE: true })', '/x/src/render/sanitiser.ts')).toThrow('IN_PLACE')
  })
})
