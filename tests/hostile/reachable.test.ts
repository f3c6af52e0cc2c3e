import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { reachable } from './reachable.ts'

const made: string[] = []
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true })
})

function moved(mail: string): { text: string; changed: number } {
  const corpus = mkdtempSync(join(tmpdir(), 'reachable-'))
  writeFileSync(join(corpus, 'a.eml'), mail, 'latin1')
  const { directory, changed } = reachable(corpus)
  made.push(corpus, directory)
  return { text: readFileSync(join(directory, 'a.eml'), 'latin1'), changed }
}

it('moves canaries in plain bodies, and no other port', () => {
  const { text, changed } = moved('Subject: x\r\n\r\nhttp://127.0.0.1:9/a http://127.0.0.1:90/b')
  expect(text).toContain('http://127.0.0.1:8/a http://127.0.0.1:90/b')
  expect(changed).toBe(1)
})

it('moves them in base64, and leaves what stands around it', () => {
  const body = `<img src="http://127.0.0.1:9/${'x'.repeat(90)}.png">`
  const encoded = Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n')
  const { text } = moved(
    `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n` +
      `Content-Transfer-Encoding: base64\r\n\r\n${encoded}\r\n--b--\r\n`,
  )
  const [, found = ''] = /base64\r\n\r\n([^-]+)\r\n--b--/.exec(text) ?? []
  expect(Buffer.from(found, 'base64').toString()).toBe(body.replace(':9/', ':8/'))
})

it('leaves a mail without canaries as it is', () => {
  const mail = 'Content-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n'
  expect(moved(mail)).toEqual({ text: mail, changed: 0 })
})
