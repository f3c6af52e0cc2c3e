/** What a message of the demo mailbox is made from, before it is MIME. */

export interface Person {
  readonly name: string
  readonly email: string
}

/** A file of a letter. Its bytes are made when somebody asks for them. */
export interface LetterFile {
  readonly name: string
  readonly type: string
  readonly bytes: () => Uint8Array
  /** Shown inside the HTML as `cid:`, not listed as an attachment. */
  readonly cid?: string
}

export interface Letter {
  readonly from: Person
  readonly to: readonly Person[]
  readonly cc?: readonly Person[]
  readonly subject: string
  /** At least one of text and HTML is given. */
  readonly text?: string
  readonly html?: string
  /** RFC 3676: the text's soft line breaks end in a space. */
  readonly isFlowed?: boolean
  /** Sent as ISO 8859-1, as older programs do. Only for letters that need no other character. */
  readonly isLatin1?: boolean
  /** An iCalendar request that rides along (RFC 6047). */
  readonly calendar?: string
  readonly files?: readonly LetterFile[]
  /** Further header fields, in order. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
}

/** Mailboxes by what they are to Mara: a server may call them otherwise. */
export type Place =
  | 'inbox'
  | 'archive'
  | 'drafts'
  | 'sent'
  | 'junk'
  | 'trash'
  | 'house'
  | 'insurance'
  | 'renovation'
  | 'lists'
  | 'travel'
  | { readonly folder: string }

/** One message in its conversation. */
export interface Note {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly place: Place
  readonly isUnread?: boolean
  readonly isFlagged?: boolean
  readonly isAnswered?: boolean
  /** Made twice: once for the list, again when the message itself is asked for. It must be the same both times. */
  readonly write: () => Letter
}

/** Oldest first; each answers the one before. */
export interface Conversation {
  /** Stable over runs with one seed: message ids are made of it. */
  readonly key: string
  readonly notes: readonly Note[]
}
