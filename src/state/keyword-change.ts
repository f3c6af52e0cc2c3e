/** The intent to set or remove one keyword on messages as lists and conversations have them. */
import type { Email } from '../jmap/types.ts'
import type { SetKeyword } from '../mutations/mutation.ts'

export function keywordChange(
  messages: readonly Pick<Email, 'id' | 'blobId'>[],
  keyword: string,
  value: boolean,
): SetKeyword {
  return {
    type: 'setKeyword',
    emailIds: messages.map((message) => message.id),
    blobIds: messages.map((message) => message.blobId),
    keyword,
    value,
  }
}
