import type { Letter } from '../letter.ts'

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  zwnj: '',
  '#39': "'",
}

/** The line that a server shows of a letter (RFC 8621 §4.1.4), without making its MIME. */
export function previewOf(letter: Letter): string {
  const text = letter.text ?? htmlToText(letter.html ?? '')
  const own = text.replace(/^>.*$/gm, ' ')
  return own.replace(/\s+/g, ' ').trim().slice(0, 255)
}

function htmlToText(html: string): string {
  return html
    .replace(/<(style|title|head)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&([a-z]+|#39);/gi, (all, name: string) => named[name] ?? all)
}
