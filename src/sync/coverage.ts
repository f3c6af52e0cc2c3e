/** L1: of which Emails the replica claims to hold all. */
import type { Email, MailboxId } from '../jmap/types.ts'
import type { Horizon, HorizonScope } from '../replica/replica.ts'

export class Coverage {
  readonly #after: ReadonlyMap<HorizonScope, number>

  constructor(horizons: readonly (Horizon | undefined)[]) {
    this.#after = new Map(horizons.flatMap((h) => (h ? [[h.scope, toMs(h.after)] as const] : [])))
  }

  /** Strictly above the account's horizon, or above that of one of its mailboxes. */
  holds(email: Pick<Email, 'receivedAt' | 'mailboxIds'>): boolean {
    const at = Date.parse(email.receivedAt)
    const isAbove = (scope: HorizonScope): boolean => at > (this.#after.get(scope) ?? Infinity)
    return isAbove('*') || Object.keys(email.mailboxIds).some((id) => isAbove(id as MailboxId))
  }

  /** The lowest of all: below it nothing is claimed. */
  get lowest(): number {
    return Math.min(Infinity, ...this.#after.values())
  }
}

function toMs(after: string | null): number {
  return after === null ? -Infinity : Date.parse(after)
}

/** Reads the horizons that can concern these mailboxes. */
export async function readCoverage(
  source: { horizon(scope: HorizonScope): Promise<Horizon | undefined> },
  mailboxIds: Iterable<MailboxId>,
): Promise<Coverage> {
  const scopes: HorizonScope[] = ['*', ...new Set(mailboxIds)]
  return new Coverage(await Promise.all(scopes.map((scope) => source.horizon(scope))))
}
