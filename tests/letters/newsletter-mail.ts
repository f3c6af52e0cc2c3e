/**
 * The newsletters of `tests/fixtures/newsletters` as mail: each a `multipart/related` with the pictures that it names. A
 * picture is drawn by its name: `cid:WIDTHxHEIGHT-COLOUR-WHAT`.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { encodePng } from '../../src/build/png.ts'

const folder = join(import.meta.dirname, '../fixtures/newsletters')
const pictureName = /cid:((\d+)x(\d+)-([\da-f]{6})-\w+)/g

export interface Newsletter {
  readonly name: string
  readonly html: string
  /** Names of its pictures. */
  readonly pictures: readonly string[]
}

export function readNewsletters(): readonly Newsletter[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.html'))
    .sort()
    .map((file) => {
      const html = readFileSync(join(folder, file), 'utf8')
      const pictures = [...new Set([...html.matchAll(pictureName)].map(([, name = '']) => name))]
      return { name: basename(file, '.html'), html, pictures }
    })
}

/** A plain area with a lighter band across, so that a picture that is moved or stretched differs. */
export function drawPicture(name: string): Buffer {
  const [, , width = '1', height = '1', colour = '000000'] = [...`cid:${name}`.matchAll(pictureName)][0] ?? []
  const [w, h] = [Number(width), Number(height)]
  const rgb = [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const rgba = new Uint8Array(w * h * 4)
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const isBand = (x + y) % 48 < 12
      const pixel = rgb.map((channel) => (isBand ? channel + (255 - channel) * 0.4 : channel))
      rgba.set([...pixel, 255], (y * w + x) * 4)
    }
  }
  return encodePng(w, h, rgba)
}

/** Writes letters into a folder of their own, in their order, and answers where it is. */
export function writeMailFolder(letters: readonly { readonly name: string; readonly raw: string }[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'postern-letters-'))
  mkdirSync(directory, { recursive: true })
  for (const { name, raw } of letters) writeFileSync(join(directory, `${name}.eml`), raw)
  return directory
}

/** Names of the letters that it answers, the first one first. */
interface Head {
  readonly subject?: string
  readonly references?: readonly string[]
}

export function asMail({ name, html, pictures }: Newsletter, { subject = name, references = [] }: Head = {}): string {
  const parts = pictures.map((picture) => [
    '--related',
    'Content-Type: image/png',
    `Content-ID: <${picture}>`,
    'Content-Disposition: inline',
    'Content-Transfer-Encoding: base64',
    '',
    ...(drawPicture(picture)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
  ])
  return [
    `From: Newsletter <news@${name}.example>`,
    'To: Mara Lindqvist <mara@lindqvist.example>',
    `Subject: ${subject}`,
    `Message-ID: <${name}@news.example>`,
    ...(references.length > 0
      ? [`In-Reply-To: <${references.at(-1) ?? ''}>`, `References: ${references.map((id) => `<${id}>`).join('\r\n ')}`]
      : []),
    'Date: Mon, 2 Mar 2026 08:00:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary=related; type="text/html"',
    '',
    '--related',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(html)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    ...parts.flat(),
    '--related--',
    '',
  ].join('\r\n')
}
