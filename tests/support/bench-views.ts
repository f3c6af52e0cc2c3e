/** What tests of acts on all that match look at: the lists and counts that are shown, and each message at the server. */
import { inverseOf } from '../../src/mutations/inverse.ts'
import type { MailboxId } from '../../src/jmap/types.ts'
import type { Mutation } from '../../src/mutations/mutation.ts'
import type { EngineBench } from './engine-bench.ts'

export interface BenchViews {
  readonly box: (role: string) => MailboxId
  /** Written, and sent as soon as may be; its row. */
  readonly append: (mutation: Mutation) => Promise<string>
  readonly undo: (mutation: Mutation) => Promise<string>
  /** At the server. */
  readonly inInbox: () => string[]
  readonly shown: (mailboxId?: MailboxId) => Promise<string[]>
  /** Emails, unread ones, threads, unread ones: the counts of the tree. */
  readonly tree: (role: string) => Promise<number[]>
  /** What each message is at the server. */
  readonly states: () => string[]
}

/** Of whatever bench a test has begun. */
export function viewsOf(bench: () => EngineBench): BenchViews {
  const box = (role: string): MailboxId => bench().mailboxId(role)
  const append = async (mutation: Mutation): Promise<string> => {
    const { id } = await bench().replica.appendMutation(mutation)
    bench().engine.pokeOutbox()
    return id
  }
  return {
    box,
    append,
    undo: (mutation) => append(inverseOf(mutation, [])[0]!),
    inInbox: () => [...bench().account.mailboxByRole('inbox')!.emails].map(({ id }) => id).toSorted(),
    shown: async (mailboxId = box('inbox')) =>
      (await bench().replica.listWindow({ mailboxId }, 0, 10_000)).rows.map(({ emailId }) => emailId),
    tree: async (role) => {
      const found = (await bench().replica.mailboxes()).find((each) => each.role === role)
      return [
        found?.totalEmails ?? -1,
        found?.unreadEmails ?? -1,
        found?.totalThreads ?? -1,
        found?.unreadThreads ?? -1,
      ]
    },
    states: () =>
      [...bench().account.emails.values()]
        .map(({ id, mailboxIds, keywords }) =>
          [id, ...[...mailboxIds].toSorted(), ...[...keywords].toSorted()].join(' '),
        )
        .toSorted(),
  }
}
