/**
 * Where letters are made ready: parser, trees and frames of one conversation pane. Everything that a key press would
 * otherwise wait for is here before: trees of the neighbours, a warm frame, the theme.
 */
import { bareCid } from './letter-parts.ts'
import { ShellHosts } from './shell-hosts.ts'
import { thread as t } from '../../i18n/en/thread.ts'
import { FramePool } from '../../render/frame-pool.ts'
import { LetterFrame, type LetterContent } from '../../render/letter-frame.ts'
import { LetterImages } from '../../render/letter-images.ts'
import { openPreparer, type Preparer } from '../../render/parser-frame.ts'
import { TreeCache } from '../../render/tree-cache.ts'
import type { AsideFrames } from './aside-frames.ts'
import type { SlotLetter } from './frame-slot.svelte.ts'
import type { DressDark } from '../../render/dark/dress-dark.ts'
import type { LetterTheme, LetterTree } from '../../render/letter.ts'
import type { BlobId, EmailBody, EmailBodyValue } from '../../jmap/types.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Logger } from '../../platform/logger.ts'
import type { AccountPort } from '../../sync/engine-port.ts'

/** Frames that may live at once in a conversation (frame.md §15): so many only where so many letters show at once. */
const mostFrames = 8
/** Each takes about 4 MB. */
const keptFrames = 4

export interface LetterDeskDeps {
  readonly document: Document
  readonly clock: Clock
  readonly logger: Logger
  readonly frameDocument: () => Promise<string>
  /** Replaced where there are no real frames. */
  readonly openPreparer?: () => Promise<Preparer>
  readonly createFrame?: (host: HTMLElement, mode: 'closed' | 'open', frameDocument: string) => LetterFrame
}

type CreateFrame = (host: HTMLElement, mode: 'closed' | 'open') => LetterFrame

interface Tools {
  readonly prepare: Preparer
  readonly create: CreateFrame
  readonly pool: FramePool
}

export class LetterDesk {
  readonly hosts = new ShellHosts()
  readonly #deps: LetterDeskDeps
  readonly #trees = new TreeCache()
  readonly #images = new WeakMap<LetterTree, LetterImages>()
  #tools = $state.raw<Tools | undefined>(undefined)
  #hasFailed = $state.raw(false)
  #looks = $state.raw(0)
  #onTheWay = $state.raw(0)
  #theme: LetterTheme | undefined
  #isOpening = false
  #isNarrow: boolean | undefined
  #dressDark: DressDark | undefined
  #isDressing = false
  #aside: AsideFrames | undefined

  constructor(deps: LetterDeskDeps) {
    this.#deps = deps
  }

  /** Undefined until the parser and the frame document have come. */
  get pool(): FramePool | undefined {
    return this.#tools?.pool
  }

  /** The frame's code did not come: letters are shown as text. */
  get hasFailed(): boolean {
    return this.#hasFailed
  }

  /** Changes with the reader's theme: frames are dressed anew. */
  get looks(): number {
    return this.#looks
  }

  /** A letter that somebody waits for is on its way. */
  get isBusy(): boolean {
    return this.#onTheWay > 0
  }

  /** A letter is on its way from now on, until the returned function is called. */
  begin(): () => void {
    this.#onTheWay += 1
    return () => {
      this.#onTheWay -= 1
    }
  }

  /** Letters of the neighbours, painted out of sight; undefined until the code for that is here. */
  get aside(): AsideFrames | undefined {
    return this.#aside
  }

