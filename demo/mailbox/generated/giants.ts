/**
 * Mail far out of the ordinary, to see that nothing stands still for it: conversations of 900 letters, a letter to 2,000
 * people, one of 60 MB, texts of several megabytes, 10,000 mailboxes, 30,000 letters that nobody opened.
 */
import type { MailAccount } from '../../server/jmap-server.ts'
import { fillAccount } from '../fill-account.ts'
import type { Conversation, Letter, Note, Person } from '../letter.ts'
import { encodeDate, encodePeople } from '../mime/header-fields.ts'
import { friends, mara, services } from '../people.ts'
import { fillBulk } from './bulk.ts'

const minute = 60_000

/** How large each of them is. */
export const giants = {
  letters: 900,
  /** Of the second conversation: those before were read. */
  readLetters: 600,
  recipients: 2_000,
  mailboxes: 10_000,
  unread: 30_000,
  fileBytes: 60_000_000,
} as const

/** What each is found by. */
export const giantSubjects = {
  read: 'Harbour festival, all of it',
  unread: 'Harbour festival, the second week',
  recipients: 'To all members of the association',
  file: 'The survey as one file',
  lines: 'Minutes of eleven years',
  wall: 'One line without an end',
  html: 'Every berth and who had it',
} as const

const firstNames = ['Ada', 'Bo', 'Cleo', 'Dag', 'Edda', 'Finn', 'Gro', 'Hugo', 'Ida', 'Jens', 'Kaja', 'Liv', 'Mads']
const lastNames = ['Aas', 'Berg', 'Dahl', 'Eide', 'Foss', 'Holm', 'Lund', 'Moe', 'Nygaard', 'Sund', 'Vik']

/** One of any number of members, each with an address of their own. */
function member(number: number): Person {
  const first = firstNames[number % firstNames.length] ?? ''
  const last = lastNames[number % lastNames.length] ?? ''
  return { name: `${first} ${last}`, email: `member-${String(number + 1)}@association.example` }
}

/** Into an account that has its usual mailboxes. */
export function fillGiants(account: MailAccount, seed: number, now: number): void {
  fillBulk(account, { count: giants.unread, seed: seed + 1, now, unreadOfTwenty: 20 })
  fillMailboxes(account)
  fillAccount(account, [
    conversation('giant-read', giantSubjects.read, now - 40 * minute, giants.letters),
    conversation('giant-unread', giantSubjects.unread, now - 35 * minute, giants.readLetters),
    single('giant-recipients', now - 30 * minute, {
      from: friends.dorothy,
      to: [mara, ...Array.from({ length: giants.recipients - 1 }, (_, number) => member(number))],
      subject: giantSubjects.recipients,
      text: 'Dear all,\n\nthe meeting is in the boathouse, as every year.\n\nDot\n',
    }),
    single('giant-lines', now - 25 * minute, {
      from: friends.owen,
      to: [mara],
      subject: giantSubjects.lines,
      text: manyLines(),
    }),
    single('giant-wall', now - 20 * minute, {
      from: friends.kari,
      to: [mara],
      subject: giantSubjects.wall,
      text: 'and so the tide came in again '.repeat(60_000),
    }),
    single('giant-html', now - 15 * minute, {
      from: services.council,
      to: [mara],
      subject: giantSubjects.html,
      html: largeTable(),
    }),
  ])
  fillFile(account, now - 10 * minute)
}

/** Half of them side by side, the rest in chains of forty, one inside the other. */
function fillMailboxes(account: MailAccount): void {
  account.transact(() => {
    const flat = account.createMailbox({ name: 'Members', sortOrder: 20 })
    const deep = account.createMailbox({ name: 'Years', sortOrder: 20 })
    const left = giants.mailboxes - account.mailboxes.size
    for (let number = 0; number < left / 2; number++) {
      account.createMailbox({ name: `Member ${String(number + 1)}`, parentId: flat.id, sortOrder: 20 })
    }
    let parent = deep.id
    for (let number = 0; account.mailboxes.size < giants.mailboxes; number++) {
      const isTop = number % 40 === 0
      const name = isTop ? `Box ${String(number / 40 + 1)}` : `Shelf ${String(number % 40)}`
      parent = account.createMailbox({ name, parentId: isTop ? deep.id : parent, sortOrder: 20 }).id
    }
  })
}

