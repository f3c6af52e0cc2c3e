// @vitest-environment node
import { expect, it } from 'vitest'
import { fileKind } from '../file-kind.ts'
import { previewKind } from './preview-kind.ts'
import type { BlobId } from '../../../jmap/types.ts'

const blobId = 'b' as BlobId

it.each([
  ['image/jpeg', 'x', 'picture'],
  ['image/svg+xml', 'x.svg', null],
  ['application/octet-stream', 'Photo.JPG', 'picture'],
  // what Windows calls a table of commas
  ['application/vnd.ms-excel', 'list.csv', 'text'],
  ['application/vnd.ms-excel', 'list.xls', null],
  ['application/pgp-keys', 'key.asc', 'text'],
  ['text/calendar', 'invite.ics', null],
  ['text/html', 'page.html', null],
  ['application/octet-stream', 'WINMAIL.DAT', 'folder'],
  ['application/x-zip-compressed', 'all', 'folder'],
  ['message/rfc822', null, 'message'],
  ['', 'noname', null],
])('%s named %s is looked at as: %s', (type, name, kind) => {
  expect(previewKind({ type, name, blobId }, 0)).toBe(kind)
})

it('ends with letters and files that stand too deep in others, and with what has no bytes', () => {
  expect(previewKind({ type: 'message/rfc822', name: 'a.eml', blobId }, 5)).toBeNull()
  expect(previewKind({ type: 'text/plain', name: 'a.txt', blobId }, 5)).toBe('text')
  expect(previewKind({ type: 'text/plain', name: 'a.txt', blobId: null }, 0)).toBeNull()
})

it.each([
  ['report.pdf', 'application/octet-stream', 'PDF'],
  ['attachment', 'image/x-unheard', 'IMG'],
  ['attachment', 'application/octet-stream', ''],
  ['site.webarchive', 'application/x-webarchive', ''],
  ['attachment', 'constructor/x', ''],
])('%s of type %s has the word "%s"', (name, type, word) => {
  expect(fileKind(name, type).word).toBe(word)
})
