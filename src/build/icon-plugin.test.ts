import { describe, expect, it } from 'vitest'
import { pathOf, rounded } from './icon-plugin.ts'

const drawing = (shapes: string): string => `<!-- licence -->\n<svg viewBox="0 0 24 24"\n>\n${shapes}\n</svg>`

describe('pathOf', () => {
  it('joins the shapes of a drawing to one path', () => {
    expect(pathOf(drawing('<path d="M3 3v5" />\n<line x1="6" x2="6.01" y1="5" y2="5" />'))).toBe('M3 3v5M6 5L6.01 5')
  })

  it('begins a relative path at the origin, wherever the one before has ended', () => {
    expect(pathOf(drawing('<path d="m6 9 6 6" /><path d="m2 2 1 1" />'))).toBe('m6 9 6 6M0 0m2 2 1 1')
  })

  it('draws circles and boxes, with corners and without', () => {
    expect(pathOf(drawing('<circle cx="12" cy="12" r="3" />'))).toBe('M9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z')
    expect(pathOf(drawing('<rect width="20" height="8" x="2" y="3" />'))).toBe('M2 3h20v8h-20v-8z')
    expect(pathOf(drawing('<rect width="20" height="8" x="2" y="2" rx="2" />'))).toBe(
      'M4 2h16a2 2 0 0 1 2 2v4a2 2 0 0 1 -2 2h-16a2 2 0 0 1 -2 -2v-4a2 2 0 0 1 2 -2z',
    )
  })

  it('refuses what it cannot draw', () => {
    expect(() => pathOf(drawing('<ellipse cx="1" />'))).toThrow('<ellipse>')
    expect(() => pathOf(drawing('<circle cx="1" r="2" />'))).toThrow('cy')
  })
})

describe('rounded', () => {
  it('keeps two digits, and numbers apart that had no space between them', () => {
    expect(rounded('m16 6-8.414 8.586a2 2 0 0 0 2.829.937')).toBe('m16 6-8.41 8.59a2 2 0 0 0 2.83.94')
    expect(rounded('l1.999.5 1.5.004')).toBe('l2 .5 1.5 0')
    expect(rounded('M3 3h18.25')).toBe('M3 3h18.25')
  })
})
