import { expect, it } from 'vitest'
import { parseMessage } from './parse-message.ts'
import type { BlobId } from '../../../jmap/types.ts'

const message = [
  'From: =?utf-8?q?J=C3=B6rg?= <joerg@remote.example>',
  'To: Team: a@x.example, b@x.example;',
  'Subject: Outer',
  'Date: Tue, 24 Nov 2026 10:00:00 +0100',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Words',
  '--b',
  'Content-Type: message/rfc822',
  '',
  'From: inner@remote.example',
  'Subject: Inner',
  '',
  'Inner words',
  '--b--',
  '',
].join('\r\n')

it('reads head, text and the letter within, which stays a file with bytes of its own', async () => {
  const parsed = await parseMessage(new Blob([message]), 'm')
  expect(parsed.from).toEqual([{ name: 'Jörg', email: 'joerg@remote.example' }])
  expect(parsed.to.map(({ email }) => email)).toEqual(['a@x.example', 'b@x.example'])
  expect(parsed.subject).toBe('Outer')
  expect(parsed.body.bodyValues['text']?.value.trim()).toBe('Words')
  const [inner] = parsed.body.attachments
  expect(inner?.type).toBe('message/rfc822')
  const bytes = await parsed.port.fetchBlob({ blobId: inner!.blobId as BlobId, type: '', name: '' })
  const again = await parseMessage(bytes, 'm/0')
  expect(again.subject).toBe('Inner')
  expect(again.body.bodyValues['text']?.value).toContain('Inner words')
})

it('makes something of what is no message', async () => {
  const parsed = await parseMessage(new Blob(['\u0000\u0001 nothing']), 'm')
  expect(parsed.from).toEqual([])
  expect(parsed.subject).toBeNull()
})
