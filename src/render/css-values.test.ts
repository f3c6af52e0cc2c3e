import { describe, expect, it } from 'vitest'
import { isAllowedDeclaration, isPaper } from './css-values.ts'

describe('isAllowedDeclaration', () => {
  it.each([
    ['color', 'rgb(1, 2, 3)'],
    ['background-image', 'linear-gradient(rgb(0, 0, 0), rgba(255, 255, 255, 0.5))'],
    ['width', 'calc(100% - 20px)'],
    ['font-family', '"Helvetica Neue", Arial, sans-serif'],
    ['border-top-left-radius', '4px'],
    ['margin-inline-start', '12px'],
    ['grid-template-columns', 'repeat(2, minmax(0px, 1fr))'],
    ['position', 'relative'],
    ['width', '100vw'],
    ['border-collapse', 'collapse'],
    // what Chromium makes of border-spacing
    ['-webkit-border-horizontal-spacing', '0px'],
    ['-webkit-border-vertical-spacing', '4px'],
    // what Firefox makes of vertical-align
    ['baseline-shift', 'top'],
    ['alignment-baseline', 'text-bottom'],
  ])('keeps %s: %s', (property, value) => {
    expect(isAllowedDeclaration(property, value)).toBe(true)
  })

  it.each([
    ['background-image', 'url("https://tracker.example/p.gif")'],
    ['background-image', 'image-set("https://tracker.example/p.gif" 1x)'],
    ['background-image', '-webkit-image-set(url("x") 1x)'],
    ['background-image', 'var(--x)'],
    ['color', 'var(--x)'],
    ['width', 'attr(data-w px)'],
    ['width', 'env(safe-area-inset-top)'],
    ['list-style-image', 'url(x)'],
    ['cursor', 'url(x), auto'],
    ['content', '"x"'],
    ['border-image-source', 'url(x)'],
    ['mask-image', 'none'],
    ['behavior', 'none'],
    ['-moz-binding', 'none'],
    ['animation-name', 'x'],
    ['transform', 'none'],
    ['z-index', '9'],
    ['--x', 'red'],
    ['position', 'fixed'],
    ['position', 'sticky'],
    ['position', 'absolute'],
    ['display', 'contents'],
    ['height', '100vh'],
    ['min-height', '50.5dvh'],
    ['height', 'calc(100svmax - 1px)'],
    ['top', '6000px'],
    ['margin-left', '-99999px'],
    ['margin-left', 'calc(5000px * 5000)'],
    ['text-indent', '1e9px'],
    ['color', 'red; background: url(x)'],
    ['font-family', 'a\\3c/style>'],
    ['color', 'red/**/'],
    ['color', ''],
    ['font-family', 'x'.repeat(2001)],
  ])('drops %s: %s', (property, value) => {
    expect(isAllowedDeclaration(property, value)).toBe(false)
  })
})

describe('isPaper', () => {
  it('knows white and nothing for paper, and every other colour for a design', () => {
    const paper = ['#fff', 'WHITE', 'transparent', 'rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)', '']
    const design = ['#eee', 'black', 'rgb(246, 246, 246)', 'rgba(0, 0, 0, 0.4)', 'navy']
    expect(paper.filter((color) => !isPaper(color))).toEqual([])
    expect(design.filter(isPaper)).toEqual([])
  })
})
