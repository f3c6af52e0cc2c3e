/** Asks the reader which labels mail is to have, and puts them on or takes them off: as one step that can be taken back. */
import { labelPicker as t } from '../../../i18n/en/label-picker.ts'
import { toRowMessage } from '../../../mail/thread-rows.ts'
import { labelChanges, labelState, type Labelled } from '../../../state/change-labels.ts'
import { shownMeanwhile, type ShownIn } from '../../../state/rows-after.ts'
import { chooseLabels, labelWords, type LabelTick } from './choose-labels.ts'
import type { MailboxId } from '../../../jmap/types.ts'
import type { Services } from '../../../state/contexts.ts'
import type { OpenAccount } from '../../../state/open-account.ts'

export interface LabelInput extends Pick<Services, 'announce' | 'clock' | 'markPainted' | 'settings' | 'undo'> {
  readonly account: OpenAccount
  readonly targets: readonly Labelled[]
  /** "2 conversations", in the title and in what is said. */
  readonly what: string
  readonly said: string
  /** Where it shows at once. */
  readonly list?: ShownIn
}

export async function pickLabels(input: LabelInput): Promise<void> {
  const { account, announce } = input
  const targets = await allowed(account, input.targets)
  if (targets.length === 0) {
    announce(t.forbidden)
    return
  }
  const messages = targets.flatMap((target) => target.messages)
  const changes = await chooseLabels({ ...input, messages, stateOf: (key) => labelState(key, targets) })
  if (changes.length > 0) await change(input, await asTheyAre(account, targets), changes)
}

async function change(input: LabelInput, targets: readonly Labelled[], changes: readonly LabelTick[]): Promise<void> {
  const { account, list, undo, announce, markPainted } = input
  const mutations = labelChanges(targets, new Map(changes.map(({ key, value }) => [key, value])))
  if (mutations.length === 0) return
  const label = labelWords(changes)(input.said)
  const before = targets.flatMap(({ messages }) => messages)
  const write = async (): Promise<void> => (await undo()).perform(account, mutations, label, before)
  await (list ? shownMeanwhile(list, mutations, write) : write())
  void markPainted('postern:action')
  announce(label)
}

/** A keyword is of the message, wherever it stands: each of its mailboxes has to allow it (RFC 8621 §2). */
async function allowed({ info, replica }: OpenAccount, targets: readonly Labelled[]): Promise<readonly Labelled[]> {
  if (info.isReadOnly) return []
  const closed = (await replica.mailboxes()).filter(({ myRights }) => !myRights.maySetKeywords).map(({ id }) => id)
  return targets.flatMap(({ messages, standing }) => {
    const open = messages.filter(({ mailboxIds }) => !closed.some((id: MailboxId) => Object.hasOwn(mailboxIds, id)))
    return open.length > 0 ? [{ messages: open, standing }] : []
  })
}

/** Much may have come while the reader chose. */
async function asTheyAre({ replica }: OpenAccount, targets: readonly Labelled[]): Promise<readonly Labelled[]> {
  return Promise.all(
    targets.map(async ({ messages, standing }) => {
      const known = await replica.emails(messages.map(({ id }) => id))
      return { standing, messages: known.flatMap((email) => (email ? [toRowMessage(email)] : [])) }
    }),
  )
}
