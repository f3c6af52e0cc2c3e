/**
 * Letters on their way to paper. They go through the same pipeline as on screen, each HTML part in an isolated frame of
 * its own that is as tall as the letter; nothing of a letter becomes part of the page that is printed.
 */
import { LiveMap } from '../../../state/live-map.svelte.ts'
import { filesBeside, letterContent, letterKey } from '../letter-parts.ts'
import type { LetterDesk } from '../letter-desk.svelte.ts'
import type { PicturesOf } from '../letter-reading.svelte.ts'
import type { LetterPart } from '../letter-parts.ts'
import type { Email, EmailBody, EmailBodyPart, TextFlow } from '../../../jmap/types.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { LetterFrame } from '../../../render/letter-frame.ts'
import type { LetterTheme, LetterTree } from '../../../render/letter.ts'
import type { OpenAccount } from '../../../state/open-account.ts'

export type PrintedPart =
  | { readonly kind: 'html'; readonly key: string; readonly tree: LetterTree }
  | { readonly kind: 'text'; readonly key: string; readonly text: string; readonly flow: TextFlow | undefined }
  | { readonly kind: 'picture'; readonly key: string; readonly part: EmailBodyPart }

export interface PrintedLetter {
  readonly email: Email
  /** Undefined: not on this device, and the server did not give it. */
  readonly body: EmailBody | undefined
  readonly parts: readonly PrintedPart[]
  readonly files: readonly EmailBodyPart[]
}

export interface PrintJobDeps {
  readonly desk: LetterDesk
  readonly account: OpenAccount
  readonly clock: Clock
  readonly emails: readonly Email[]
  /** Pictures from the internet, as the reader sees the letter. */
  readonly pictures: PicturesOf | undefined
}

/** Paper is white, whatever the screen is. */
const paper: LetterTheme = {
  scheme: 'light',
  text: '#000',
  muted: '#333',
  link: '#1a4d8f',
  line: '#bbb',
  well: '#eee',
  fontFamily: 'system-ui, sans-serif',
  monospace: 'ui-monospace, monospace',
  fontSize: '14px',
  lineHeight: '21px',
}

/** More frames than this would be a burden; the letters after them are printed as text. */
const mostFrames = 40
/** A picture that does not come by then is left out. */
const patienceMs = 8_000
/** Pictures that came make their letter taller, which the frame tells a moment later. */
const settleMs = 120

export class PrintJob {
  readonly #deps: PrintJobDeps
  readonly #frames: LetterFrame[] = []
  #letters = $state.raw<readonly PrintedLetter[] | undefined>()
  readonly pictures = new LiveMap<string, string>()
  /** Parts whose frame did not come: printed as text. */
  readonly failed = new LiveMap<string, true>()

  constructor(deps: PrintJobDeps) {
    this.#deps = deps
  }

  /** Undefined until all bodies are here that can be had. */
  get letters(): readonly PrintedLetter[] | undefined {
    return this.#letters
  }

  async read(): Promise<void> {
    const letters = []
    for (const email of this.#deps.emails) letters.push(await this.#letter(email))
    this.#letters = letters
  }

  /** Resolves when everything that can be shown stands in the sheet, at its full height. */
  async paint(sheet: HTMLElement): Promise<void> {
    const { clock } = this.#deps
    const hosts = [...sheet.querySelectorAll<HTMLElement>('[data-part]')]
    const coming: Promise<unknown>[] = []
    for (const { body, parts } of this.#letters ?? []) {
      for (const part of parts) {
        const host = hosts.find((one) => one.dataset['part'] === part.key)
        if (part.kind === 'html' && body && host) coming.push(this.#paint(part, body, host))
        else if (part.kind === 'picture') coming.push(this.#picture(part.key, part.part))
      }
    }
    const late = new Promise<void>((resolve) => clock.after(patienceMs, resolve))
    await Promise.race([Promise.all(coming), late])
    for (const frame of this.#frames) frame.measure()
    await new Promise<void>((resolve) => clock.after(settleMs, resolve))
  }

  close(): void {
    for (const frame of this.#frames) frame.destroy()
    for (const [, url] of this.pictures.entries()) URL.revokeObjectURL(url)
  }

  async #letter(email: Email): Promise<PrintedLetter> {
    const { account } = this.#deps
    const body = await bodyOf(account, email)
    if (!body) return { email, body, parts: [], files: [] }
    const content = letterContent(body)
    const parts = content.parts.flatMap((part) => this.#part(email, part))
    const cids = parts.flatMap((part) =>
      part.kind === 'html' ? part.tree.images.flatMap((image) => (image.kind === 'cid' ? [image.cid] : [])) : [],
    )
    return { email, body, parts, files: filesBeside(content.files, cids) }
  }

  #part(email: Email, part: LetterPart): PrintedPart[] {
    const { desk, account } = this.#deps
    const key = letterKey(account.info.key, email, part)
    if (part.kind === 'picture') return [{ kind: 'picture', key, part: part.part }]
    if (part.kind === 'text') return [{ kind: 'text', key, text: part.value.value, flow: part.flow }]
    const tree = desk.tree(key, part.value)
    return tree ? [{ kind: 'html', key, tree }] : []
  }

  async #paint(part: PrintedPart & { kind: 'html' }, body: EmailBody, host: HTMLElement): Promise<void> {
    const { desk, account, pictures } = this.#deps
    const mode = pictures ? 'open' : 'closed'
    const frame = this.#frames.length < mostFrames ? desk.frame(host, mode) : undefined
    if (!frame) {
      this.failed.set(part.key, true)
      return
    }
    this.#frames.push(frame)
    const images = desk.images(part.tree, body, account.port)
    await new Promise<void>((resolve) => {
      const nothing = (): void => undefined
      frame.render(
        {
          id: part.key,
          tree: part.tree,
          images: images.sources(pictures?.(part.tree)),
          theme: paper,
          quoteLabel: null,
        },
        {
          onSize: (height) => (host.style.blockSize = `${String(height)}px`),
          onPainted: () => resolve(),
          onFailed: () => {
            this.failed.set(part.key, true)
            resolve()
          },
          onLink: nothing,
          onLinkTarget: nothing,
          onKey: nothing,
        },
      )
    })
    if (!frame.isGone) await images.load((index, picture) => frame.setImage(index, picture))
  }

  async #picture(key: string, { blobId, type, size }: EmailBodyPart): Promise<void> {
    if (!blobId) return
    try {
      const blob = await this.#deps.account.port.fetchBlob({ blobId, type, name: 'picture', size })
      this.pictures.set(key, URL.createObjectURL(new Blob([blob], { type })))
    } catch {
      // it is left out, as on screen
    }
  }
}

async function bodyOf({ replica, port }: OpenAccount, { id }: Email): Promise<EmailBody | undefined> {
  const here = await replica.body(id)
  if (here) return here
  try {
    await port.fetchBodies([id])
    return await replica.body(id)
  } catch {
    return undefined
  }
}
