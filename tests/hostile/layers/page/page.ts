/** Every layer of the render pipeline by itself: what one of them lets through, the next must not hide. */
import { safeFileName } from '../../../../src/mail/safe-file-name.ts'
import { systemClock } from '../../../../src/platform/clock.ts'
import { silentLogger } from '../../../../src/platform/logger.ts'
import { LetterFrame } from '../../../../src/render/letter-frame.ts'
import { LetterImages } from '../../../../src/render/letter-images.ts'
import type { ImageSource, LetterTree } from '../../../../src/render/letter.ts'
import { parseShownLink } from '../../../../src/render/links.ts'
import { openParser } from '../../../../src/render/parser-frame.ts'
import { toPlainBlocks, type PlainBlock } from '../../../../src/render/plain-text.ts'
import { prepareLetter } from '../../../../src/render/prepare-letter.ts'
import type { LetterParser } from '../../../../src/render/sanitiser.ts'
import { findLinks } from '../../../../src/render/text-links.ts'
import { frameDeps, theme, violations } from '../../page-parts.ts'
import { faultsOf } from '../../static-check.ts'
import { seeElements, type SeenElement } from '../seen-elements.ts'
import { linkFaults, nameFaults, textFaults, treeSizeFaults } from '../layer-faults.ts'
import { attributesOf, wildTree } from '../wild-tree.ts'

/** A file of a mail, as far as a tree can ask for it. */
export interface LayerFile {
  readonly name: string
  readonly cid: string
  readonly type: string
}

export interface Layers {
  /** What the sanitiser hands to the walker. */
  sanitised(html: string): SeenElement[]
  /** The walker's tree of a document that no sanitiser has seen. */
  walked(html: string): string[]
  /** The tree as it is made. */
  prepared(html: string): string[]
  /** Shows the tree as it is made; says how that ended. */
  show(html: string, files: readonly LayerFile[]): Promise<string>
  /** Shows a tree that no walker has checked. */
  showWild(html: string): Promise<string>
  /** Tags and attributes of the letter, unchecked: what is forced into a frame to try its policy. */
  wild(html: string): { tag: string; attributes: readonly string[] }[]
  hrefs(html: string): string[]
  links(html: string): string[]
  text(text: string): string[]
  names(files: readonly LayerFile[]): string[]
  pictures(html: string, files: readonly LayerFile[]): Promise<string[]>
  /** Opens a second frame beside the first. */
  openOther(): Promise<void>
  /** What the frame has told the app of clicked links, since the last call. */
  takeClicks(): string[]
  takeViolations(): string[]
}

declare global {
  interface Window {
    layers?: Layers
  }
}

/** What a link is asked about before it opens. */
const asking: ReadonlySet<string> = new Set(['userinfo', 'mixed-script', 'text-differs'])

const parser = await openParser({ document, clock: systemClock, logger: silentLogger })
/** The parser's realm without the sanitiser. */
const openly: LetterParser = {
  window: parser.window,
  sanitise: (html) => rawDocument(html),
  createSheet: () => parser.createSheet(),
}
const host = document.querySelector<HTMLElement>('#letters')!
const clicks: string[] = []
let frame: LetterFrame | null = null

function rawDocument(html: string): HTMLElement {
  return new parser.window.DOMParser().parseFromString(html, 'text/html').documentElement
}

function showTree(tree: LetterTree, images: readonly ImageSource[]): Promise<string> {
  if (frame === null || frame.isGone) {
    frame?.destroy()
    frame = new LetterFrame(host, 'closed', frameDeps)
  }
  const shown = frame
  return new Promise((resolve) => {
    shown.render(
      { id: String(performance.now()), tree, images, theme, quoteLabel: (lines) => `${lines} quoted lines` },
      {
        onSize: (height) => (shown.element.style.height = `${height}px`),
        onPainted: () => resolve('painted'),
        onLink: (link) => clicks.push(link.href),
        onLinkTarget: () => undefined,
        onKey: () => undefined,
        onFailed: (reason) => resolve(`failed: ${reason}`),
      },
    )
  })
}

/** `onAsked` hears of which types parts are asked for: their bytes are no picture, whatever they are called. */
function imagesOf(
  tree: LetterTree,
  files: readonly LayerFile[],
  onAsked: (type: string) => void = () => undefined,
): LetterImages {
  return new LetterImages(tree, {
    parts: files.map(({ cid, type, name }) => ({ cid, type, blobId: name })),
    fetchBlob: ({ type }) => {
      onAsked(type)
      return Promise.resolve(new Blob(['x'], { type }))
    },
  })
}

function textOf(blocks: readonly PlainBlock[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'quote' ? textOf(block.blocks) : [block.text]))
}

const prepare = (html: string, by = parser): LetterTree => prepareLetter({ html }, by)
const treeFaults = (tree: LetterTree): string[] => [...faultsOf(tree), ...treeSizeFaults(tree)]

window.layers = {
  sanitised: (html) => seeElements(parser.sanitise(html)),
  walked: (html) => treeFaults(prepare(html, openly)),
  prepared: (html) => treeFaults(prepare(html)),
  async show(html, files) {
    const tree = prepare(html)
    const images = imagesOf(tree, files)
    await images.load(() => undefined)
    // every address that there is: the frame is to refuse what it should
    const remote = tree.images.map((image) => (image.kind === 'remote' ? image.url : ''))
    return showTree(tree, images.sources(new Map(remote.entries())))
  },
  showWild(html) {
    const tree = wildTree(rawDocument(html), () => parser.createSheet())
    return showTree(tree, tree.sources)
  },
  wild: (html) =>
    [...rawDocument(html).querySelectorAll('*')].slice(0, 500).map((element) => ({
      tag: element.localName,
      attributes: attributesOf(element),
    })),
  hrefs: (html) => [...rawDocument(html).querySelectorAll('[href]')].map((link) => link.getAttribute('href') ?? ''),
  links: (html) =>
    [...rawDocument(html).querySelectorAll('a[href]')].flatMap((link) => {
      const [href, text] = [link.getAttribute('href') ?? '', link.textContent]
      const target = parseShownLink(href, text)
      return target === null
        ? []
        : linkFaults(
            href,
            text,
            target.flags.some((flag) => asking.has(flag)),
          )
    }),
  text: (text) => textOf(toPlainBlocks(text)).flatMap((block) => textFaults(block, findLinks(block))),
  names: (files) => files.flatMap(({ name, type }) => nameFaults(safeFileName(name, type))),
  async pictures(html, files) {
    const tree = prepare(html)
    const faults: string[] = []
    const check = (verb: string, type: string): void => {
      if (!/^image\/(?:png|jpeg|gif|webp|avif|bmp)$/i.test(type)) faults.push(`${verb} ${type}`)
    }
    const images = imagesOf(tree, files, (type) => check('asks for', type))
    await images.load((_, source) => check('shows', source.type))
    return faults
  },
  openOther() {
    const other = new LetterFrame(document.querySelector<HTMLElement>('#others')!, 'closed', frameDeps)
    return new Promise((resolve) => {
      other.render(
        { id: 'other', tree: prepare('<p>other</p>'), images: [], theme, quoteLabel: null },
        {
          onSize: () => undefined,
          onPainted: () => resolve(),
          onLink: () => undefined,
          onLinkTarget: () => undefined,
          onKey: () => undefined,
          onFailed: () => resolve(),
        },
      )
    })
  },
  takeClicks: () => clicks.splice(0),
  takeViolations: () => violations.splice(0),
}
