/** Check S21: of every spoofing mail of the corpus, what the pure functions say of its links and its sender. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseMail, readCorpus, type HostileMail } from '../../../../tests/hostile/corpus.ts'
import { senderWarning } from './sender-warning.ts'
import { deceptionOf, parseShownLink } from '../../../render/links.ts'
import { createParser } from '../../../render/sanitiser.ts'
import { prepareLetter } from '../../../render/prepare-letter.ts'
import type { LetterOp } from '../../../render/letter.ts'

const directory = join(import.meta.dirname, '../../../../tests/fixtures/hostile')
let mails: readonly HostileMail[]
beforeAll(async () => {
  mails = (await readCorpus(directory)).filter(({ category }) => category === 'spoof' || category === 'header')
})

/** The links of a prepared letter with their words. */
function linksIn(ops: readonly LetterOp[]): { href: string; text: string }[] {
  const links: { href: string; text: string }[] = []
  const open: ({ href: string; text: string } | null)[] = []
  for (const op of ops) {
    if (op === 0) open.pop()
    else if (typeof op === 'string') {
      for (const link of open) if (link) link.text += op
    } else {
      const at = op[1].findIndex((name, index) => index % 2 === 0 && name === 'href')
      const link = op[0] === 'a' && at >= 0 ? { href: op[1][at + 1] ?? '', text: '' } : null
      if (link) links.push(link)
      open.push(link)
    }
  }
  return links
}

const ofMail = async (id: string) => {
  const mail = mails.find((one) => one.id === id)!
  const { html } = await parseMail(directory, mail)
  return linksIn(prepareLetter({ html: html ?? '' }, createParser(window)).ops)
}

describe('links of the corpus', () => {
  it('each have a real host to be shown, or go nowhere', async () => {
    let count = 0
    for (const { id } of mails) {
      for (const { href, text } of await ofMail(id)) {
        const target = parseShownLink(href, text)
        if (target === null) continue
        count++
        expect(target.display, `${id} ${href}`).not.toBe('')
        if (target.scheme.startsWith('http'))
          expect(target.punycode ?? target.display, `${id} ${href}`).toContain(new URL(target.href).hostname)
      }
    }
    expect(count).toBeGreaterThanOrEqual(8)
  })

  it.each([
    ['h352', ['text-differs']],
    ['h353', ['userinfo', 'userinfo']],
    ['h355', ['bidi']],
    ['h356', ['look-alike']],
  ])('%s asks before it opens: %s', async (id, deceptions) => {
    const links = await ofMail(id)
    expect(links.map(({ href, text }) => deceptionOf(parseShownLink(href, text)!))).toEqual(deceptions)
  })
})

describe('senders of the corpus', () => {
  it.each([
    ['h252', 'name'],
    ['h255', 'name'],
    ['h256', 'script'],
  ])('%s is told of: %s', (id, kind) => {
    const file = mails.find((one) => one.id === id)!.file
    const [, written = '', email = ''] = /^From: (.*) <(.*)>$/m.exec(readFileSync(join(directory, file), 'utf8')) ?? []
    const name = written.replace(/=\?utf-8\?B\?(.*?)\?=/g, (_, word: string) => Buffer.from(word, 'base64').toString())
    expect(senderWarning([{ name, email }])?.kind).toBe(kind)
  })
})
