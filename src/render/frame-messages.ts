/** Reads what a mail frame says. Its script is ours, but it stands beside hostile content: every field is checked. */
import type { LetterKey, LetterLink } from './letter.ts'
import { linkAddress } from './link-address.ts'
import { protocol } from './frame/protocol.ts'

const maxFrameHeight = 20_000

export type FrameReport =
  | { readonly kind: 'hello' }
  | { readonly kind: 'size'; readonly height: number; readonly width: number }
  | { readonly kind: 'done' | 'painted'; readonly id: string }
  | { readonly kind: 'key'; readonly press: LetterKey }
  | { readonly kind: 'target'; readonly href: string | null }
  | { readonly kind: 'anchor'; readonly y: number }
  | { readonly kind: 'found'; readonly count: number; readonly y: number }
  | { readonly kind: 'broken'; readonly reason: string }

export type FrameCall =
  { readonly kind: 'ready' } | { readonly kind: 'refused' } | { readonly kind: 'link'; readonly link: LetterLink }

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const length = (value: unknown, max: number): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(max, Math.max(0, Math.ceil(value))) : null
const shortText = (value: unknown, max: number): string | null =>
  typeof value === 'string' && value.length <= max ? value : null

/** A message on the port, or null for one that says nothing understandable. */
export function readReport(data: unknown): FrameReport | null {
  if (!isFields(data)) return null
  switch (data['t']) {
    case 'hello':
      return { kind: 'hello' }
    case 'size': {
      const height = length(data['h'], maxFrameHeight)
      const width = length(data['w'], maxFrameHeight)
      return height === null || width === null ? null : { kind: 'size', height, width }
    }
    case 'done':
    case 'painted': {
      const id = shortText(data['id'], 1000)
      return id === null ? null : { kind: data['t'], id }
    }
    case 'key':
      return readKey(data)
    case 'target':
      return {
        kind: 'target',
        href: typeof data['href'] === 'string' ? (linkAddress(data['href'])?.href ?? null) : null,
      }
    case 'anchor': {
      const y = length(data['y'], maxFrameHeight)
      return y === null ? null : { kind: 'anchor', y }
    }
    case 'found': {
      const count = length(data['count'], 1_000)
      const y = length(data['y'], maxFrameHeight)
      return count === null || y === null ? null : { kind: 'found', count, y }
    }
    case 'csp':
      return { kind: 'broken', reason: `policy ${shortText(data['directive'], 100) ?? ''}` }
    case 'error':
      return { kind: 'broken', reason: `error ${shortText(data['message'], 200) ?? ''}` }
    default:
      return null
  }
}

/** A message to the window. `href` is parsed again here: the frame's word is no proof. */
export function readCall(data: unknown): FrameCall | null {
  if (!isFields(data) || data['k'] !== protocol) return null
  if (data['ready'] === 1) return { kind: 'ready' }
  if (data['refused'] !== undefined) return { kind: 'refused' }
  const link = data['link']
  if (!isFields(link)) return null
  const target = linkAddress(shortText(link['href'], 4000) ?? '')
  if (target === null) return null
  return {
    kind: 'link',
    link: {
      href: target.href,
      text: shortText(link['text'], 500) ?? '',
    },
  }
}

function readKey(data: Fields): FrameReport | null {
  const key = shortText(data['key'], 32)
  const code = shortText(data['code'], 32)
  if (key === null || code === null) return null
  const isHeld = (name: string): boolean => data[name] === true
  const press = { ctrl: isHeld('ctrl'), meta: isHeld('meta'), alt: isHeld('alt'), shift: isHeld('shift') }
  return { kind: 'key', press: { key, code, ...press } }
}
