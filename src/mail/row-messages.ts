/** Which messages of a row are meant by what is done to it. Apart from `list.ts`: no first row needs it. */
import type { RowMessage, ThreadRow } from './list.ts'

/** A row of a list of single messages means its own alone. */
export function messagesOf({ isSingle, messages, emailId }: ThreadRow): readonly RowMessage[] {
  return isSingle ? messages.filter(({ id }) => id === emailId) : messages
}
