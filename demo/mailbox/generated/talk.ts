/** Conversations between people: a letter and its answers, some of them Mara's. */
import { makePdf } from '../files/pdf.ts'
import { coastJpeg } from '../files/pictures.ts'
import type { Letter, LetterFile, Person } from '../letter.ts'
import { mara } from '../people.ts'
import { flow, paragraphs, replyHtml, replyText } from '../quoting.ts'
import type { Draw } from './draw.ts'
import { fillIn } from './fill-in.ts'
import type { Topic } from './topics.ts'

/** A letter that quotes more than this quotes nothing, as people begin anew at some point. */
const longestQuote = 6_000

/** The letters of one conversation, the first at `times[0]`. The last is never Mara's own. */
export function talk(topic: Topic, draw: Draw, times: readonly number[]): Letter[] {
  const other = draw.pick(topic.people)
  const third = draw.chance(0.25) ? draw.pick(topic.people) : other
  const subject = fillIn(draw.pick(topic.subjects), draw)
  const letters: Letter[] = []
  let quoted: { from: Person; at: number; text: string } | undefined
  for (const [index, at] of times.entries()) {
    const fromEnd = times.length - 1 - index
    const from = fromEnd % 2 === 1 ? mara : fromEnd % 4 === 2 ? third : other
    const own = index === 0 ? opening(topic, draw, from) : answer(topic, draw, from)
    const to = from === mara ? [other] : [mara]
    const cc = third !== other && from !== third ? { cc: [third] } : {}
    const text = quoted === undefined || quoted.text.length > longestQuote ? own : replyText(own, quoted)
    letters.push({
      from,
      to,
      ...cc,
      subject: index === 0 ? subject : `Re: ${subject}`,
      ...dress(own, text, quoted, draw),
      ...files(draw),
    })
    quoted = { from, at, text }
  }
  return letters
}

function opening(topic: Topic, draw: Draw, from: Person): string {
  const lines = draw.some(topic.lines, draw.int(1, Math.min(4, topic.lines.length))).map((line) => fillIn(line, draw))
  const hello = from === mara ? '' : `${draw.pick(topic.hello)}\n\n`
  return `${hello}${lines.join('\n\n')}\n\n${sign(topic, draw, from)}`
}

function answer(topic: Topic, draw: Draw, from: Person): string {
  const extra = draw.chance(0.3) ? `\n\n${fillIn(draw.pick(topic.lines), draw)}` : ''
  return `${fillIn(draw.pick(topic.replies), draw)}${extra}\n\n${sign(topic, draw, from)}`
}

function sign(topic: Topic, draw: Draw, from: Person): string {
  const name = from.name.split(' ')[0] ?? from.name
  const close = `${fillIn(draw.pick(topic.bye), draw)}\n${from === mara ? 'Mara' : name}\n`
  return draw.chance(0.25) ? `${close}\n-- \n${from.name}\n${from.email}\n` : close
}

/** The form that a letter has: programs differ, and so do their users. */
function dress(
  own: string,
  text: string,
  quoted: { from: Person; at: number; text: string } | undefined,
  draw: Draw,
): Pick<Letter, 'text' | 'html' | 'isFlowed'> {
  const html = (): string =>
    quoted === undefined ? `<div dir="auto">${paragraphs(own)}</div>` : replyHtml(own, quoted)
  const form = draw.share()
  if (form < 0.35) return { text: flow(text), isFlowed: true }
  if (form < 0.55) return { text }
  return form < 0.85 ? { text, html: html() } : { html: html() }
}

function files(draw: Draw): { files?: LetterFile[] } {
  const kind = draw.share()
  const number = draw.int(100, 999)
  if (kind < 0.07) {
    const bytes = (): Uint8Array => makePdf(`Notes ${number}`, ['Written for the demo mailbox.', `Sheet ${number}`])
    return { files: [{ name: `notes-${number}.pdf`, type: 'application/pdf', bytes }] }
  }
  if (kind < 0.09) return { files: [{ name: `IMG_${number}.jpg`, type: 'image/jpeg', bytes: coastJpeg }] }
  if (kind > 0.985) {
    const rows = `what,how many\nboards,${number}\nscrews,${number * 4}\n`
    return { files: [{ name: `list-${number}.csv`, type: 'text/csv', bytes: () => new Uint8Array(Buffer.from(rows)) }] }
  }
  return {}
}
