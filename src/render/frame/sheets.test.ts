import { describe, expect, it } from 'vitest'
import type { LetterTheme } from '../letter.ts'
import { darken, declarationText } from './sheets.ts'

const theme: LetterTheme = {
  scheme: 'dark',
  text: '#eee',
  muted: '#aaa',
  link: '#7ca',
  line: '#444',
  well: '#222',
  fontFamily: 'sans-serif',
  monospace: 'monospace',
  fontSize: '15px',
  lineHeight: '24px',
}

describe('darken', () => {
  it('drops white paper and black ink', () => {
    expect(darken('background-color', 'white', theme)).toBeNull()
    expect(darken('color', 'rgb(0, 0, 0)', theme)).toBeNull()
    expect(darken('color', 'windowtext', theme)).toBeNull()
    expect(darken('color', 'black', theme)).toBeNull()
  })

  it('mutes grey and keeps the hue of a colour', () => {
    expect(darken('color', 'rgb(120, 120, 120)', theme)).toBe('#aaa')
    expect(darken('color', 'rgb(31, 73, 125)', theme)).toBe('color-mix(in oklab, rgb(31, 73, 125) 45%, #eee)')
    expect(darken('color', 'navy', theme)).toContain('navy')
  })

  it('leaves everything else', () => {
    expect(darken('font-size', '12px', theme)).toBe('12px')
  })
})

describe('declarationText', () => {
  it('asks the allow-list again', () => {
    expect(
      declarationText(['color', 'red', 'important', 'background-image', 'url(x)', '', 'position', 'fixed', ''], null),
    ).toBe('color:red!important;')
  })

  it('ignores a half entry', () => {
    expect(declarationText(['color', 'red'], null)).toBe('')
  })
})
