/** Which labels an account has: those that the reader named, and those on the mail that is here, the newest of each mailbox. */
import { allLabelKeys, thunderbirdLabels, type LabelChoices } from '../mail/labels.ts'
import type { Email } from '../jmap/types.ts'
import type { ReplicaReads } from '../replica/replica.ts'

/** Rows of so many mailboxes, and so many of each: a label that is used is found there. */
const MAILBOXES = 30
const ROWS = 200

/** `messages`: those that are looked at, wherever they stand. */
export async function knownLabelKeys(
  replica: ReplicaReads,
  choices: LabelChoices,
  messages: readonly Pick<Email, 'keywords'>[],
): Promise<readonly string[]> {
  const mailboxes = (await replica.mailboxes()).toSorted((a, b) => b.totalEmails - a.totalEmails).slice(0, MAILBOXES)
  const windows = await Promise.all(mailboxes.map(({ id }) => replica.listWindow({ mailboxId: id }, 0, ROWS)))
  const found = allLabelKeys([...messages, ...windows.flatMap(({ rows }) => rows.flatMap((row) => row.messages))])
  return [...new Set([...thunderbirdLabels, ...found, ...choices.keys()])]
}
