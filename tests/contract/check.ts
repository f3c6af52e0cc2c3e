/** One statement about a JMAP server, named so that a server's deviations can be listed by name. */
import type { Target } from './target.ts'

export interface Check {
  readonly name: string
  readonly run: (target: Target) => Promise<void>
}
