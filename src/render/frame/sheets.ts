/** The sheets of the frame, as constructed ones: `style-src 'none'` has no say over them, and nothing else gets in. */
import { isAllowedDeclaration, isPaper } from '../css-values.ts'
import { legacyColour } from '../legacy-colour.ts'
import type { Declarations, LetterRule, LetterTheme } from '../letter.ts'
import { ownSelector } from './own-values.ts'
import type { FrameOp, RenderMessage } from './protocol.ts'

/** Our marks are attributes that no letter may bring. */
const pill = 'button[data-quote]'

/** Last, so that no letter can make its frame endless or hide what the reader unfolds. */
const guardSheet =
  'html{touch-action:pan-x pan-y pinch-zoom!important}' +
  'html,body{height:auto!important;min-height:0!important;max-height:none!important}' +
  'html{display:block!important;float:none!important;overflow:auto hidden!important;position:static!important}' +
  'html[data-tall]{overflow-y:auto!important}' +
  `${pill}{all:revert!important;display:inline-flex!important;align-items:center!important;height:28px!important;margin:8px 0!important;padding:0 12px!important;` +
  'border:0!important;border-radius:12px!important;background:var(--postern-well,#eceeea)!important;color:var(--postern-muted,#4a524d)!important;' +
  'font:400 13px/18px var(--postern-font,system-ui)!important;cursor:pointer!important;text-indent:0!important;letter-spacing:normal!important}' +
  `@media (pointer:coarse){${pill}{height:44px!important}}` +
  '[data-fold][hidden]{display:none!important}' +
  '::highlight(postern-found){background-color:#ffe08a;color:#000}::highlight(postern-current){background-color:#ff9632;color:#000}' +
  'img[data-held]{outline:1px dashed var(--postern-line,#c4c9c4);outline-offset:-1px;background:none!important}' +
  ':focus-visible{outline:2px solid var(--postern-link,#2a6a55);outline-offset:2px}'

/** A theme may lighten a colour only where it keeps its hue: black text becomes the theme's. */
const darkest = 60

function make(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  return sheet
}

/** Ours on dark paper. That is the theme's well itself, on which a pill would not be seen. */
function signs({ line, muted, link }: LetterTheme): string {
  return `--postern-well:${line};--postern-muted:${muted};--postern-link:${link}`
}

function baseSheet(theme: LetterTheme | null, dark: LetterTheme | null): CSSStyleSheet {
  if (theme === null)
    return make(`html{color-scheme:light;background:#fff;${dark ? signs(dark) : ''}}body{overflow-wrap:break-word}`)
  return make(
    `html{color-scheme:${theme.scheme};background:transparent;` +
      `--postern-well:${theme.well};--postern-muted:${theme.muted};--postern-line:${theme.line};--postern-link:${theme.link};--postern-font:${theme.fontFamily}}` +
      `body{margin:0;color:${theme.text};font:${theme.fontSize}/${theme.lineHeight} ${theme.fontFamily};overflow-wrap:break-word}` +
      `pre,code,tt,kbd,samp{font-family:${theme.monospace}}pre{white-space:pre-wrap}` +
      `a:any-link{color:${theme.link}}img{max-width:100%;height:auto}p{margin:0 0 .8em}` +
      `blockquote{margin:.8em 0;padding-inline-start:12px;border-inline-start:2px solid ${theme.line};color:${theme.muted}}` +
      `hr{border:0;border-top:1px solid ${theme.line}}`,
  )
}

/** Declarations as text; none of the values can hold a `;` or a brace. */
export function declarationText(declarations: Declarations, theme: LetterTheme | null): string {
  let text = ''
  for (let i = 0; i + 2 < declarations.length; i += 3) {
    const property = String(declarations[i])
    const value = String(declarations[i + 1])
    if (!isAllowedDeclaration(property, value)) continue
    const themed = theme?.scheme === 'dark' ? darken(property, value, theme) : value
    if (themed !== null) text += `${property}:${themed}${declarations[i + 2] === 'important' ? '!important' : ''};`
  }
  return text
}

/** In a dark theme a simple letter loses its white paper and its black ink, and keeps the hue of its colours. */
export function darken(property: string, value: string, theme: LetterTheme): string | null {
  if (property === 'background-color') return isPaper(value) ? null : value
  if (property !== 'color' && property !== '-webkit-text-fill-color') return value
  const channels = /^rgba?\((\d+), ?(\d+), ?(\d+)/.exec(value)
  if (channels === null)
    return /^(?:black|windowtext|#0{3,6}|inherit|initial|currentcolor)$/i.test(value) ? null : lightened(value, theme)
  const [r, g, b] = channels.slice(1).map(Number) as [number, number, number]
  const isGrey = Math.max(r, g, b) - Math.min(r, g, b) < 24
  if (isGrey) return Math.max(r, g, b) <= darkest ? null : theme.muted
  return lightened(value, theme)
}

function lightened(value: string, theme: LetterTheme): string {
  return `color-mix(in oklab, ${value} 45%, ${theme.text})`
}

/** `adoptedStyleSheets` for one letter: ours, the letter's, and ours again. */
export function sheetsFor({ ops, sheets, theme, dark }: RenderMessage): CSSStyleSheet[] {
  const mail = new CSSStyleSheet()
  addRules(mail, [...linkRule(ops), ...sheets], theme, 0)
  return [baseSheet(theme, dark), mail, make(guardSheet)]
}

/** `<body link>`, which weighs less than any rule. */
function linkRule(ops: readonly FrameOp[]): readonly LetterRule[] {
  for (const op of ops) {
    if (typeof op !== 'object' || op[0] !== 'body') continue
    const colour = op[1].find((_, at) => at % 2 === 1 && op[1][at - 1] === 'link')
    return colour === undefined ? [] : [[':where(a:link)', ['color', legacyColour(colour), '']]]
  }
  return []
}

function addRules(
  into: CSSStyleSheet | CSSMediaRule,
  rules: readonly LetterRule[],
  theme: LetterTheme | null,
  depth: number,
): void {
  for (const rule of rules) {
    const [head, declarations] = rule
    // neither a font nor an animation, whatever the tree says
    if (head.includes('@')) continue
    // insertRule takes one rule and no more, so that a selector cannot end its own rule
    try {
      if (declarations !== null)
        into.insertRule(`${ownSelector(head)}{${declarationText(declarations, theme)}}`, into.cssRules.length)
      else if (depth < 4) {
        const inner = into.cssRules[into.insertRule(`@media ${head}{}`, into.cssRules.length)]
        if (inner instanceof CSSMediaRule) addRules(inner, rule[2], theme, depth + 1)
      }
    } catch {
      // an engine that does not know a selector loses that rule
    }
  }
}
