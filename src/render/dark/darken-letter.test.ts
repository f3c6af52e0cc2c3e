import { describe, expect, it, vi } from 'vitest'
import type { Declarations, LetterOp, LetterTree } from '../letter.ts'
import { canvasColours, contrast, serialised, toOklch, type Rgb } from './colour.ts'
import { darkenLetter } from './darken-letter.ts'

const paper: Rgb = { r: 32, g: 37, b: 34, a: 1 }
const names: Readonly<Record<string, string>> = { white: '#ffffff', black: '#000000', navy: '#000080' }

/** As a browser's canvas has it, of what these tests write. */
const read = (value: string): Rgb | null => {
  const short = /^#(.)(.)(.)$/.exec(value)
  return serialised(
    short
      ? `#${short
          .slice(1)
          .map((digit) => digit + digit)
          .join('')}`
      : (names[value] ?? value),
  )
}

interface Part {
  readonly tag: string
  readonly attributes?: readonly string[]
  readonly style?: Readonly<Record<string, string>>
  readonly inner?: readonly (Part | string)[]
}

function letter(body: Part, sheets: LetterTree['sheets'] = []): LetterTree {
  const ops: LetterOp[] = []
  const styles: Declarations[] = []
  const add = ({ tag, attributes = [], style, inner = [] }: Part): void => {
    const index = style ? styles.push(Object.entries(style).flatMap(([name, value]) => [name, value, ''])) - 1 : -1
    ops.push([tag, attributes, index, tag === 'img' ? 0 : -1])
    for (const part of inner) {
      if (typeof part === 'string') ops.push(part)
      else add(part)
    }
    ops.push(0)
  }
  add({ tag: 'html', inner: [body] })
  return {
    ops,
    styles,
    sheets,
    images: [],
    quirks: true,
    isTruncated: false,
    isDesigned: true,
    remoteImages: 0,
    quoteLines: [],
  }
}

/** What the n-th element called `tag` is shown in. */
function shown(tree: LetterTree | null, tag: string): Record<string, string> {
  const op = tree?.ops.find((each) => typeof each === 'object' && each[0] === tag)
  const style = typeof op === 'object' ? (tree?.styles[op[2]] ?? []) : []
  const made: Record<string, string> = {}
  for (let at = 0; at + 1 < style.length; at += 3) made[style[at] ?? ''] = style[at + 1] ?? ''
  return made
}

const colour = (text: string | undefined): Rgb => {
  const made = serialised(text ?? '')
  if (!made) throw new Error(`no colour: ${String(text)}`)
  return made
}

