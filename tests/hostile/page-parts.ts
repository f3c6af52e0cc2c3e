/** What both pages of the render layer stand on: a frame's looks and document, and what the policy refused. */
import { document as frameDocument } from 'virtual:frame'
import { systemClock } from '../../src/platform/clock.ts'
import type { LetterFrameDeps } from '../../src/render/letter-frame.ts'
import type { LetterTheme } from '../../src/render/letter.ts'

export const theme: LetterTheme = {
  scheme: 'light',
  text: '#1c2420',
  muted: '#4a524d',
  link: '#2a6a55',
  line: '#c4c9c4',
  well: '#eceeea',
  fontFamily: 'sans-serif',
  monospace: 'monospace',
  fontSize: '15px',
  lineHeight: '24px',
}

const trusted = (
  globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): { createHTML(text: string): string } } }
).trustedTypes?.createPolicy('postern', { createHTML: (text: string) => (text === frameDocument ? text : '') })

export const frameDeps: LetterFrameDeps = {
  clock: systemClock,
  frameDocument: trusted?.createHTML(frameDocument) ?? frameDocument,
}

/** Grows while the page stands. */
export const violations: string[] = []
document.addEventListener('securitypolicyviolation', (event) => {
  violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
})
