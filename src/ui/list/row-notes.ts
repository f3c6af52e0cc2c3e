/** What a row says beside its own words, once the first rows stand: what became of it, and how it came here. */
import AtSignIcon from 'virtual:icon/at-sign'
import ForwardIcon from 'virtual:icon/forward'
import ReplyIcon from 'virtual:icon/reply'
import { listExtras as t } from '../../i18n/en/list-extras.ts'
import { stripBidi } from '../../mail/addresses.ts'
import { rowCaughtAddress } from '../../mail/caught-address.ts'
import { describeRow } from './row-words.ts'
import RowPlace from './RowPlace.svelte'
import type { RowContext, RowWords } from './row-words.ts'
import type { ThreadRow } from '../../mail/list.ts'

export function describeWithNotes(row: ThreadRow, context: RowContext): RowWords {
  const caught = rowCaughtAddress(row, context.own)
  // In such a conversation it is the reader who is called by that address.
  const words = describeRow(row, caught === undefined ? context : { ...context, own: [...context.own, caught] })
  const keywords = row.messages.find((message) => message.id === row.emailId)?.keywords ?? {}
  const isAnswered = Object.hasOwn(keywords, '$answered')
  const isForwarded = Object.hasOwn(keywords, '$forwarded')
  const address = stripBidi(caught ?? '')
  const place = words.place ?? (address ? { icon: AtSignIcon, name: address.replace(/@.*/, '') } : undefined)
  if (!isAnswered && !isForwarded && !place) return words
  return {
    ...words,
    marks: [...(isAnswered ? [ReplyIcon] : []), ...(isForwarded ? [ForwardIcon] : []), ...words.marks],
    place,
    Aside: place && RowPlace,
    sentence: [
      words.sentence,
      isAnswered ? t.answered : '',
      isForwarded ? t.forwarded : '',
      address ? t.writtenToWords(address) : '',
    ]
      .filter(Boolean)
      .join(', '),
  }
}