describe('a designed letter on dark paper', () => {
  it('loses its white paper and keeps its words readable', () => {
    const dark = darkenLetter(
      letter({
        tag: 'body',
        attributes: ['bgcolor', 'f4f4f4'],
        inner: [
          {
            tag: 'td',
            style: { 'background-color': 'rgb(255, 255, 255)', color: 'rgb(51, 51, 51)' },
            inner: ['Hello'],
          },
        ],
      }),
      paper,
      read,
    )
    const page = colour(shown(dark, 'body')['background-color'])
    const cell = shown(dark, 'td')
    expect(toOklch(page).lightness).toBeLessThan(0.35)
    expect(toOklch(colour(cell['background-color'])).lightness).toBeLessThan(0.35)
    expect(contrast(colour(cell['color']), colour(cell['background-color']))).toBeGreaterThan(7)
    expect(dark?.isDarkened).toBe(true)
  })

  it('leaves a button its colours: white on blue stays white on blue', () => {
    const dark = darkenLetter(
      letter({
        tag: 'body',
        inner: [
          {
            tag: 'a',
            attributes: ['href', 'https://shop.example/'],
            style: { 'background-color': 'rgb(20, 90, 200)', color: 'rgb(255, 255, 255)' },
            inner: ['Buy'],
          },
        ],
      }),
      paper,
      read,
    )
    expect(shown(dark, 'a')).toMatchObject({ 'background-color': 'rgb(20, 90, 200)', color: 'rgb(255, 255, 255)' })
  })

  it('keeps words readable on a ground of their own whose colour they have from above', () => {
    const dark = darkenLetter(
      letter({
        tag: 'body',
        style: { color: 'rgb(20, 20, 20)' },
        inner: [{ tag: 'td', style: { 'background-color': 'rgb(255, 200, 0)' }, inner: ['Sale'] }],
      }),
      paper,
      read,
    )
    const cell = shown(dark, 'td')
    const ink = colour(cell['color'] ?? shown(dark, 'body')['color'])
    expect(contrast(ink, colour(cell['background-color']))).toBeGreaterThanOrEqual(4.5)
  })

  it('knows what the sheets say of an element, by their weight', () => {
    const dark = darkenLetter(
      letter(
        {
          tag: 'body',
          inner: [{ tag: 'div', attributes: ['class', 'card'], inner: [{ tag: 'p', inner: ['Text'] }] }],
        },
        [
          ['.card p', ['color', 'rgb(0, 0, 128)', '', 'margin-top', '0px', '']],
          ['p', ['color', 'rgb(255, 255, 255)', '']],
          ['a:hover', ['color', 'rgb(255, 0, 0)', '']],
          ['u + #body a', ['color', 'inherit', '']],
        ],
      ),
      paper,
      read,
    )
    const ink = colour(shown(dark, 'p')['color'])
    expect(ink.b).toBeGreaterThan(ink.r)
    expect(contrast(ink, paper)).toBeGreaterThanOrEqual(4.5)
    expect(dark?.sheets).toEqual([['.card p', ['margin-top', '0px', '']]])
  })

  it('gives a picture the ground it was made for, and none to what only holds a place open', () => {
    const logo = darkenLetter(
      letter({ tag: 'body', inner: [{ tag: 'img', attributes: ['width', '120'] }] }),
      paper,
      read,
    )
    expect(shown(logo, 'img')).toMatchObject({ 'background-color': 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)' })
    const gap = darkenLetter(
      letter({ tag: 'body', inner: [{ tag: 'img', attributes: ['width', '600', 'height', '8'] }] }),
      paper,
      read,
    )
    expect(shown(gap, 'img')['background-color']).toBeUndefined()
  })

  it('makes links without a colour readable', () => {
    const dark = darkenLetter(
      letter({ tag: 'body', inner: [{ tag: 'a', attributes: ['href', 'https://x.example/'], inner: ['x'] }] }),
      paper,
      read,
    )
    expect(contrast(colour(shown(dark, 'a')['color']), paper)).toBeGreaterThanOrEqual(4.5)
  })

  it.each<[string, Part, LetterTree['sheets']]>([
    ['a gradient behind the words', { tag: 'body', style: { 'background-image': 'linear-gradient(red, blue)' } }, []],
    ['a colour nobody knows', { tag: 'body', style: { 'background-color': 'lab(50 40 20)' } }, []],
    ['dark paper of its own', { tag: 'body', style: { 'background-color': 'rgb(10, 10, 10)' } }, []],
    [
      'a colour by the width of the window',
      { tag: 'body' },
      [['(max-width: 600px)', null, [['p', ['color', 'red', '']]]]],
    ],
    ['a colour by an attribute', { tag: 'body' }, [['[align=left]', ['color', 'rgb(1, 2, 3)', '']]]],
  ])('stays as it was sent: %s', (_, body, sheets) => {
    expect(darkenLetter(letter(body, sheets), paper, read)).toBeNull()
  })

  it('never makes ink harder to read than 4.5, or than it was sent', () => {
    const steps = [0, 51, 102, 153, 204, 255]
    for (const ground of steps) {
      for (const [r, g, b] of steps.flatMap((one) => steps.map((two) => [one, two, 255 - one] as const))) {
        const style = { 'background-color': `rgb(${ground}, ${ground}, 255)`, color: `rgb(${r}, ${g}, ${b})` }
        const cell = shown(darkenLetter(letter({ tag: 'body', inner: [{ tag: 'td', style }] }), paper, read), 'td')
        const before = contrast(colour(style.color), colour(style['background-color']))
        const after = contrast(colour(cell['color']), colour(cell['background-color']))
        expect(after).toBeGreaterThanOrEqual(Math.min(before, 4.5) - 0.05)
      }
    }
  })
})

describe('colours by a canvas', () => {
  it('are only what it takes, whatever it held before', () => {
    let held = '#000000'
    const context = {
      get fillStyle() {
        return held
      },
      set fillStyle(value: string) {
        held = { '#000': '#000000', '#fff': '#ffffff', tomato: '#ff6347', 'lab(50 0 0)': 'lab(50 0 0)' }[value] ?? held
      },
      clearRect: vi.fn(),
      fillRect: vi.fn(),
      getImageData: () => ({ data: [119, 119, 119, 255] }) as unknown as ImageData,
    }
    const readColour = canvasColours(context)
    expect(readColour('tomato')).toEqual({ r: 255, g: 99, b: 71, a: 1 })
    expect(readColour('lab(50 0 0)')).toEqual({ r: 119, g: 119, b: 119, a: 1 })
    expect(readColour('no-colour')).toBeNull()
  })
})