  /** Letters are painted ahead there from now on, until the returned function is called. */
  paintAside(aside: AsideFrames): () => void {
    this.#aside = aside
    return () => {
      if (this.#aside === aside) this.#aside = undefined
    }
  }

  async open(): Promise<void> {
    if (this.#isOpening) return
    this.#isOpening = true
    const { document, clock, logger } = this.#deps
    try {
      const [prepare, frameDocument] = await Promise.all([
        this.#deps.openPreparer?.() ?? openPreparer({ document, clock, logger }),
        this.#deps.frameDocument(),
      ])
      const createFrame =
        this.#deps.createFrame ?? ((host, mode) => new LetterFrame(host, mode, { clock, frameDocument }))
      const create: CreateFrame = (host, mode) => createFrame(host, mode, frameDocument)
      this.#tools = { prepare, create, pool: new FramePool({ create, limit: mostFrames, kept: keptFrames }) }
    } catch (error) {
      logger.error('no code for letters', error)
      this.#hasFailed = true
      this.#isOpening = false
    }
  }

  /** The prepared letter; made now if it was not made ahead. `key` names the part of the message. */
  tree(key: string, value: EmailBodyValue): LetterTree | undefined {
    const cached = this.#trees.get(key)
    if (cached || !this.#tools) return cached
    const tree = this.#tools.prepare({ html: value.value, isTruncated: value.isTruncated })
    this.#trees.set(key, tree)
    return tree
  }

  /** Pictures of a letter, kept as long as its tree. */
  images(tree: LetterTree, body: EmailBody, port: AccountPort): LetterImages {
    const known = this.#images.get(tree)
    if (known) return known
    const parts = body.attachments
      .concat(body.htmlBody)
      .flatMap(({ cid, blobId, type }) => (cid && blobId ? [{ cid: bareCid(cid), blobId, type }] : []))
    const images = new LetterImages(tree, {
      parts,
      fetchBlob: (part) => port.fetchBlob({ blobId: part.blobId as BlobId, type: part.type, name: part.cid }),
    })
    this.#images.set(tree, images)
    return images
  }

  /** What a frame is told to show in `host`. */
  content(letter: SlotLetter, host: HTMLElement): LetterContent {
    const theme = this.theme(host)
    const asSent = letter.isAsSent
    return {
      id: letter.id,
      tree: (asSent ? undefined : this.#dressDark?.(letter.tree, theme)) ?? letter.tree,
      images: letter.images.sources(letter.pictures),
      theme,
      asSent: asSent === true,
      quoteLabel: t.quoted,
    }
  }

  /** A frame beside those of the pool, for what is shown once: the caller destroys it. */
  frame(host: HTMLElement, mode: 'closed' | 'open'): LetterFrame | undefined {
    return this.#tools?.create(host, mode)
  }

  /** The looks that simple letters take, read once: asking for computed styles costs a layout. */
  theme(paper: HTMLElement): LetterTheme {
    const theme = (this.#theme ??= readTheme(paper))
    if (theme.scheme === 'dark' && !this.#isDressing) {
      this.#isDressing = true
      // Without it designed letters stay as they were sent.
      this.#loadDark().catch(() => undefined)
    }
    return theme
  }

  async #loadDark(): Promise<void> {
    const { createDressDark } = await import('../../render/dark/dress-dark.ts')
    this.#dressDark = createDressDark(this.#deps.document)
    this.didChangeLooks()
  }

  /** The reading size depends on the width of the pane (design §3): below 720 px it is the phone's. */
  didResize(width: number): void {
    const isNarrow = width < 720
    if (this.#isNarrow !== undefined && this.#isNarrow !== isNarrow) this.didChangeLooks()
    this.#isNarrow = isNarrow
  }

  /** Colours or type have changed. */
  didChangeLooks(): void {
    this.#theme = undefined
    this.#looks += 1
    this.aside?.forget()
  }

  /** The pane goes: nothing of its letters stays. The parser holds none, and waits for the next pane. */
  close(): void {
    this.aside?.forget()
    this.#tools?.pool.clear()
    this.#trees.clear()
    this.#theme = undefined
  }
}

function readTheme(paper: HTMLElement): LetterTheme {
  const style = getComputedStyle(paper)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    scheme: style.colorScheme.includes('dark') ? 'dark' : 'light',
    text: style.color,
    muted: token('--text-2'),
    link: token('--accent'),
    line: token('--line'),
    well: token('--well'),
    fontFamily: style.fontFamily,
    monospace: token('--font-mono'),
    fontSize: style.fontSize,
    lineHeight: style.lineHeight,
  }
}
