/** How many rows, in words: conversations, or messages in a list of single ones. */
import { listExtras as t } from './en/list-extras.ts'

interface Row {
  readonly isSingle?: true | undefined
}

/** `count`: where not all of them are meant. */
export function rowsInWords(rows: readonly Row[], count = rows.length): string {
  return (rows[0]?.isSingle ? t.messages : t.conversations)(count)
}
