import { expect, it } from 'vitest'
import { readPdfReport } from './pdf-messages.ts'

it.each([
  [
    { t: 'opened', pages: 12, shown: 12, more: 1 },
    { t: 'opened', pages: 12, shown: 12 },
  ],
  [
    { t: 'at', page: 3 },
    { t: 'at', page: 3 },
  ],
  [{ t: 'drawn' }, { t: 'drawn' }],
  [{ t: 'lacking' }, { t: 'lacking' }],
  [
    { t: 'unreadable', problem: 'password' },
    { t: 'unreadable', problem: 'password' },
  ],
  [
    { t: 'unreadable', problem: '<b>' },
    { t: 'unreadable', problem: 'broken' },
  ],
])('%j', (given, read) => {
  expect(readPdfReport(given)).toEqual(read)
})

it.each([
  null,
  'opened',
  { t: 'opened', pages: 1e9, shown: 1 },
  { t: 'opened', pages: '3', shown: 1 },
  { t: 'at', page: 0 },
  { t: 'at', page: 1.5 },
  { t: 'at', page: NaN },
  { t: 'hello' },
])('%j says nothing of a document', (given) => {
  expect(readPdfReport(given)).toBeNull()
})
