/** Asks the reader until when mail is to sleep, over whatever is on the screen; what sleeps can be brought back. */
import { mount } from 'svelte'
import { hourWords } from '../../../i18n/hour-words.ts'
import { snooze as t } from '../../../i18n/en/snooze.ts'
import { sleepsUntil, snoozedMailbox } from '../../../mail/snoozed.ts'
import { snoozeTimes } from '../../../mail/snooze-times.ts'
import { toRowMessage } from '../../../mail/thread-rows.ts'
import SnoozeDoor from './SnoozeDoor.svelte'
import type { MailboxId } from '../../../jmap/types.ts'
import type { RowMessage } from '../../../mail/list.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Snoozing } from '../../../state/file-away.ts'
import type { OpenAccount } from '../../../state/open-account.ts'

export interface PickTimeInput {
  readonly account: OpenAccount
  readonly clock: Clock
  readonly messages: readonly RowMessage[]
  readonly from: MailboxId | undefined
  /** "2 conversations", in the title. */
  readonly what: string
}

export interface Picked {
  readonly filing: Snoozing | 'wake'
  /** As they are now: much may have come while the reader chose. */
  readonly messages: readonly RowMessage[]
}

/** The one that is open: a key that is pressed twice asks once. */
let isOpen = false

/** Undefined: the reader wants no hour. */
export async function pickTime(input: PickTimeInput): Promise<Picked | undefined> {
  if (isOpen) return undefined
  isOpen = true
  try {
    const { account, messages } = input
    const snoozed = snoozedMailbox(await account.replica.mailboxes())?.id ?? ('' as MailboxId)
    const filing = await choose(input, asleepUntil(messages, snoozed))
    if (!filing) return undefined
    const known = await account.replica.emails(messages.map(({ id }) => id))
    return { filing, messages: known.flatMap((email) => (email ? [toRowMessage(email)] : [])) }
  } finally {
    isOpen = false
  }
}

function choose({ clock, what }: PickTimeInput, until: number | undefined): Promise<Snoozing | 'wake' | undefined> {
  const now = clock.now()
  const times = snoozeTimes(now).map(({ name, at }) => ({ name: t.times[name], at, hour: hourWords(at, now) }))
  const state = until === undefined ? undefined : t.asleepUntil(hourWords(until, now))
  return new Promise((onDone) => {
    mount(SnoozeDoor, {
      target: document.body,
      props: { title: t.title(what), times, state, now: () => clock.now(), onDone },
    })
  })
}

/** The first hour at which some of it comes back. */
function asleepUntil(messages: readonly RowMessage[], snoozed: MailboxId): number | undefined {
  const hours = messages.flatMap(({ mailboxIds, keywords }) =>
    Object.hasOwn(mailboxIds, snoozed) ? (sleepsUntil(keywords) ?? []) : [],
  )
  return hours.length > 0 ? Math.min(...hours) : undefined
}
