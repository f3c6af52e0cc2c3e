/** Letters from machines: newsletters, receipts, notices, and what belongs into Junk. */
import { signPng } from '../files/pictures.ts'
import type { Letter, Person } from '../letter.ts'
import { letters, mara } from '../people.ts'
import { paragraphs } from '../quoting.ts'
import { darkLetter, lightLetter, shopLetter, type Issue } from '../templates/newsletters.ts'
import { receiptHtml } from '../templates/receipt.ts'
import type { Draw } from './draw.ts'
import { fillIn } from './fill-in.ts'
import { newsletterItems, notices, receipts, spam, type Notice } from './notices.ts'

const brands = [
  { from: letters.slow, alias: 'slow', make: lightLetter },
  { from: letters.north, alias: 'review', make: lightLetter },
  { from: letters.dusk, alias: 'dusk', make: darkLetter },
  { from: letters.market, alias: 'market', make: shopLetter },
  { from: letters.cycle, alias: 'bicycle', make: shopLetter },
] as const

const receiptSign = signPng(120, 120, 110)

export function newsletter(draw: Draw): Letter {
  const { from, alias, make } = draw.pick(brands)
  const items = draw.some(newsletterItems, draw.int(3, 6))
  const [[title, lead] = ['', '']] = items
  const host = from.email.slice(from.email.indexOf('@') + 1)
  const issue: Issue = { brand: from.name, host, number: draw.int(20, 111), title, lead, items: items.slice(1) }
  const text = `${title}\n\n${lead}\n\nOn the web: https://${host}/${issue.number}\n`
  return {
    from,
    to: [{ name: '', email: `${alias}@lindqvist.example` }],
    subject: `No. ${issue.number}: ${title}`,
    ...(draw.chance(0.7) ? { text } : {}),
    html: make(issue),
    headers: [
      ['List-Id', `<${alias}.${host}>`],
      ['List-Unsubscribe', `<https://${host}/unsubscribe?u=mara>`],
      ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
    ],
  }
}

export function receipt(draw: Draw): Letter {
  const { from, alias, colour, goods, foot } = draw.pick(receipts)
  const number = draw.int(10_000, 99_999)
  const lines = draw.some(goods, draw.int(1, 4)).map((name) => [name, draw.int(2, 60), draw.int(0, 9)] as const)
  const cents = lines.reduce((sum, [, euros, tens]) => sum + euros * 100 + tens * 10, 0)
  const total = `€ ${(cents / 100).toFixed(2)}`
  const greeting = 'Thank you for your order. It is being packed while you read this.'
  const cid = `sign-${number}@${alias}.example`
  return {
    from,
    to: [{ name: mara.name, email: `${alias}@lindqvist.example` }],
    subject: `Receipt for order ${number}`,
    ...(draw.chance(0.5)
      ? {
          text: `${greeting}\n\n${lines.map(([name, euros, tens]) => `${name}  ${euros}.${tens}0`).join('\n')}\n\nTotal ${total}\n`,
        }
      : {}),
    html: receiptHtml({
      brand: from.name,
      colour,
      greeting,
      lines: lines.map(([name, euros, tens]) => [name, `€ ${euros}.${tens}0`]),
      total,
      foot,
      logo: `cid:${cid}`,
    }),
    files: [{ name: 'sign.png', type: 'image/png', bytes: receiptSign, cid }],
  }
}

export function notice(draw: Draw): Letter {
  return short(draw, draw.pick(notices), draw.chance(0.4))
}

/** Sent to an address that nobody ever gave away: the domain catches everything. */
export function junk(draw: Draw): Letter {
  const letter = short(draw, draw.pick(spam), true)
  const alias = draw.pick(['info', 'sales', 'office', 'admin', 'contact', 'mara'])
  return {
    ...letter,
    to: [{ name: '', email: `${alias}@lindqvist.example` }],
    html: `<center>${letter.html ?? ''}<p><a href="http://${draw.int(11, 99)}.claim-desk.example/?id=${draw.int(1000, 9999)}"><font size="5" color="red">CLICK HERE</font></a></p><img src="http://count.claim-desk.example/${draw.int(1, 999)}.gif" width="1" height="1"></center>`,
    headers: [['X-Spam-Status', 'Yes, score=9.1']],
  }
}

function short(draw: Draw, template: Notice, isHtml: boolean): Letter {
  const to: Person =
    template.alias === undefined ? mara : { name: mara.name, email: `${template.alias}@lindqvist.example` }
  const body = draw
    .some(template.lines, draw.int(1, 2))
    .map((line) => fillIn(line, draw))
    .join('\n\n')
  const text = `${body}\n\nThis message was written by a machine.\n`
  return {
    from: template.from,
    to: [to],
    subject: fillIn(draw.pick(template.subjects), draw),
    ...(isHtml
      ? { html: `<div style="font-family:Arial,sans-serif;max-width:560px">${paragraphs(text)}</div>` }
      : { text }),
  }
}
