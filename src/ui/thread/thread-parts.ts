/** What a conversation shows now and then: chunks of their own, fetched with the first letter that asks for them. */
import { Lazy } from '../shared/lazy.svelte.ts'
import type { Services } from '../../state/contexts.ts'

export class ThreadParts {
  readonly plain
  readonly notices = new Lazy(() => import('./notice-parts.ts'))
  readonly files = new Lazy(() => import('./file-parts.ts'))
  readonly invitation = new Lazy(() => import('./invitation/InvitationCard.svelte'))
  readonly details = new Lazy(() => import('./LetterDetails.svelte'))
  readonly labels = new Lazy(() => import('./ThreadLabels.svelte'))

  constructor({ authservIds }: Pick<Services, 'authservIds'>) {
    this.plain = new Lazy(async () => {
      const parts = await import('./plain-parts.ts')
      return { ...parts, trust: new parts.TrustReader(authservIds) }
    })
    // the next letter may be one, and its quotes stand folded from its first moment
    this.plain.load()
  }
}

/** Neither here nor failed: what needs it waits. */
export function isAwaited(part: Pick<Lazy<unknown>, 'value' | 'hasFailed'>): boolean {
  return !part.value && !part.hasFailed
}
