import { describe, expect, it } from 'vitest'
import { drawHeldPicture, lengthOf } from './held-picture.ts'

const svgOf = (url: string | null): string => decodeURIComponent((url ?? '').replace('data:image/svg+xml,', ''))

describe('drawHeldPicture', () => {
  it('keeps the box and says what the picture is and where from', () => {
    const svg = svgOf(drawHeldPicture({ alt: 'A bed in snow', host: 'x.example', width: 600, height: 300 }))
    expect(svg).toContain('width="600" height="300"')
    expect(svg).toMatch(/>A bed in snow<.*>x\.example</)
  })

  it('makes a box for words when the letter names no size', () => {
    expect(svgOf(drawHeldPicture({ alt: 'Logo', host: 'x.example', width: NaN, height: NaN }))).toContain(
      'width="79" height="48"',
    )
  })

  it('draws nothing for a tracker', () => {
    expect(drawHeldPicture({ alt: '', host: 'x.example', width: 1, height: 1 })).toBeNull()
    expect(drawHeldPicture({ alt: '', host: 'x.example', width: NaN, height: NaN })).toBeNull()
  })

  it('takes hostile words as text', () => {
    const svg = svgOf(
      drawHeldPicture({ alt: '</text><script>alert(1)</script>\u0000\ud800&', host: 'x', width: 600, height: 90 }),
    )
    expect(svg).not.toContain('<script')
    expect(new DOMParser().parseFromString(svg, 'image/svg+xml').querySelectorAll('parsererror, script')).toHaveLength(
      0,
    )
  })

  it('shortens what does not fit', () => {
    expect(svgOf(drawHeldPicture({ alt: 'x'.repeat(100), host: 'x.example', width: 100, height: 20 }))).toMatch(
      />x{11}…<\/text><\/svg>$/,
    )
  })
})

describe('lengthOf', () => {
  it('reads pixels only', () => {
    expect([lengthOf('600'), lengthOf(' 40.5px'), lengthOf('50%'), lengthOf(null)]).toEqual([600, 40.5, NaN, NaN])
  })
})
