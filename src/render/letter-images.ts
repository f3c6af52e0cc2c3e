/** Turns the pictures of a tree into what may go into a frame: bytes of raster types, data URLs, or remote addresses. */
import type { AllowedPictures, ImageSource, LetterImage, LetterTree } from './letter.ts'

/** An inline part as the message names it. */
export interface InlinePart {
  /** Content-Id without angle brackets. */
  readonly cid: string
  readonly blobId: string
  readonly type: string
}

type FetchBlob = (part: InlinePart) => Promise<Blob>

const rasterTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'])

export interface LetterImagesDeps {
  readonly parts: readonly InlinePart[]
  readonly fetchBlob: FetchBlob
}

/** The pictures of one letter. No remote address leaves it but those that are given to `sources` as allowed. */
export class LetterImages {
  readonly #tree: LetterTree
  readonly #deps: LetterImagesDeps
  readonly #blobs = new Map<string, Blob>()
  readonly #coming = new Map<string, Promise<Blob>>()

  constructor(tree: LetterTree, deps: LetterImagesDeps) {
    this.#tree = tree
    this.#deps = deps
  }

  /** What is at hand now, by index; parts that are still to come, and what is not allowed, are null. */
  sources(allowed?: AllowedPictures): ImageSource[] {
    return this.#tree.images.map((image, index) => {
      if (image.kind === 'data') return image.url
      if (image.kind === 'remote') return allowed?.get(index) ?? null
      return this.#blobs.get(image.cid) ?? null
    })
  }

  /** The parts that the letter shows, so that they are not listed as attachments too. */
  shownParts(): ReadonlySet<string> {
    return new Set(this.#inline().map(({ part }) => part.blobId))
  }

  /** Fetches the inline parts and hands over each as it comes. A part that does not come leaves its box empty. */
  async load(onImage: (index: number, source: Blob) => void, onMissing?: (part: InlinePart) => void): Promise<void> {
    await Promise.all(
      this.#inline().map(async ({ index, part }) => {
        if (this.#blobs.has(part.cid)) return
        try {
          onImage(index, await this.#fetch(part))
        } catch {
          onMissing?.(part)
        }
      }),
    )
  }

  /** One request for a part, however often the letter is shown meanwhile. */
  #fetch(part: InlinePart): Promise<Blob> {
    const known = this.#coming.get(part.cid)
    if (known) return known
    const coming = this.#deps
      .fetchBlob(part)
      .then(async (bytes) => {
        // what is a picture, and how large, its content says
        const { checkRaster } = await import('./files/raster.ts')
        const found = await checkRaster(bytes)
        if (found.kind !== 'picture') throw new Error(found.kind)
        this.#blobs.set(part.cid, found.blob)
        return found.blob
      })
      .finally(() => this.#coming.delete(part.cid))
    this.#coming.set(part.cid, coming)
    return coming
  }

  #inline(): { index: number; part: InlinePart }[] {
    return this.#tree.images.flatMap((image, index) => {
      const part = image.kind === 'cid' ? this.#partOf(image) : undefined
      return part === undefined ? [] : [{ index, part }]
    })
  }

  #partOf({ cid }: LetterImage & { kind: 'cid' }): InlinePart | undefined {
    return this.#deps.parts.find((part) => part.cid === cid && rasterTypes.has(part.type.toLowerCase()))
  }
}
