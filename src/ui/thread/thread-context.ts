/** What the parts of one conversation pane share. Set by `ThreadPane`. */
import { createContext } from 'svelte'
import type { LetterDesk } from './letter-desk.svelte.ts'
import type { LateLinks } from './late-links.svelte.ts'
import type { LateTools } from './late-tools.svelte.ts'
import type { ThreadParts } from './thread-parts.ts'
import type { Shortcuts } from '../../state/contexts.ts'
import type { OpenAccount } from '../../state/open-account.ts'

export interface ThreadDesk {
  readonly desk: LetterDesk
  readonly links: LateLinks
  readonly parts: ThreadParts
  readonly tools: LateTools
  readonly shortcuts: Shortcuts
  readonly account: () => OpenAccount
  readonly ownAddresses: () => readonly string[]
  readonly now: () => number
}

export const [getDesk, setDesk] = createContext<ThreadDesk>()
