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
  it('hands raster parts over with the type of their content, and fetches nothing else', async () => {
    const fetchBlob = vi.fn(() =>
      Promise.resolve(new Blob(['GIF89a', new Uint8Array([1, 0, 1, 0])], { type: 'text/html' })),
    )
    const images = new LetterImages(tree, { parts, fetchBlob })
    expect(images.sources()).toEqual([null, 'data:image/png;base64,AA', null, null, null])
    const seen: [number, string][] = []
    const take = (index: number, blob: Blob): number => seen.push([index, blob.type])
    await Promise.all([images.load(take), images.load(take)])
    expect(seen).toEqual([
      [0, 'image/gif'],
      [0, 'image/gif'],
    ])
    expect(fetchBlob).toHaveBeenCalledTimes(1)
    expect(images.sources()[0]).toBeInstanceOf(Blob)
    expect([...images.shownParts()]).toEqual(['B1'])
  })

  it('names remote addresses only when they are allowed', () => {
    const images = new LetterImages(tree, { parts, fetchBlob: () => Promise.reject(new Error('offline')) })
    expect(images.sources(new Map([[2, 'https://x.example/1']]))[2]).toBe('https://x.example/1')
    expect(images.sources(new Map([[0, 'https://x.example/0']]))).toEqual([
      null,
      'data:image/png;base64,AA',
      null,
      null,
      null,
    ])
    expect(images.sources()[2]).toBeNull()
  })

  it('shows no part that is no picture, whatever its type says', async () => {
    const fetchBlob = (): Promise<Blob> => Promise.resolve(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']))
    const images = new LetterImages(tree, { parts, fetchBlob })
    const [shown, missing] = [vi.fn(), vi.fn()]
    await images.load(shown, missing)
    expect(shown).not.toHaveBeenCalled()
    expect(missing).toHaveBeenCalledWith(parts[0])
  })

  it('goes on when a part does not come', async () => {
    const images = new LetterImages(tree, { parts, fetchBlob: () => Promise.reject(new Error('offline')) })
    const missing = vi.fn()
    await images.load(() => undefined, missing)
    expect(missing).toHaveBeenCalledWith(parts[0])
  })
})
