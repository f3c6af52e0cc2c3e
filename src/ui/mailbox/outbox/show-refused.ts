/** Says what the server refused, once: to the eye until it is closed, and to the ear. */
import { mount } from 'svelte'
import { openOutbox } from './open-outbox.ts'
import RefusedNotice from './RefusedNotice.svelte'
import { refusedWords } from './row-words.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { OutboxRow } from '../../../mutations/mutation.ts'
import type { AccountState } from '../../../state/accounts.svelte.ts'
import type { Announce } from '../../../state/contexts.ts'

export interface RefusedPlace {
  readonly accounts: readonly AccountState[]
  readonly announce: Announce
  readonly clock: Clock
}

/** The returned function takes the message away. */
export async function showRefused(
  account: AccountState,
  rows: readonly OutboxRow[],
  { accounts, announce, clock }: RefusedPlace,
): Promise<() => void> {
  // Names, for what was moved: the sidebar that follows them may not be on the screen.
  const words = refusedWords(rows, await account.replica.mailboxes())
  announce(words)
  const onShow = (): void => openOutbox([account, ...accounts.filter((other) => other !== account)], clock)
  let close: () => void = () => undefined
  const onShown = (hide: () => void): void => void (close = hide)
  mount(RefusedNotice, { target: document.body, props: { words, onShow, onShown } })
  return () => close()
}