function single(key: string, at: number, letter: Letter): Conversation {
  return { key, notes: [{ at, place: 'inbox', isUnread: true, write: () => letter }] }
}

/** A letter every minute, from some three hundred people. */
function conversation(key: string, subject: string, newest: number, read: number): Conversation {
  const notes = Array.from({ length: giants.letters }, (_, number): Note => {
    const from = number % 9 === 4 ? mara : member(number % 300)
    return {
      at: newest - (giants.letters - 1 - number) * minute,
      place: from === mara ? 'sent' : 'inbox',
      isUnread: number >= read && from !== mara,
      write: () => ({ from, to: [mara, member((number + 1) % 300)], subject, ...words(number) }),
    }
  })
  return { key, notes }
}

function words(number: number): Pick<Letter, 'text' | 'html'> {
  const line = `Number ${String(number + 1)}: the crane stands, see https://association.example/crane/${String(number)}.`
  if (number % 10 === 3) return { html: `<p>${line}</p><p><b>Who brings the rope?</b></p>` }
  return { text: `${line}\n\n> Who brings the rope?\n> And who the boat?\n\nI do.\n` }
}

/** 3 MB of short paragraphs, every third of them a quote, with addresses in them. */
function manyLines(): string {
  return Array.from({ length: 30_000 }, (_, number) => {
    const line = `Point ${String(number + 1)}: write to berth${String(number)}@association.example, or see www.association.example.`
    return number % 3 === 2 ? `> ${line}` : line
  }).join('\n\n')
}

/** 3 MB. */
function largeTable(): string {
  const rows = Array.from({ length: 30_000 }, (_, number) => {
    const { name, email } = member(number)
    return `<tr><td style="padding:2px">${String(number + 1)}</td><td><a href="mailto:${email}">${name}</a></td></tr>`
  })
  return `<!doctype html><html><body><h1>Every berth</h1><table>${rows.join('\n')}</table></body></html>`
}

/** The bytes are made when somebody asks for them: lines of digits, which stand in the message as they are. */
function fillFile(account: MailAccount, at: number): void {
  const boundary = '=_giant'
  const from = friends.jonas
  const messageId = 'giant-file@harbourworks.example'
  const preview = 'Here is the whole survey. It is rather large.'
  const head = [
    `Date: ${encodeDate(at)}`,
    `From: ${encodePeople([from])}`,
    `To: ${encodePeople([mara])}`,
    `Subject: ${giantSubjects.file}`,
    `Message-ID: <${messageId}>`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    preview,
    '',
    `--${boundary}`,
    'Content-Type: application/octet-stream; name="survey.dat"',
    'Content-Disposition: attachment; filename="survey.dat"',
    'Content-Transfer-Encoding: 7bit',
    '',
    '',
  ].join('\r\n')
  const end = `\r\n--${boundary}--\r\n`
  const inbox = account.mailboxByRole('inbox')
  const size = head.length + giants.fileBytes + end.length
  const meta = { from: [from], to: [mara], cc: null, subject: giantSubjects.file, preview, size, hasAttachment: true }
  account.addKnown(
    { ...meta, messageId: [messageId], inReplyTo: null, references: null, sentAt: at },
    {
      mailboxIds: inbox ? [inbox.id] : [],
      keywords: [],
      receivedAt: at,
      raw: () => Buffer.concat([Buffer.from(head), Buffer.alloc(giants.fileBytes, line), Buffer.from(end)]),
    },
  )
}

/** As long as RFC 5322 §2.1.1 allows, so that the server has few of them to read. */
const line = `${'0123456789'.repeat(99)}\r\n`
