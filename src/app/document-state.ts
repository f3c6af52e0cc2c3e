/** What the page says of itself to the outside: `<html data-sync data-outbox data-backfill>` (contract). */
import type { Settings } from '../state/settings.svelte.ts'
import type { AccountStatus } from '../sync/engine-port.ts'

/** Of several accounts the page shows the one that is furthest from rest. */
const order = ['error', 'offline', 'starting', 'syncing', 'ready'] as const

function mergeStatus(statuses: readonly AccountStatus[]): Pick<AccountStatus, 'phase' | 'outbox' | 'backfill'> {
  return {
    phase: order.find((phase) => statuses.some((status) => status.phase === phase)) ?? 'starting',
    outbox: statuses.reduce((sum, status) => sum + status.outbox, 0),
    backfill: statuses.reduce((least, status) => Math.min(least, status.backfill), statuses.length > 0 ? 100 : 0),
  }
}

export function writeDocumentState(root: HTMLElement, statuses: readonly AccountStatus[]): void {
  const { phase, outbox, backfill } = mergeStatus(statuses)
  root.dataset.sync = phase
  root.dataset.outbox = String(outbox)
  root.dataset.backfill = String(Math.floor(backfill))
}

/** Theme and density, where the tokens of the design look for them. */
export function writeDocumentLooks(root: HTMLElement, settings: Settings): void {
  root.dataset.theme = settings.get('theme')
  root.dataset.density = settings.get('density')
}
