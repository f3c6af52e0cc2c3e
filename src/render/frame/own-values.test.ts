import { expect, test } from 'vitest'
import { ownSelector, ownValue } from './own-values.ts'

test.each([
  ['id', 'parent', 'm-parent'],
  ['name', 'top', 'm-top'],
  ['headers', 'a  b', 'm-a  m-b'],
  ['class', 'top', 'top'],
  ['href', '#part', '#m-part'],
  ['href', 'https://host.example/#part', 'about:blank#https://host.example/#part'],
  ['href', 'mailto:a@host.example', 'about:blank#mailto:a@host.example'],
])('%s="%s" is %s', (name, value, own) => {
  expect(ownValue(name, value)).toBe(own)
})

test.each([
  ['p', 'p'],
  ['#one, td > #two.three:hover', '#m-one, td > #m-two.three:hover'],
  ['[id="one"] #two [class~="z"]', '[id="m-one"] #m-two [class~="z"]'],
  ['[id^="MessageView"], [id$="Body"]', '[id^="m-MessageView"], [id$="Body"]'],
  ['a[href^="tel"], a[href*="#x"], a[href="#x"]', 'a[href^="about:blank#tel"], a[href*="#x"], a[href="#m-x"]'],
  ['[title="#"] #a', '[title="#"] #m-a'],
])('%s is %s', (selector, own) => {
  expect(ownSelector(selector)).toBe(own)
})
