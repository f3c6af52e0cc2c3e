/** How replies carry what they answer. */
import type { Person } from './letter.ts'
import { quoteDate } from './moments.ts'

interface Quoted {
  readonly from: Person
  readonly at: number
  readonly text: string
}

/** A reply above the quoted text, as most programs do it. */
export function replyText(own: string, { from, at, text }: Quoted): string {
  const quote = text
    .trimEnd()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : line === '' ? '>' : `> ${line}`))
    .join('\n')
  return `${own.trimEnd()}\n\nOn ${quoteDate(at)}, ${from.name} <${from.email}> wrote:\n${quote}\n`
}

/** The same in HTML, in the form that a large web mailer made common. */
export function replyHtml(own: string, { from, at, text }: Quoted): string {
  return (
    `<div dir="ltr">${paragraphs(own)}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">` +
    `On ${quoteDate(at)}, ${escapeHtml(from.name)} &lt;<a href="mailto:${from.email}">${from.email}</a>&gt; wrote:<br></div>` +
    `<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">` +
    `${paragraphs(text)}</blockquote></div>\n`
  )
}

/** Text as HTML paragraphs. */
export function paragraphs(text: string): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replace(/\n/g, '<br>\n')}</p>`)
    .join('\n')
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

/** Breaks paragraphs into lines for `format=flowed`: a blank before the line's end means that it goes on. */
export function flow(text: string, width = 72): string {
  return text
    .split('\n')
    .map((line) => (line.length <= width || line.startsWith('>') || /^\s/.test(line) ? line : softWrap(line, width)))
    .join('\n')
}

function softWrap(line: string, width: number): string {
  let wrapped = ''
  let start = 0
  while (line.length - start > width) {
    const space = line.lastIndexOf(' ', start + width)
    // a word longer than a line stands alone; scripts without blanks are not broken at all
    const end = space > start ? space : line.indexOf(' ', start + width)
    if (end < 0) break
    wrapped += `${line.slice(start, end)} \n`
    start = end + 1
  }
  return wrapped + line.slice(start)
}
