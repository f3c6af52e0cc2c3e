/** Opens what has not been sent, over whatever is on the screen. */
import { mount } from 'svelte'
import OutboxDoor from './OutboxDoor.svelte'
import type { AccountState } from '../../../state/accounts.svelte.ts'
import type { Clock } from '../../../platform/clock.ts'

/** `accounts`: the one in front first. */
export function openOutbox(accounts: readonly AccountState[], clock: Clock): void {
  mount(OutboxDoor, { target: document.body, props: { accounts, clock } })
}
