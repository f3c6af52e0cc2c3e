/** Asks the reader which labels mail is to have, and puts them on or takes them off: as one step that can be taken back. */
import { mount } from 'svelte'
import { labelPicker as t } from '../../../i18n/en/label-picker.ts'
import { nameInKeyword } from '../../../mail/labels.ts'
import { toRowMessage } from '../../../mail/thread-rows.ts'
import { labelChanges, labelState, type Labelled } from '../../../state/change-labels.ts'
import { knownLabelKeys } from '../../../state/known-labels.ts'
import { labelChoices, shownLabel } from '../../../state/labels.ts'
import { shownMeanwhile, type ShownIn } from '../../../state/rows-after.ts'
import { saveLabel } from '../../../state/save-setting.ts'
import LabelDoor from './LabelDoor.svelte'
import type { ShownLabel } from '../../../state/labels.ts'
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

type Change = ShownLabel & { readonly value: boolean }

/** The one that is open: a key that is pressed twice asks once. */
let isOpen = false

export async function pickLabels(input: LabelInput): Promise<void> {
  if (isOpen) return
  isOpen = true
  try {
    await ask(input)
  } finally {
    isOpen = false
  }
}

async function ask(input: LabelInput): Promise<void> {
  const { account, announce, clock, settings } = input
  const targets = await allowed(account, input.targets)
  if (targets.length === 0) {
    announce(t.forbidden)
    return
  }
  const changes = await choose({ ...input, targets })
  if (changes.length === 0) return
  for (const { key, name, value } of changes) {
    const isNamed = labelChoices(settings, account.info.key).has(key)
    const isOwn = value && !isNamed && !key.startsWith('$')
    const choice = name === nameInKeyword(key) ? {} : { name }
    if (isOwn) saveLabel(settings, account, { key, choice }, clock.now())
  }
  await change(input, await asTheyAre(account, targets), changes)
}

async function change(input: LabelInput, targets: readonly Labelled[], changes: readonly Change[]): Promise<void> {
  const { account, list, undo, announce, markPainted } = input
  const mutations = labelChanges(targets, new Map(changes.map(({ key, value }) => [key, value])))
  if (mutations.length === 0) return
  const label = wordsFor(changes, input.said)
  const before = targets.flatMap(({ messages }) => messages)
  const write = async (): Promise<void> => (await undo()).perform(account, mutations, label, before)
  await (list ? shownMeanwhile(list, mutations, write) : write())
  void markPainted('postern:action')
  announce(label)
}

function wordsFor(changes: readonly Change[], what: string): string {
  const [first] = changes
  if (changes.length !== 1 || !first) return t.changed(what)
  return (first.value ? t.put : t.taken)(what, first.name)
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

async function choose({ account, settings, targets, what }: LabelInput): Promise<readonly Change[]> {
  const choices = labelChoices(settings, account.info.key)
  const keys = await knownLabelKeys(
    account.replica,
    choices,
    targets.flatMap(({ messages }) => messages),
  )
  const options = keys.flatMap((key) => {
    const state = labelState(key, targets)
    const label = shownLabel(key, choices)
    // Hidden ones, and Apple's flag colours, which are Apple's to set, can only be taken off.
    const isOffered = state !== 'none' || (!label.isHidden && !key.startsWith('$mailflag:'))
    return isOffered ? [{ ...label, state }] : []
  })
  const newLabel = (key: string, name: string): ShownLabel => ({ ...shownLabel(key, choices), name })
  return new Promise((onDone) => {
    mount(LabelDoor, { target: document.body, props: { title: t.title(what), options, newLabel, onDone } })
  })
}
