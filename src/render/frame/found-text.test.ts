import { expect, it } from 'vitest'
import { findText } from './found-text.ts'

function body(html: string): HTMLElement {
  const root = document.createElement('div')
  root.append(document.createRange().createContextualFragment(html))
  document.body.replaceChildren(root)
  return root
}
const found = (html: string, needle: string): string[] => findText(body(html), needle).map((range) => range.toString())

it('finds words whatever their case, across the tags within a line', () => {
  expect(found('<p>The <b>Har</b>bour, the harbour</p>', 'HARBOUR')).toEqual(['Harbour', 'harbour'])
})

it('does not find across blocks, and takes any white space for a space', () => {
  expect(found('<p>one</p><p>two</p>', 'onetwo')).toEqual([])
  expect(found('<p>old\n   crane</p><p>old\u00a0crane</p>', 'old crane')).toEqual(['old\u00a0crane'])
})

it('keeps its places where a letter changes its length in lower case', () => {
  expect(found('<p>İstanbul and Ankara</p>', 'ankara')).toEqual(['Ankara'])
})

it('finds nothing for nothing, and stops somewhere', () => {
  expect(found('<p>words</p>', '  ')).toEqual([])
  expect(found(`<p>${'a '.repeat(3_000)}</p>`, 'a')).toHaveLength(1_000)
})
