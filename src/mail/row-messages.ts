/** What is asked of messages in rows and conversations, apart from `list.ts`: no first row needs it. */
import type { RowMessage, ThreadRow } from './list.ts'

/** Whether what shows labels is worth fetching: with a `$` only Thunderbird's and Apple's flag colours may be some, and what IMAP has marked as deleted, or is muted, looks otherwise. */
export function mayHaveLabels(messages: readonly Pick<RowMessage, 'keywords'>[]): boolean {
  return messages.some(({ keywords }) =>
    Object.keys(keywords).some((name) => /^([^$]|\$label|\$mailf|\$deleted$|\$muted$)/.test(name)),
  )
}

/** Meant by what is done to a row. A row of a list of single messages means its own alone. */
export function messagesOf({ isSingle, messages, emailId }: ThreadRow): readonly RowMessage[] {
  return isSingle ? messages.filter(({ id }) => id === emailId) : messages
}
