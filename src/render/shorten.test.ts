import { describe, expect, it } from 'vitest'
import { shorten } from './shorten.ts'

const limits = { htmlLength: 200, tags: 30, depth: 3 }

describe('shorten', () => {
  it.each([
    ['what is short', '<p>One <b>two</b>', '<p>One <b>two</b>'],
    ['its length', 'a'.repeat(300), 'a'.repeat(200)],
    ['tags', '<b>x</b>'.repeat(20), '<b>x</b>'.repeat(14) + '<b>x'],
    ['elements in one another', '<div><DIV>a<i><b>deep</b></i></div>', '<div><DIV>a<i>'],
    ['ends that were never begun', '</i></i><b><i><u>x<s>y', '</i></i><b><i><u>x'],
    ['what never holds anything', '<br><img><hr>'.repeat(5), '<br><img><hr>'.repeat(5)],
    ['elements that end themselves', '<ul>' + '<li>a'.repeat(10), '<ul>' + '<li>a'.repeat(10)],
    ['rows of a table', '<table>' + '<tr><td>x'.repeat(9), '<table>' + '<tr><td>x'.repeat(9)],
    ['rows in a drawing, which do not end themselves', '<svg><tr><tr><tr><tr>', '<svg><tr><tr>'],
  ])('%s', (_name, html, kept) => {
    expect(shorten(html, limits)).toBe(kept)
  })
})
