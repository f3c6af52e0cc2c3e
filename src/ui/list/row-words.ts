/** What a row says: to the eye in three lines, to the ear in one sentence. */
import PaperclipIcon from 'virtual:icon/paperclip'
import { rowTime } from '../../i18n/dates.ts'
import { nameList } from '../../i18n/numbers.ts'
import { t } from '../../i18n/text.ts'
import { displayName, hueOf, initialsOf, isMachine, stripBidi } from '../../mail/addresses.ts'
import { isRowFlagged, isRowUnread } from '../../mail/keywords.ts'
import { participantsOf } from '../../mail/threads.ts'
import type { Component, Snippet } from 'svelte'
import type { EmailAddress } from '../../jmap/types.ts'
import { SHOWN_PREVIEW, type ThreadRow } from '../../mail/list.ts'

export interface RowContext {
  /** The reader's own addresses, lower case. */
  readonly own: readonly string[]
  readonly now: number
  /** Sent and Drafts name whom a message is for. */
  readonly isOutgoing: boolean
  /** Which mailbox a row is in, where the list spans more than one. */
  readonly placeOf?: (row: ThreadRow) => RowPlace | undefined
  /** `describeRow` and more, once the first rows stand (`row-notes.ts`). */
  readonly describe?: typeof describeRow
}

interface RowPlace {
  readonly name: string
  readonly icon: string
}

/** A row's text with marks in it. */
export type RowText = Snippet<[row: ThreadRow, of: 'subject' | 'preview']>

export interface RowWords {
  readonly senders: string
  readonly initials: string
  /** Null: a machine, drawn as a stone square. */
  readonly hue: number | null
  readonly count: number
  readonly subject: string
  readonly preview: string
  readonly time: string
  readonly receivedAt: string
  readonly isUnread: boolean
  readonly isFlagged: boolean
  /** Icons of what it has and of what became of it. */
  readonly marks: readonly string[]
  /** Where it lies, or how it came here, where that needs saying. */
  readonly place: RowPlace | undefined
  readonly labels?: readonly { readonly key: string; readonly name: string; readonly hue: number | null }[]
  /** IMAP has marked all of it as deleted. */
  readonly isDeleted?: boolean
  /** What shows these beside the subject: it comes after the first rows. */
  readonly Aside?: Component<{ words: RowWords }> | undefined
  readonly sentence: string
}

/** Characters, as with `SHOWN_PREVIEW`. */
const SHOWN_SUBJECT = 300

export function describeRow(row: ThreadRow, context: RowContext): RowWords {
  const people = context.isOutgoing ? recipients(row, context.own) : senders(row, context.own)
  const subject = stripBidi((row.subject ?? '').slice(0, SHOWN_SUBJECT)).trim() || t.list.noSubject
  const time = rowTime(row.receivedAt, context.now)
  const isUnread = isRowUnread(row)
  const isFlagged = isRowFlagged(row)
  const place = context.placeOf?.(row)
  return {
    senders: people.words,
    initials: people.first ? initialsOf(people.first) : '?',
    hue: people.first && !people.isMachine ? hueOf(people.first) : null,
    count: row.count,
    subject,
    preview: stripBidi(row.preview.slice(0, SHOWN_PREVIEW)),
    time,
    receivedAt: row.receivedAt,
    isUnread,
    isFlagged,
    marks: row.hasAttachment ? [PaperclipIcon] : [],
    place,
    sentence: [
      isUnread ? t.list.stateUnread : '',
      people.words,
      row.count > 1 ? t.list.threadCount(row.count) : '',
      subject,
      time,
      row.hasAttachment ? t.list.hasAttachment : '',
      isFlagged ? t.list.stateFlagged : '',
      place?.name,
    ]
      .filter(Boolean)
      .join(', '),
  }
}

interface People {
  readonly words: string
  /** Whose avatar stands in the row. */
  readonly first: EmailAddress | undefined
  readonly isMachine: boolean
}

function senders(row: ThreadRow, own: readonly string[]): People {
  const { shown } = participantsOf(row, own)
  const first = shown[0]?.address
  if (!first) return { words: t.list.nobody, first: undefined, isMachine: true }
  const machine = row.isBulk || isMachine(first)
  // One name in full; several by their first names, which is how people speak of a round.
  const isRound = shown.length > 1
  const names = shown.map(({ address, isOwn }) =>
    isOwn ? t.list.you : isRound ? shortName(address) : displayName(address),
  )
  return { words: nameList(names), first, isMachine: machine }
}

function recipients(row: ThreadRow, own: readonly string[]): People {
  const first = row.to[0]
  const names = row.to.slice(0, 3).map((address) => {
    if (own.includes(address.email.toLowerCase())) return t.list.you
    return row.to.length > 1 ? shortName(address) : displayName(address)
  })
  return {
    words: t.list.to(names.length > 0 ? nameList(names) : t.list.nobodyTo),
    first,
    isMachine: first === undefined || isMachine(first),
  }
}

/** The word before the first space; names with a comma, and addresses, stay whole. */
function shortName(address: EmailAddress): string {
  const name = displayName(address)
  if (isMachine(address) || name.includes('@') || name.includes(',')) return name
  return name.split(' ')[0] ?? name
}
