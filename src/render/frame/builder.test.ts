import { beforeEach, expect, test } from 'vitest'
import type { FrameOp } from './protocol.ts'
import { LetterBuilder } from './builder.ts'

function build(...ops: FrameOp[]): string {
  new LetterBuilder(document).build({
    t: 'render',
    id: '1',
    ops,
    styles: [],
    sheets: [],
    images: [],
    held: [],
    theme: null,
    dark: null,
    quoteLabels: ['2 quoted lines'],
  })
  return document.body.innerHTML
}

beforeEach(() => document.body.replaceChildren())

test('links are at rest, and what is not a link has no address', () => {
  expect(build(['a', ['href', 'https://host.example/a', 'id', 'top'], -1, -1], 'words', 0)).toBe(
    '<a href="about:blank#https://host.example/a" id="m-top">words</a>',
  )
  expect(build(['a', ['href', 'javascript:x'], -1, -1], 0, ['p', ['href', 'https://host.example/'], -1, -1], 0)).toBe(
    '<a></a><p></p>',
  )
})

test('the colour of links is no attribute of the body, where Firefox keeps it for the next letter', () => {
  build(['body', ['link', '#7a1f1f', 'bgcolor', '#fafad2'], -1, -1], 0)
  expect(document.body.getAttributeNames()).toEqual(['bgcolor'])
})

test('a place in the letter is found by its own link', () => {
  build(['a', ['href', '#part'], -1, -1], 0, ['a', ['name', 'part'], -1, -1], 0)
  const id = document.links[0]?.hash.slice(1) ?? ''
  expect(document.getElementsByName(id)).toHaveLength(1)
  expect(document.getElementById('part')).toBeNull()
})

test('a letter takes neither the names nor the marks of the frame', () => {
  build(
    ['p', ['id', 'parent', 'class', 'postern-quote', 'data-quote', '', 'data-fold', '', 'name', 'body'], -1, -1],
    0,
    ['postern:quote', ['lines', '2'], -1, -1],
    'quoted',
    0,
  )
  expect(document.querySelector('p')?.outerHTML).toBe('<p id="m-parent" class="postern-quote"></p>')
  expect([...document.querySelectorAll('[data-quote]')].map(({ localName }) => localName)).toEqual(['button'])
  expect(document.querySelector('[data-fold]')?.textContent).toBe('quoted')
})

test('a number opens the same again, with nothing of what the first holds', () => {
  const cell: FrameOp = ['p', ['id', 'x', 'onclick', 'y', 'align', 'right'], -1, -1]
  expect(build(cell, 'one', ['b', [], -1, -1], 'bold', 0, 0, 1, 'two', 2, 'again', 0, 0, 9, 'no such', 0)).toBe(
    '<p id="m-x" align="right">one<b>bold</b></p><p id="m-x" align="right">two<b>again</b></p>no such',
  )
})

test('pictures and quotes that open again are made anew', () => {
  const picture: FrameOp = ['img', ['alt', 'x'], -1, 0]
  expect(build(picture, 0, 1, 0, ['postern:quote', ['lines', '2'], -1, -1], 'a', 0, 2, 'b', 0)).toContain('…')
  expect(document.images).toHaveLength(2)
  expect(document.querySelectorAll('[data-fold]')).toHaveLength(2)
})
