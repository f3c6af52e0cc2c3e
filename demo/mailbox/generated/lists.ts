/** Threads of mailing lists: plain text, quotes between the lines, patches, footers. */
import type { Letter } from '../letter.ts'
import { flow, replyText } from '../quoting.ts'
import type { Draw } from './draw.ts'
import { fillIn } from './fill-in.ts'
import type { MailingList } from './list-topics.ts'

export function listThread(list: MailingList, draw: Draw, times: readonly number[]): Letter[] {
  const subject = list.prefix + fillIn(draw.pick(list.subjects), draw)
  const letters: Letter[] = []
  let previous: { from: Letter['from']; at: number; text: string } | undefined
  for (const [index, at] of times.entries()) {
    const from = draw.pick(list.people)
    const own = write(list, draw, index)
    const text = previous === undefined ? own : inline(own, previous, draw)
    letters.push({
      from,
      to: [list.address],
      subject: index === 0 ? subject : `Re: ${subject}`,
      text: `${flow(text)}\n-- \n${from.name}\n`,
      isFlowed: true,
      headers: [
        ['List-Id', `${list.address.name} <${list.id}>`],
        ['List-Post', `<mailto:${list.address.email}>`],
        ['List-Unsubscribe', `<mailto:${list.address.email.replace('@', '-leave@')}>`],
        ['Precedence', 'list'],
      ],
    })
    previous = { from, at, text: own }
  }
  return letters
}

function write(list: MailingList, draw: Draw, index: number): string {
  const lines = draw.some(list.lines, draw.int(1, 3)).map((line) => fillIn(line, draw))
  const patch = list.patches.length > 0 && index === 0 && draw.chance(0.4) ? `\n\n${draw.pick(list.patches)}` : ''
  return `${lines.join('\n\n')}${patch}`
}

/** Below the quoted line, as list members like it, or above, as others do. */
function inline(own: string, previous: { from: Letter['from']; at: number; text: string }, draw: Draw): string {
  if (draw.chance(0.3)) return replyText(own, previous)
  const first = previous.text.split('\n').find((line) => line !== '') ?? ''
  return `${previous.from.name} wrote:\n> ${first}\n\n${own}`
}
