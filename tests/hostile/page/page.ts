/** The render layer alone, built and served with the policies that ship: what the hostile mails are driven through. */
import { systemClock } from '../../../src/platform/clock.ts'
import { silentLogger } from '../../../src/platform/logger.ts'
import { LetterFrame } from '../../../src/render/letter-frame.ts'
import type { LetterLink, LetterTheme, LetterTree } from '../../../src/render/letter.ts'
import { openParser } from '../../../src/render/parser-frame.ts'
import { toPlainBlocks, type PlainBlock } from '../../../src/render/plain-text.ts'
import { prepareLetter } from '../../../src/render/prepare-letter.ts'
import { findLinks, type TextPiece } from '../../../src/render/text-links.ts'
import { frameDeps, theme, violations } from '../page-parts.ts'

export interface Shown {
  readonly outcome: string
  readonly height: number
  readonly prepareMs: number
  readonly paintMs: number
  readonly tree: LetterTree
}

export interface ShowOptions {
  readonly mode?: 'closed' | 'open'
  readonly scheme?: 'light' | 'dark'
  readonly remote?: boolean
}

export interface Harness {
  show(html: string, options?: ShowOptions): Promise<Shown>
  /** A tree that no walker has made: what the frame itself refuses. */
  showTree(tree: LetterTree, options?: ShowOptions): Promise<Shown>
  /** The plain-text path: blocks and links as the app renders them. */
  showText(text: string): Promise<void>
  readonly links: LetterLink[]
  readonly keys: string[]
  readonly violations: string[]
  readonly parser: 'frame' | 'page'
  readonly height: number
}

declare global {
  interface Window {
    harness?: Harness
  }
}

const dark: LetterTheme = {
  ...theme,
  scheme: 'dark',
  text: '#e6e9e4',
  muted: '#aab2ac',
  link: '#7cc4a8',
  well: '#2a302c',
}

const parser = await openParser({ document, clock: systemClock, logger: silentLogger })
const host = document.querySelector<HTMLElement>('#letters')!
const links: LetterLink[] = []
const keys: string[] = []
let height = 0
let frame: LetterFrame | null = null

function show(html: string, options: ShowOptions = {}): Promise<Shown> {
  const start = performance.now()
  const tree = prepareLetter({ html }, parser)
  return showTree(tree, options, start)
}

function showTree(tree: LetterTree, options: ShowOptions = {}, start = performance.now()): Promise<Shown> {
  const mode = options.mode ?? 'closed'
  if (frame === null || frame.isGone || frame.mode !== mode) {
    frame?.destroy()
    frame = new LetterFrame(host, mode, frameDeps)
  }
  const shown = frame
  const prepareMs = performance.now() - start
  return new Promise((resolve) => {
    const finish = (outcome: string): void => {
      resolve({ outcome, height, prepareMs, paintMs: performance.now() - start, tree })
    }
    shown.render(
      {
        id: String(start),
        tree,
        images: tree.images.map((image) =>
          image.kind === 'data' || (image.kind === 'remote' && options.remote) ? image.url : null,
        ),
        theme: options.scheme === 'dark' ? dark : theme,
        quoteLabel: (lines) => `${lines} quoted lines`,
      },
      {
        onSize: (h) => {
          height = h
          shown.element.style.height = `${h}px`
        },
        onPainted: () => finish('painted'),
        onLink: (link) => links.push(link),
        onLinkTarget: () => undefined,
        onKey: (press) => keys.push(press.key),
        onFailed: (reason) => finish(`failed: ${reason}`),
      },
    )
  })
}

const textHost = document.querySelector('#text')!

async function showText(text: string): Promise<void> {
  textHost.replaceChildren()
  await appendBlocks(textHost, toPlainBlocks(text))
}

async function appendBlocks(into: Element, blocks: readonly PlainBlock[]): Promise<void> {
  for (const block of blocks) {
    const element = document.createElement(block.kind === 'quote' ? 'blockquote' : 'p')
    into.append(element)
    if (block.kind === 'quote') await appendBlocks(element, block.blocks)
    else for (const piece of findLinks(block.text)) element.append(pieceNode(piece))
  }
}

function pieceNode(piece: TextPiece): Node {
  if (piece.kind === 'text') return document.createTextNode(piece.text)
  const link = document.createElement('a')
  link.href = piece.href
  link.rel = 'noopener noreferrer'
  link.textContent = piece.text
  return link
}

window.harness = {
  show,
  showTree,
  showText,
  links,
  keys,
  violations,
  parser: parser.window === window ? 'page' : 'frame',
  get height() {
    return height
  },
}
