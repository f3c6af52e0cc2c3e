import { expect, test } from 'vitest'
import type { LetterBody } from './frame/protocol.ts'
import type { LetterOp, LetterTree } from './letter.ts'
import { letterText, writeAhead } from './letter-text.ts'

const treeOf = (...ops: LetterOp[]): LetterTree => ({
  ops,
  styles: [],
  sheets: [],
  images: [],
  quirks: false,
  isTruncated: false,
  isDesigned: false,
  remoteImages: 0,
  quoteLines: [],
})

const cell = (): LetterOp => ['td', ['width', '20'], 3, -1]

test('what opens again is the number of the first; texts and closes stay', () => {
  const tree = treeOf(['tr', [], -1, -1], cell(), 'a', 0, cell(), 'a', 0, ['td', ['width', '21'], 3, -1], 0, 0)
  const { ops } = JSON.parse(letterText(tree)) as LetterBody
  expect(ops).toEqual([['tr', [], -1, -1], cell(), 'a', 0, 2, 'a', 0, ['td', ['width', '21'], 3, -1], 0, 0])
})

test('written ahead it is the same text, and is not kept', () => {
  const tree = treeOf(cell(), 0)
  const text = letterText(tree)
  writeAhead(tree)
  expect([letterText(tree), letterText(tree)]).toEqual([text, text])
})
