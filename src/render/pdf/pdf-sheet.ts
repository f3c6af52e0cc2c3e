/** The looks of a PDF's frame, as a constructed sheet: `style-src 'none'` has no say over it. */
import { gap } from './page-places.ts'
import type { PdfLooks } from './protocol.ts'

export function pdfSheet(looks: PdfLooks): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(
    `html{color-scheme:${looks.scheme};background:${looks.ground};overflow:auto;overflow-anchor:none;touch-action:pan-x pan-y pinch-zoom}` +
      `body{margin:0;padding:${String(gap)}px;display:flex;flex-direction:column;gap:${String(gap)}px;width:max-content;min-width:100%;box-sizing:border-box;align-items:center}` +
      `.page{position:relative;flex:none;background:#fff;box-shadow:0 0 0 1px ${looks.line};overflow:hidden;contain:strict}` +
      'canvas{display:block;width:100%;height:100%}' +
      // as the viewer of pdf.js lays its text over the picture
      '.text{position:absolute;inset:0;overflow:clip;line-height:1;text-align:initial;letter-spacing:normal;word-spacing:normal;transform-origin:0 0;' +
      'text-size-adjust:none;-webkit-text-size-adjust:none;forced-color-adjust:none;color-scheme:only light;' +
      '--min-font-size:1;--text-scale-factor:calc(var(--total-scale-factor)*var(--min-font-size));--min-font-size-inv:calc(1/var(--min-font-size))}' +
      '.text :is(span,br){color:transparent;position:absolute;white-space:pre;cursor:text;transform-origin:0 0}' +
      '.text>:not(.markedContent),.text .markedContent span:not(.markedContent){--font-height:0;--scale-x:1;--rotate:0deg;' +
      'font-size:calc(var(--text-scale-factor)*var(--font-height));transform:rotate(var(--rotate)) scaleX(var(--scale-x)) scale(var(--min-font-size-inv))}' +
      '.text .markedContent{display:contents}' +
      '.text[data-main-rotation="90"]{transform:rotate(90deg) translateY(-100%)}' +
      '.text[data-main-rotation="180"]{transform:rotate(180deg) translate(-100%,-100%)}' +
      '.text[data-main-rotation="270"]{transform:rotate(270deg) translateX(-100%)}' +
      '.text ::selection{background:rgb(0 80 200/.25)}' +
      'a{position:absolute}' +
      `:focus-visible{outline:2px solid ${looks.focus};outline-offset:1px}`,
  )
  return sheet
}
