/** What takes back an intent about a mailbox, and a choice for one: fetched with the first of them. */
import { inverseOfCreateMailbox } from './create-mailbox.ts'
import { inverseOfDestroyMailbox } from './destroy-mailbox.ts'
import type { Mutation } from './mutation.ts'
import { inverseOfSetMailbox } from './set-mailbox.ts'
import { inverseOfSetSettings } from './set-settings.ts'

/** Empty for an intent of another kind, and for one that has no way back. */
export function treeInverseOf(mutation: Mutation): readonly Mutation[] {
  switch (mutation.type) {
    case 'createMailbox':
      return [inverseOfCreateMailbox(mutation)]
    case 'setMailbox':
      return [inverseOfSetMailbox(mutation)]
    case 'destroyMailbox':
      return [inverseOfDestroyMailbox(mutation) ?? []].flat()
    case 'setSettings':
      return [inverseOfSetSettings(mutation) ?? []].flat()
    default:
      return []
  }
}
