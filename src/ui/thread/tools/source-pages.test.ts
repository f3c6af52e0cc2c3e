import { expect, it } from 'vitest'
import { SourcePages } from './source-pages.ts'

const read = async (pages: SourcePages): Promise<string> => {
  let text = ''
  do text += (await pages.next()).join('')
  while (pages.left > 0)
  return text
}

it('gives the whole source, also where a character lies across two pages', async () => {
  const text = 'ä'.repeat(200_000) + '\nend'
  const pages = new SourcePages(new Blob([`x${text}`]))
  expect(await read(pages)).toBe(`x${text}`)
})

it('breaks pieces at lines, and a line without end where it must', async () => {
  const lines = `${'word '.repeat(20)}\n`.repeat(400)
  const found = await new SourcePages(new Blob([lines])).next()
  expect(found.length).toBeGreaterThan(2)
  expect(found.slice(0, -1).every((piece) => piece.endsWith('\n') && piece.length <= 16_001)).toBe(true)
  expect((await new SourcePages(new Blob(['a'.repeat(40_000)])).next()).join('')).toHaveLength(40_000)
})

it('marks what turns, hides or ends text, and keeps tabs and lines', async () => {
  const source = 'Subject: \u202Egpj.exe\u0000\tok\r\nnext'
  expect(await read(new SourcePages(new Blob([source])))).toBe('Subject: ‹202E›gpj.exe‹0000›\tok\nnext')
})
