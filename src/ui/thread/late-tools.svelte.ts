/** What is asked of a letter or its conversation from a menu: one thing at a time, by code fetched for it. */
import { thread as t } from '../../i18n/en/thread.ts'
import type { LetterLooks, PicturesOf } from './letter-reading.svelte.ts'
import type { Email, EmailBodyPart } from '../../jmap/types.ts'
import type { Announce } from '../../state/contexts.ts'
import type { Closed } from './trust/trust-reader.svelte.ts'

export type ToolRequest =
  | { readonly kind: 'letterMenu'; readonly opener: HTMLElement; readonly email: Email; readonly reading: LetterLooks }
  | { readonly kind: 'threadMenu'; readonly opener: HTMLElement }
  | { readonly kind: 'find'; readonly from: HTMLElement }
  | { readonly kind: 'source' | 'save'; readonly email: Email }
  | {
      readonly kind: 'preview'
      readonly files: readonly EmailBodyPart[]
      readonly file: EmailBodyPart
      /** Of the letter that the file came with. */
      readonly closed: Closed | null
    }
  | { readonly kind: 'saveAll'; readonly files: readonly EmailBodyPart[]; readonly subject: string }
  /** `pictures`: those from the internet that the reader sees. */
  | { readonly kind: 'print'; readonly emails: readonly Email[]; readonly pictures?: PicturesOf | undefined }

type Tools = typeof import('./tools/ThreadTools.svelte').default

export class LateTools {
  readonly #announce: Announce
  #tools = $state.raw<Tools | undefined>()
  #request = $state.raw<ToolRequest | undefined>()

  constructor(announce: Announce) {
    this.#announce = announce
  }

  get tools(): Tools | undefined {
    return this.#tools
  }

  get request(): ToolRequest | undefined {
    return this.#request
  }

  ask(request: ToolRequest): void {
    this.#request = request
    if (this.#tools) return
    import('./tools/ThreadTools.svelte').then(
      (chunk) => (this.#tools = chunk.default),
      () => {
        this.#request = undefined
        this.#announce(t.partFailed, 'assertive')
      },
    )
  }

  /** Only what is still asked: a menu that opens something else has been replaced already. */
  done(request: ToolRequest): void {
    if (this.#request === request) this.#request = undefined
  }
}
