import fc from 'fast-check'
import { expect, it } from 'vitest'
import { safeFileName } from './safe-file-name.ts'

it.each([
  ['report.pdf', 'report.pdf'],
  ['Ihre Rechnung – November.pdf', 'Ihre Rechnung – November.pdf'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['C:\\Windows\\x.exe', 'C__Windows_x.exe'],
  ['photo\u202egpj.exe', 'photogpj.exe'],
  ['a\u0000b\r\n.txt', 'ab.txt'],
  ['invoice.pdf\u200b.exe', 'invoice.pdf.exe'],
  ['x.exe. . ', 'x.exe'],
  ['.htaccess', 'htaccess'],
  ['CON', '_CON'],
  ['nul.txt', '_nul.txt'],
  ['com1 .txt', '_com1 .txt'],
  ['invoice.pdf\u2800\u2800\u034f.exe', 'invoice.pdf.exe'],
  ['console.log', 'console.log'],
  ['x.html?accept=text/html#', 'x.html_accept=text_html#'],
  ['a%2fb', 'a_2fb'],
  ['e\u0301.txt', 'é.txt'],
])('%j becomes %j', (given, expected) => {
  expect(safeFileName(given)).toBe(expected)
})

it.each([
  [null, 'application/pdf', 'attachment.pdf'],
  ['', 'text/plain', 'attachment.txt'],
  [' ... ', 'constructor', 'attachment'],
  ['\u202e', 'APPLICATION/PDF', 'attachment.pdf'],
])('%j of type %s is called %s', (name, type, expected) => {
  expect(safeFileName(name, type)).toBe(expected)
})

it('keeps the extension of a name that is too long, and cuts no letter in two', () => {
  const name = safeFileName('👩‍🚀é漢'.repeat(100) + '.docx')
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200)
  expect(name.endsWith('.docx')).toBe(true)
  expect(name.isWellFormed()).toBe(true)
})

it('is safe whatever comes', { timeout: 30_000 }, () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 250 }),
    fc.string({ unit: 'grapheme', maxLength: 250 }),
  )
  fc.assert(
    fc.property(anything, fc.string(), (given, type) => {
      const name = safeFileName(given, type)
      expect(name).not.toMatch(/[/\\:*?"<>|\p{Cc}\p{Cf}]|^[.\s]|[.\s]$/u)
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(201)
      expect(name.length).toBeGreaterThan(0)
      expect(safeFileName(name)).toBe(name)
    }),
  )
})
