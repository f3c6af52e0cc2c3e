import { describe, expect, it, vi } from 'vitest'
import { LetterImages, type InlinePart } from './letter-images.ts'
import type { LetterTree } from './letter.ts'

const tree: LetterTree = {
  ops: [],
  styles: [],
  sheets: [],
  images: [
    { kind: 'cid', cid: 'a@x' },
    { kind: 'data', url: 'data:image/png;base64,AA' },
    { kind: 'remote', url: 'https://x.example/1' },
    { kind: 'cid', cid: 'svg@x' },
    { kind: 'cid', cid: 'lost@x' },
  ],
  quirks: false,
  isTruncated: false,
  isDesigned: false,
  remoteImages: 1,
  quoteLines: [],
}
const parts: InlinePart[] = [
  { cid: 'a@x', blobId: 'B1', type: 'image/PNG' },
  { cid: 'svg@x', blobId: 'B2', type: 'image/svg+xml' },
]

describe('LetterImages', () => {
  it('hands raster parts over with the type that the message names, and fetches nothing else', async () => {
    const fetchBlob = vi.fn(() => Promise.resolve(new Blob(['x'], { type: 'text/html' })))
    const images = new LetterImages(tree, { parts, fetchBlob })
    expect(images.sources({ remote: false })).toEqual([null, 'data:image/png;base64,AA', null, null, null])
    const seen: [number, string][] = []
    const take = (index: number, blob: Blob): number => seen.push([index, blob.type])
    await Promise.all([images.load(take), images.load(take)])
    expect(seen).toEqual([
      [0, 'image/png'],
      [0, 'image/png'],
    ])
    expect(fetchBlob).toHaveBeenCalledTimes(1)
    expect(images.sources({ remote: false })[0]).toBeInstanceOf(Blob)
    expect([...images.shownParts()]).toEqual(['B1'])
  })

  it('names remote addresses only when they are allowed', () => {
    const images = new LetterImages(tree, { parts, fetchBlob: () => Promise.reject(new Error('offline')) })
    expect(images.sources({ remote: true })[2]).toBe('https://x.example/1')
    expect(images.sources({ remote: false })[2]).toBeNull()
  })

  it('goes on when a part does not come', async () => {
    const images = new LetterImages(tree, { parts, fetchBlob: () => Promise.reject(new Error('offline')) })
    const missing = vi.fn()
    await images.load(() => undefined, missing)
    expect(missing).toHaveBeenCalledWith(parts[0])
  })
})
