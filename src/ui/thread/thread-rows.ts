/** The blocks of a conversation from top to bottom, each with the key of the article or line that shows it. */
import { arrangeShells } from './letter-shells.ts'
import type { Shell } from './letter-shells.ts'
import type { Email } from '../../jmap/types.ts'
import type { Segment } from '../../state/thread-fold.ts'

export type ThreadRow =
  | { readonly kind: 'letter'; readonly key: string; readonly email: Email | null; readonly isOpen: boolean }
  | { readonly kind: 'fold'; readonly key: string; readonly emails: readonly Email[]; readonly isLater?: true }

/** Remembers which article shows which letter, since an article with a live frame must never move. */
export class ThreadRows {
  #shells: readonly Shell[] = []
  #made = 0

  /** `wantsFrame` says of an open letter whether it has, or may have, HTML. */
  arrange(
    segments: readonly Segment[],
    live: ReadonlySet<string>,
    wantsFrame: (email: Email) => boolean,
  ): readonly ThreadRow[] {
    const letters = segments.flatMap((segment) => (segment.kind === 'letter' ? [segment] : []))
    const open = letters.flatMap(({ email, isOpen }) => (isOpen ? [email] : []))
    const framed = open.filter(wantsFrame)
    // where all are plain text, the first holds the warm frame for the conversation after this one
    const holders = framed.length > 0 ? framed : open.slice(0, 1)
    const names = letterNames(segments)
    this.#shells = arrangeShells({
      previous: this.#shells,
      places: letters.map(({ email }) => ({
        letter: names.get(email) ?? email.id,
        wantsFrame: holders.includes(email),
      })),
      live,
      // while nothing is known of the conversation, one article waits with a warm frame
      spare: letters.length === 0 ? 1 : 0,
      newKey: () => `shell ${String((this.#made += 1))}`,
    })
    const keys = new Map(this.#shells.map((shell) => [shell.letter, shell.key]))
    const rows = segments.map((segment): ThreadRow => {
      if (segment.kind === 'fold') return { ...segment, key: `fold ${segment.emails[0]?.id ?? ''}` }
      const { email, isOpen } = segment
      return { kind: 'letter', key: keys.get(names.get(email) ?? email.id) ?? email.id, email, isOpen }
    })
    const waiting = this.#shells.filter((shell) => shell.letter === null)
    return [...rows, ...waiting.map(({ key }): ThreadRow => ({ kind: 'letter', key, email: null, isOpen: true }))]
  }
}

/** A letter is known by its blob, which outlives a change of id (architecture B6.5a), unless two have the same. */
function letterNames(segments: readonly Segment[]): ReadonlyMap<Email, string> {
  const names = new Map<Email, string>()
  const taken = new Set<string>()
  for (const segment of segments) {
    if (segment.kind === 'fold') continue
    const { email } = segment
    names.set(email, taken.has(email.blobId) ? email.id : email.blobId)
    taken.add(email.blobId)
  }
  return names
}
