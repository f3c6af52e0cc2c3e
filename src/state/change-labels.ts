/** Puts labels on messages and takes them off: what it says on each conversation, and the intents that change it. */
import { keywordsOf, labelKeys } from '../mail/labels.ts'
import { keywordChange } from './keyword-change.ts'
import type { EmailId } from '../jmap/types.ts'
import type { RowMessage } from '../mail/list.ts'
import type { SetKeyword } from '../mutations/mutation.ts'

/** A conversation, or a message by itself. */
export interface Labelled {
  readonly messages: readonly RowMessage[]
  /** The message that gets a label: the one that stands in the list, as with a flag. Every one that has it loses it. */
  readonly standing: EmailId | undefined
}

/** On how many of them it is. */
export type LabelState = 'all' | 'some' | 'none'

export function labelState(key: string, targets: readonly Labelled[]): LabelState {
  const having = targets.filter(({ messages }) => messages.some(({ keywords }) => labelKeys(keywords).includes(key)))
  if (having.length === 0) return 'none'
  return having.length === targets.length ? 'all' : 'some'
}

/** True puts a label on, false takes it off. What changes nothing is no intent. */
export function labelChanges(
  targets: readonly Labelled[],
  changes: ReadonlyMap<string, boolean>,
): readonly SetKeyword[] {
  return [...changes].flatMap(([key, value]) => {
    const having = (keyword: string, { messages }: Labelled): readonly RowMessage[] =>
      messages.filter(({ keywords }) => Object.hasOwn(keywords, keyword))
    return keywordsOf(key).flatMap((keyword) => {
      const changed = targets.flatMap((target) => {
        const has = having(keyword, target)
        if (!value) return has
        return has.length > 0 ? [] : target.messages.filter(({ id }) => id === target.standing)
      })
      return changed.length > 0 ? [keywordChange(changed, keyword, value)] : []
    })
  })
}
