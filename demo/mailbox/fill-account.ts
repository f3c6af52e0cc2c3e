/** Puts conversations into an account of the demo server, oldest first, as years of mail would have come in. */
import type { LazyMessage, MailAccount } from '../server/jmap-server.ts'
import type { Conversation, Letter, Note, Place } from './letter.ts'
import { compose, type Envelope } from './mime/compose.ts'
import { previewOf } from './mime/preview.ts'
import { mara } from './people.ts'

type Posted = Omit<LazyMessage, 'mailboxIds' | 'receivedAt'> & { readonly place: Place; readonly receivedAt: number }

/** Header fields that clients like to ask for; telling them spares a list from making MIME. */
const cheapHeaders = [
  'reply-to',
  'bcc',
  'sender',
  'list-id',
  'list-post',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'x-postern-file',
]

/** Of more messages than `most` the newest are kept. */
export function fillAccount(account: MailAccount, conversations: readonly Conversation[], most = Infinity): void {
  const posted = conversations.flatMap(post).sort((a, b) => a.receivedAt - b.receivedAt)
  const places = new Places(account)
  account.transact(() => {
    for (const { place, ...message } of posted.slice(Math.max(0, posted.length - most))) {
      account.addLazy({ ...message, mailboxIds: [places.id(place)] })
    }
  })
}

function post({ key, notes }: Conversation): Posted[] {
  const ids = notes.map((note, index) => `${key}.${index}@${domainOf(note)}`)
  return notes.map((note, index) => {
    // an answer refers to the whole way back, as RFC 5322 §3.6.4 wants
    const references = ids.slice(0, index)
    const sentAt = note.at - (note.place === 'sent' ? 0 : 3_000)
    const envelope: Envelope = { messageId: ids[index] ?? '', references, at: sentAt }
    const letter = note.write()
    return {
      place: note.place,
      receivedAt: note.at,
      sentAt,
      keywords: keywordsOf(note),
      from: [addressOf(letter.from)],
      to: letter.to.map(addressOf),
      cc: letter.cc?.map(addressOf) ?? null,
      subject: letter.subject,
      preview: previewOf(letter),
      size: compose(letter, envelope).length,
      hasAttachment: (letter.files ?? []).some((file) => file.cid === undefined),
      messageId: [envelope.messageId],
      inReplyTo: references.length === 0 ? null : references.slice(-1),
      references: references.length === 0 ? null : references,
      headers: headersOf(letter),
      raw: () => compose(note.write(), envelope),
    }
  })
}

function domainOf(note: Note): string {
  const email = note.place === 'sent' || note.place === 'drafts' ? mara.email : note.write().from.email
  return email.slice(email.indexOf('@') + 1)
}

function keywordsOf(note: Note): string[] {
  const keywords: string[] = []
  if (note.isUnread !== true) keywords.push('$seen')
  if (note.isFlagged === true) keywords.push('$flagged')
  if (note.isAnswered === true) keywords.push('$answered')
  if (note.place === 'drafts') keywords.push('$draft')
  if (note.place === 'junk') keywords.push('$junk')
  return keywords
}

function headersOf(letter: Letter): Record<string, string | null> {
  return Object.fromEntries(
    cheapHeaders.map((name) => {
      const field = letter.headers?.find(([own]) => own.toLowerCase() === name)
      return [name, field === undefined ? null : ` ${field[1]}`]
    }),
  )
}

function addressOf({ name, email }: Letter['from']): { name: string | null; email: string } {
  return { name: name === '' ? null : name, email }
}

type Role = Exclude<Place, object>

/** Finds the account's mailboxes, and makes those that the demo has and a new account of this server has not. */
class Places {
  readonly #account: MailAccount
  readonly #ids = new Map<Role, string>()

  constructor(account: MailAccount) {
    this.#account = account
  }

  id(place: Place): string {
    if (typeof place === 'object') return this.#named(place.folder, null)
    const known = this.#ids.get(place)
    if (known !== undefined) return known
    const id = this.#find(place)
    this.#ids.set(place, id)
    return id
  }

  #find(place: Role): string {
    switch (place) {
      case 'house':
        return this.#named('House', null)
      case 'insurance':
        return this.#named('Insurance', this.id('house'))
      case 'renovation':
        return this.#named('Renovation', this.id('house'))
      case 'lists':
        return this.#named('Lists', null)
      case 'travel':
        return this.#named('Travel', null)
      case 'archive':
        // Stalwart makes none by itself (M8); people add one
        return (
          this.#account.mailboxByRole('archive')?.id ??
          this.#account.createMailbox({ name: 'Archive', role: 'archive' }).id
        )
      default: {
        const mailbox = this.#account.mailboxByRole(place)
        if (mailbox === undefined) throw new Error(`The account ${this.#account.id} has no mailbox for ${place}.`)
        return mailbox.id
      }
    }
  }

  #named(name: string, parentId: string | null): string {
    const known = this.#account.mailboxByName(name)
    return known?.parentId === parentId ? known.id : this.#account.createMailbox({ name, parentId, sortOrder: 10 }).id
  }
}
